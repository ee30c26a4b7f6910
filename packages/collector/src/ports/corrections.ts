import type { CorrectionRequest, CorrectionSummary, Spending } from '@tabiji/core/budget'
import type { Tally } from '@tabiji/core/slo'
import type { Result } from './work.ts'

/** What a correction does to one objective that it is for. */
type CorrectedObjective = {
  /** `checkout/availability` */
  readonly id: string
  /** What its stretches hold, whenever they were. Another correction may exclude some of it too. */
  readonly inside: Tally
  /** The budget over the objective's own window now: as booked, and without what all active corrections exclude. */
  readonly raw: Spending
  readonly adjusted: Spending
  /** In a preview: the budget as it is now, without this correction. */
  readonly before?: Spending
}

export type CorrectionDetails = {
  readonly correction: CorrectionSummary
  /** Present when nothing was recorded. */
  readonly preview?: true
  /** What is excluded, in whole slots, ascending: the last ones until now and the next one of a recurring correction. */
  readonly stretches: readonly { readonly from: string; readonly to: string }[]
  readonly objectives: readonly CorrectedObjective[]
}

type CorrectionState = 'active' | 'withdrawn' | 'all'

/** Corrections at work. What is refused is a value; a store that fails throws, and then nothing was recorded. */
export interface Corrections {
  /** @param by who records it, when that is known */
  add(request: CorrectionRequest, by?: string): Result<CorrectionDetails>
  /** What {@link add} would come to. Nothing is recorded; the correction has the key that it would get. */
  preview(request: CorrectionRequest, by?: string): Result<CorrectionDetails>
  withdraw(key: string, reason: string, by?: string): Result<CorrectionDetails>
  /** Newest first. */
  list(state: CorrectionState): readonly CorrectionSummary[]
  correction(key: string): Result<CorrectionDetails>
}
