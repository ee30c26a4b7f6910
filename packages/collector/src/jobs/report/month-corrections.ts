import { isFor, summarizeCorrection } from '@tabiji/core/budget'
import type { CorrectionMonth } from '@tabiji/core/report'
import { isoIn, type Range } from '@tabiji/core/time'
import type { Judge } from '../budget/budgets.ts'
import { widestSlot } from '../budget/exclusions.ts'

/** The active corrections of which something lies in the stretch, in the order in which they were added. */
export function correctionMonths(
  { definition, evaluator, ledger, exclusions }: Judge,
  within: Range,
): readonly CorrectionMonth[] {
  const zone = definition.timeZone
  return exclusions.active().flatMap((correction) => {
    const objectives = evaluator.objectives.filter(({ id }) => isFor(correction, id)).map(({ id }) => id)
    const { stretches, events } = exclusions.inside(evaluator, correction, within)
    if (objectives.length === 0 || stretches.length === 0) return []
    const { key, category, reason, author, createdAt, rrule } = summarizeCorrection(
      correction,
      widestSlot(ledger.grid),
      zone,
    )
    return [
      {
        key,
        category,
        reason,
        ...(author !== undefined && { author }),
        createdAt,
        ...(rrule !== undefined && { rrule }),
        objectives,
        stretches: stretches.map(({ from, to }) => ({ from: isoIn(from, zone), to: isoIn(to, zone) })),
        seconds: stretches.reduce((sum, { from, to }) => sum + (to - from) / 1000, 0),
        events,
      },
    ]
  })
}
