import type { ForeignClaim } from '@tabiji/core/alert'

/** An alert that somebody else evaluates, as it was delivered. Times in milliseconds. */
export type DeliveredClaim = {
  readonly fingerprint: string
  readonly isFiring: boolean
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly startsAt: number
  readonly generatorUrl?: string
}

/** What became of a delivery. */
export type Taken = {
  /** Names of the rules that were told of, over there, with the episode's rule here. */
  readonly taken: readonly { readonly fingerprint: string; readonly rule: string }[]
  /** What is no business of ours, and why: our own alerts that come back. */
  readonly ignored: readonly { readonly fingerprint: string; readonly why: string }[]
  /** What could not be taken, and why: nobody is told of these here. */
  readonly refused: readonly { readonly fingerprint: string; readonly why: string }[]
  /** What was taken otherwise than it may have been meant. */
  readonly warnings: readonly string[]
}

/** Alerts of others at work. A store that fails throws, and then nothing was recorded. */
export interface ForeignAlerts {
  /** Writes down what was told, and has it judged at once. */
  take(alerts: readonly DeliveredClaim[]): Taken
}

/** Where the last word about each alert of somebody else is kept. */
export interface ForeignStore {
  all(): readonly ForeignClaim[]
  /** All of them or none. */
  save(claims: readonly ForeignClaim[]): void
  forget(claims: readonly ForeignClaim[]): void
}
