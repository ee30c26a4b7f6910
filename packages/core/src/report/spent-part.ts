import { z } from 'zod'
import { count, instant, text } from './shapes.ts'

/** Where a month's budget went, in the order in which it is attributed: a bad event is counted once, by the first that fits. */
export const SPENT_ON = ['incident', 'alert', 'unexplained', 'drip'] as const
export type SpentOn = (typeof SPENT_ON)[number]

/**
 * One share of an objective's bad events; over all parts they are all of them.
 *
 * - `incident`: while an incident, no drill, hurt the objective; `key` is the incident's.
 * - `alert`: while an alert of level 1 or 2 was ringing for it and nobody opened an incident; `key` is the alert's.
 * - `unexplained`: in an hour that burnt the budget fast enough to be noticed, and nothing rang.
 * - `drip`: the rest, lost in small amounts.
 */
export type SpentPart = {
  readonly on: SpentOn
  readonly key?: string
  readonly bad: number
  /** The stretch, as far as it lies in the month; of drips there is none. */
  readonly from?: string
  readonly to?: string
  /** On how many days of the month, where it is not one stretch. */
  readonly days?: number
}

export const spentPart = z.object({
  on: z.literal(SPENT_ON),
  key: text.exactOptional(),
  bad: count,
  from: instant.exactOptional(),
  to: instant.exactOptional(),
  days: count.exactOptional(),
})
