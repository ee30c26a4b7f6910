import type { DrillPlan } from '@tabiji/core/alert'
import type { Definition } from '@tabiji/core/journey'
import { TELLING_NOBODY } from '../alert/alert-draft.ts'
import { createEvaluation } from '../alert/evaluate.ts'
import type { LedgerRules } from '../ledger/ledger.ts'
import { createReplayLog } from '../replay/replay-log.ts'
import { type OpenShadowBooks, openShadow } from './drill-shadow.ts'

/**
 * Goes through a plan in no time and tells nobody: a drill in which nothing rings wastes an afternoon.
 *
 * @returns after how many milliseconds it rings first; nothing when it never does
 */
export function rehearse(
  plan: DrillPlan,
  startedAt: number,
  definition: Definition,
  rules: LedgerRules,
  open: OpenShadowBooks,
): number | undefined {
  const shadow = openShadow(plan, startedAt, definition, rules, open)
  const { judge, patience } = shadow
  const evaluation = createEvaluation(createReplayLog(), {
    patience,
    ...TELLING_NOBODY,
    letterhead: () => ({ instance: '', timeZone: definition.timeZone, sample: true }),
    newId: () => '',
  })
  try {
    const stepMs = rules.grid[0].width * 1000
    for (let after = stepMs; after <= plan.lengthMs + stepMs; after += stepMs) {
      shadow.advance(startedAt + after)
      if (evaluation.tick(judge, startedAt + after).length > 0) return after
    }
    return undefined
  } finally {
    shadow.close()
  }
}
