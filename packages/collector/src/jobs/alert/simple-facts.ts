import { type AlertFacts, seenBetween } from '@tabiji/core/alert'
import type { SimpleVerdict } from '../budget/simple-rules.ts'
import type { LedgerView } from '../ledger/ledger.ts'

/** What a simple rule saw at the moment of a transition. */
export type SimpleEvidence = { readonly verdict: SimpleVerdict; readonly ledger: LedgerView }

/** The part of a message that only a simple rule has: what it saw instead of a budget. */
export function simpleFacts({ verdict, ledger }: SimpleEvidence) {
  const { compiled, seen, unread } = verdict
  const { condition, step, note, runbook } = compiled.alert
  const { runbook: ofJourney } = compiled.journey
  const worst = worstStep(verdict, ledger)
  return {
    cause: {
      kind: 'simple',
      condition,
      ...(step !== undefined && { step }),
      ...(seen !== undefined && { seen }),
      ...(unread !== undefined && { unread }),
    },
    ...(worst !== undefined && { worstStep: worst }),
    ...(note !== undefined && { note }),
    ...(runbook !== undefined ? { runbook, runbookFrom: 'rule' } : ofJourney !== undefined && { runbook: ofJourney }),
  } as const satisfies Partial<AlertFacts>
}

/** The step with the most counted events; nothing when there is but one, or none was counted, or too few are the trouble. */
function worstStep({ compiled, edge }: SimpleVerdict, { books }: LedgerView): AlertFacts['worstStep'] {
  const { journey, alert, accounts } = compiled
  const { condition, step } = alert
  if (condition.kind !== 'above' || condition.subject === 'events' || edge === undefined) return undefined
  if (journey.steps.length < 2 || step !== undefined) return undefined
  const steps = journey.steps.map(({ name }) => {
    const own = accounts.filter((number) => books.accounts[number]?.step === name)
    return { name, bad: seenBetween(condition.subject, own, edge.rows, books.total.rows).count }
  })
  const ofBad = steps.reduce((sum, { bad }) => sum + bad, 0)
  const worst = steps.reduce((a, b) => (b.bad > a.bad ? b : a))
  return worst.bad === 0 ? undefined : { ...worst, ofBad }
}
