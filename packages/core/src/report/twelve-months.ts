import { unitOf } from '../budget/index.ts'
import { addMonths } from '../time/index.ts'
import type { BudgetState } from './budget-state.ts'
import type { ObjectiveMonth } from './month-facts.ts'

const MONTHS = 12

/** The month and the eleven before it, oldest first; without a state where the objective did not exist. */
export function twelveMonths(
  month: string,
  { before = [], state }: Pick<ObjectiveMonth, 'before' | 'state'>,
): readonly { readonly month: string; readonly state?: BudgetState }[] {
  return Array.from({ length: MONTHS }, (_, i) => {
    const one = addMonths(month, i + 1 - MONTHS)
    const known = one === month ? state : before.find((mark) => mark.month === one)?.state
    return { month: one, ...(known !== undefined && { state: known }) }
  })
}

/** Fewer bad events than these are chance, and a difference between them says nothing. */
const FEWEST_TO_COMPARE = 5

/** Ten-millionths: a hundred-thousandth of a percentage point, the last decimal that any result is shown with. */
const UNIT = 10_000_000n

/**
 * By how much the result is better than that of the month before, in ten-millionths of the whole, cut towards zero: 4100 is
 * 0.041 percentage points, and a negative number is worse.
 *
 * @returns `too_few` where both months had fewer than five bad events; nothing where either was not judged
 */
export function changeSince(month: string, objective: ObjectiveMonth): number | 'too_few' | undefined {
  const previous = objective.before?.find((mark) => mark.month === addMonths(month, -1))
  if (previous?.met === undefined || objective.met === undefined) return undefined
  const fewest = FEWEST_TO_COMPARE * unitOf(objective)
  if (objective.bad < fewest && previous.bad < fewest) return 'too_few'
  const [bad, valid, was, of] = [objective.bad, objective.valid, previous.bad, previous.valid].map(BigInt)
  if (bad === undefined || !valid || was === undefined || !of) return undefined
  return Number(((was * valid - bad * of) * UNIT) / (valid * of))
}
