import type { Path } from '../problem/index.ts'
import { datesIn } from '../time/index.ts'
import { differing, type Mistake } from './mistake.ts'
import type { MonthFacts, ObjectiveMonth } from './month-facts.ts'

/** Days that are not those of the month, or that do not add up to it, and shares of the budget that do not either. */
export function dayMistakes(facts: MonthFacts): Mistake[] {
  return facts.journeys.flatMap(({ objectives }, j) =>
    objectives.flatMap((objective, o) => {
      const path = ['journeys', j, 'objectives', o]
      return [...sumsOf(objective, path), ...datesOf(objective, facts, path), ...spentOf(objective, path)]
    }),
  )
}

function sumsOf({ days, ...objective }: ObjectiveMonth, path: Path): Mistake[] {
  if (days === undefined) return []
  return (['bad', 'valid', 'allowedMillionths'] as const).flatMap((field) => {
    const sum = days.reduce((total, day) => total + day[field], 0)
    return differing([...path, field], sum, objective[field], 'days')
  })
}

function datesOf({ days }: ObjectiveMonth, { month }: MonthFacts, path: Path): Mistake[] {
  const expected = datesIn(month)
  return (days ?? []).flatMap(({ date }, i) => differing([...path, 'days', i, 'date'], expected[i], date, 'month'))
}

function spentOf({ spent, bad }: ObjectiveMonth, path: Path): Mistake[] {
  if (spent === undefined) return []
  const sum = spent.reduce((total, part) => total + part.bad, 0)
  return differing([...path, 'bad'], sum, bad, 'spent')
}
