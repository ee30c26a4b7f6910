import { z } from 'zod'
import { BUDGET_STATES, type BudgetState } from './budget-state.ts'
import { count, month } from './shapes.ts'

/** How an earlier month of the same objective ended: as its issued report says, else as the ledger does. */
export type MonthMark = {
  readonly month: string
  readonly bad: number
  readonly valid: number
  readonly allowedMillionths: number
  readonly state: BudgetState
  /** Absent when unjudged. */
  readonly met?: boolean
}

export const monthMark = z.object({
  month,
  bad: count,
  valid: count,
  allowedMillionths: count,
  state: z.literal(BUDGET_STATES),
  met: z.boolean().exactOptional(),
})
