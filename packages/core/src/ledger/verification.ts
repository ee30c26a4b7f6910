import type { Account } from './account.ts'
import type { LogRow } from './books.ts'

/** What a store says about its books, as it is written there: nothing of it is believed before it was compared. */
export type Claims = {
  /** When the ledger was born, milliseconds. */
  readonly birth: number
  readonly accounts: readonly { readonly number: number; readonly account: Account }[]
  readonly edges: readonly EdgeClaim[]
  readonly points: readonly { readonly at: number; readonly body: Uint8Array }[]
  readonly positions: readonly PositionClaim[]
  /** Entries of slots before it (seconds) were let go; the point at it holds what they came to. 0 when all are there. */
  readonly keptFrom: number
  /** The highest row id of the log; 0 for an empty one. */
  readonly lastRow: number
}

/** A saved cumulative point: rows up to `upTo`, of slots that start before `at` (seconds; Infinity for the total). */
export type EdgeClaim = {
  readonly name: string
  readonly at: number
  readonly upTo: number
  readonly body: Uint8Array
}

export type PositionClaim = {
  readonly id: string
  readonly service: string
  readonly identified: boolean
  readonly baseline: boolean
  /** Packed: for each account its number and four counts. */
  readonly body: Uint8Array
}

/** A row of the log with what identifies it. */
export type StoredRow = LogRow & { readonly id: number; readonly committedAt: number }

/** What a pair of numbers that should agree counts. */
export const MEASURES = ['good', 'slow', 'error', 'excluded', 'covered seconds'] as const
export type Measure = (typeof MEASURES)[number]

/** Something in the store that cannot be true beside the rest of it. */
export type Disagreement = {
  readonly kind: 'file' | 'account' | 'log' | 'edge' | 'point' | 'position' | 'episode' | 'outbox'
  /** Which one: a row, a window's name, a process, an alert. */
  readonly subject: string
  readonly account?: Account
  /** Start of the slot, or the time before which a cumulative point counts, seconds. */
  readonly at?: number
  readonly measure?: Measure
  /** What the log comes to, and what is saved. */
  readonly log?: number
  readonly saved?: number
  /** In words, for people. */
  readonly message: string
}

/** What was compared, and how it ended. */
export type Verification = {
  readonly rows: number
  readonly entries: number
  readonly slots: number
  readonly accounts: number
  readonly edges: number
  readonly points: number
  readonly positions: number
  readonly keptFrom: number
  /** All events that were ever booked, reversals taken away. */
  readonly events: number
  /** How much was found wrong; of that at most {@link MOST_TOLD} are told. */
  readonly found: number
  readonly disagreements: readonly Disagreement[]
  /** What limits the comparison; nothing here is wrong. */
  readonly remarks: readonly string[]
}

/** One damaged byte may stand at the beginning of thousands of sums, and nobody reads so many lines. */
const MOST_TOLD = 1_000

/** Gathers what is wrong. */
export type Findings = {
  tell(disagreement: Disagreement): void
  readonly told: readonly Disagreement[]
  count(): number
}

export function createFindings(): Findings {
  const told: Disagreement[] = []
  let found = 0
  return {
    told,
    count: () => found,
    tell: (disagreement) => {
      found++
      if (told.length < MOST_TOLD) told.push(disagreement)
    },
  }
}

/** `checkout/pay at shop`, with the role where it is not the service's own work. */
export function accountName({ journey, step, service, role }: Account): string {
  return `${journey}/${step} at ${service}${role === 'own' ? '' : ` (${role})`}`
}
