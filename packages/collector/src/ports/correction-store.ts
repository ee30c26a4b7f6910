import type { Correction, Withdrawal } from '@tabiji/core/budget'

/** Where corrections are kept. Append-only: nothing of one is changed, it is withdrawn at most, and once. */
export interface CorrectionStore {
  /** In the order in which they were added, withdrawn ones among them. */
  all(): readonly Correction[]
  /** Keeps one under the next free key, `COR-0001` for the first. */
  add(correction: Omit<Correction, 'key'>): Correction
  /** Throws when it is not active: whoever asks has looked. */
  withdraw(key: string, withdrawal: Withdrawal): void
}
