import { z } from 'zod'
import { date, instant, text } from './shapes.ts'

/**
 * What the error budget says about releases: `free` while at least a quarter of it is left, `careful` below, `reliability`
 * (before anything new) once it is spent.
 */
export const POLICY_STEPS = ['free', 'careful', 'reliability'] as const
export type PolicyStep = (typeof POLICY_STEPS)[number]

/** The step of a journey at the end of the month: that of its worst judged objective. */
export type PolicyMonth = {
  readonly step: PolicyStep
  /** The objective that decides; absent when none is judged, and the step is `free` for want of a verdict. */
  readonly objective?: string
  /** The first day that ended at this step, of those that end the month. */
  readonly since?: string
  /** Releases that were allowed all the same. */
  readonly exceptions?: readonly PolicyException[]
}

export type PolicyException = {
  readonly reason: string
  readonly by?: string
  readonly at: string
  /** The last day for which it is granted. */
  readonly until: string
}

export const policyMonth = z.object({
  step: z.literal(POLICY_STEPS),
  objective: text.exactOptional(),
  since: date.exactOptional(),
  exceptions: z.array(z.object({ reason: text, by: text.exactOptional(), at: instant, until: date })).exactOptional(),
})
