import type { JourneyMonth, ObjectiveMonth } from '@tabiji/core/report'
import { commentOf, fixesTable } from './attention.ts'
import { type Block, paragraph } from './block.ts'
import { composeBurnDown } from './burn-down.ts'
import type { Context } from './context.ts'
import { composeSpent } from './spent.ts'
import { composeStrip } from './strip.ts'

/**
 * The month of one objective, however it stands: how its budget was used up, by what, on which days; then what its owner says
 * and what is being done.
 */
export function composeJourneyMonth(context: Context, journey: JourneyMonth, objective: ObjectiveMonth): Block[] {
  return [
    ...composeBurnDown(context, objective),
    ...composeSpent(context, objective),
    ...composeStrip(context, objective),
    ...paragraph(commentOf(context, journey)),
    ...fixesTable(context, journey),
  ]
}
