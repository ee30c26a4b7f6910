import { DAY, HOUR, MINUTE } from '../time/index.ts'
import type { Policy } from './definition.ts'

/**
 * The pairs of "The Site Reliability Workbook" (Google, 2018), chapter 5, table 5-8 with the 1 d / 2 h pair of its
 * rules, and milestones of the spent budget. The short window is a twelfth of the long one, so that an alert ends soon
 * after its cause.
 */
export const WORKBOOK_POLICY: Policy = {
  pairs: [
    { level: 1, longMs: HOUR, shortMs: 5 * MINUTE, speed: { factorMilli: 14_400 } },
    { level: 1, longMs: 6 * HOUR, shortMs: 30 * MINUTE, speed: { factorMilli: 6_000 } },
    { level: 2, longMs: DAY, shortMs: 2 * HOUR, speed: { factorMilli: 3_000 } },
    { level: 2, longMs: 3 * DAY, shortMs: 6 * HOUR, speed: { factorMilli: 1_000 } },
  ],
  milestones: [50, 75, 90, 100],
  guard: { badEvents: 3, confidencePercent: 95 },
}

/** Confidences that a guard may state, in percent. */
export const CONFIDENCES = [80, 90, 95, 99] as const
