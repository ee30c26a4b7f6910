import { spendingOf } from '../budget/index.ts'
import { checkShape, expected, type Path, type Problem, show } from '../problem/index.ts'
import { isMet } from './judge.ts'
import type { MonthFacts, ObjectiveMonth } from './month-facts.ts'
import { monthFactsSchema } from './schema.ts'

/**
 * Reads month facts that come from outside the process, such as a file or an answer over HTTP.
 *
 * @param value what `JSON.parse` returned
 * @returns the facts, or everything that is wrong with them: the shape first, then sums that do not add up
 */
export function parseMonthFacts(
  value: unknown,
): { readonly ok: true; readonly facts: MonthFacts } | { readonly ok: false; readonly problems: readonly Problem[] } {
  const checked = checkShape(monthFactsSchema, value, 'FACTS')
  if (!checked.ok) return checked
  const facts: MonthFacts = checked.value
  const problems = [...sumProblems(facts), ...flowProblems(facts)]
  return problems.length > 0 ? { ok: false, problems } : { ok: true, facts }
}

/** Every figure of an objective follows from its parts, so a file in which it does not was edited or cut. */
function sumProblems(facts: MonthFacts): Problem[] {
  return facts.journeys.flatMap((journey, j) =>
    journey.objectives.flatMap((objective, o) => objectiveProblems(objective, ['journeys', j, 'objectives', o])),
  )
}

function objectiveProblems(objective: ObjectiveMonth, path: Path): Problem[] {
  const problems: Problem[] = []
  const mustBe = (field: 'bad' | 'valid' | 'allowedMillionths' | 'leftPpm' | 'met', value: unknown) => {
    if (objective[field] === value) return
    problems.push(
      expected('FACTS_SUM', [...path, field], `${show(value)}, which follows from \`parts\``, objective[field]),
    )
  }
  const spending = spendingOf(objective.parts)
  mustBe('bad', spending.bad)
  mustBe('valid', spending.valid)
  mustBe('allowedMillionths', spending.allowedMillionths)
  mustBe('leftPpm', spending.leftPpm)
  mustBe('met', objective.state === 'unjudged' ? undefined : isMet(spending))
  for (const [i, { bad, valid }] of objective.parts.entries()) {
    if (bad > valid)
      problems.push(expected('FACTS_SUM', [...path, 'parts', i, 'bad'], `at most \`valid\` (${valid})`, bad))
  }
  return problems
}

function flowProblems({ fixes: { flow, open } }: MonthFacts): Problem[] {
  const { openAtStart, created, returned, done, dropped, openAtEnd } = flow
  const end = openAtStart + created + returned - done - dropped
  const path = ['fixes', 'flow', 'openAtEnd']
  const problems: Problem[] = []
  if (openAtEnd !== end) {
    problems.push(expected('FACTS_SUM', path, `${end}: open at start + new + returned − done − dropped`, openAtEnd))
  }
  if (openAtEnd !== open.length) {
    problems.push(expected('FACTS_SUM', path, `${open.length}, the number of open fixes listed`, openAtEnd))
  }
  return problems
}
