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

/** Whether a day took more of the budget than the target allows for a day like it. */
export function spendsMore({ bad, allowedMillionths }: DayTally): boolean {
  return BigInt(bad) * 1_000_000n > BigInt(allowedMillionths)
}

export const dayTally = z.object({ date, bad: count, valid: count, allowedMillionths: count })
