import { z } from 'zod'
import { count, date } from './shapes.ts'

/**
 * What one calendar day of the file's zone brought an objective, corrections left out. Over the days of a month each
 * figure adds up to the objective's own, so a burn-down that ends anywhere else is drawn from something else.
 */
export type DayTally = {
  /** `YYYY-MM-DD`. A day with a change of clocks is one day of 23 or 25 hours. */
  readonly date: string
  readonly bad: number
  readonly valid: number
  /** What the target in force allowed of `valid`, in millionths of an event. */
  readonly allowedMillionths: number
}

export const dayTally = z.object({ date, bad: count, valid: count, allowedMillionths: count })
