import { compileRules, refreshRules, ruleAt, rulesOf } from '@tabiji/core/alert'
import type { Judge } from './budgets.ts'
import { isFresh, type Patience } from './freshness.ts'

/** How many rules, of budgets and simple ones, cannot say that all is well because a service that feeds them is unread. */
export function rulesWithoutData({ definition, evaluator, ledger }: Judge, patience: Patience, now: number): number {
  const simple = compileRules(definition)
  refreshRules(simple, ledger.books)
  const ofBudgets = evaluator.objectives
    .filter((compiled) => !isFresh(compiled, ledger, patience, now))
    .map(({ journey, objective }) => [...rulesOf(journey.name, objective)].length)
  const unread = simple.alerts.filter((_, number) => !isFresh(ruleAt(simple, number), ledger, patience, now)).length
  return ofBudgets.reduce((sum, rules) => sum + rules, unread)
}
