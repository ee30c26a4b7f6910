import type { CompiledObjective } from '@tabiji/core/budget'
import { budgetState, type MonthFacts } from '@tabiji/core/report'
import { ruledBudget, ruledBurnMilli } from '@tabiji/core/ruler'
import { isoIn } from '@tabiji/core/time'
import type { Overview, RulerStatus } from '../../ports/api.ts'
import type { Results } from './results.ts'

type Objectives = readonly Pick<CompiledObjective, 'id' | 'objective'>[]

/** Puts what the ruler says beside each objective; no figure of the books changes by it. */
export function withResults<Told extends Overview>(
  told: Told,
  objectives: Objectives,
  results: Results,
  name: string,
): Told {
  const known = new Map(objectives.map(({ id, objective }) => [id, objective]))
  const statusOf = (id: string): RulerStatus | undefined => {
    const objective = known.get(id)
    const found = results.of(id)
    if (objective === undefined || found === undefined) return undefined
    const { ruled, at } = found
    const budget = ruledBudget(objective, ruled)
    const { targetPpm } = objective
    const allowedMillionths = (budget?.valid ?? 0) * (1_000_000 - targetPpm)
    return {
      estimate: true,
      engine: name,
      at: isoIn(at, told.timeZone),
      ...budget,
      state: budget === undefined || budget.valid === 0 ? 'unjudged' : budgetState({ ...budget, allowedMillionths }),
      windows: ruled.windows.map((window) => ({
        ms: window.ms,
        bad: Math.round(window.bad),
        valid: Math.round(window.valid),
        burnMilli: ruledBurnMilli(window, targetPpm),
      })),
      alerts: ruled.alerts,
    }
  }
  const beside = <Objective extends { readonly id: string }>(objective: Objective) => {
    const status = statusOf(objective.id)
    return status === undefined ? objective : { ...objective, ruler: status }
  }
  return {
    ...told,
    journeys: told.journeys.map((journey) => ({ ...journey, objectives: journey.objectives.map(beside) })),
  }
}

/** The same for a month. */
export function monthWithResults(facts: MonthFacts, results: Results): MonthFacts {
  return {
    ...facts,
    journeys: facts.journeys.map((journey) => ({
      ...journey,
      objectives: journey.objectives.map((objective) => {
        const ruler = results.month(facts.month, `${journey.name}/${objective.name}`)
        return ruler === undefined ? objective : { ...objective, ruler }
      }),
    })),
  }
}
