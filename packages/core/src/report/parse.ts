import { checkShape, expected, type Problem } from '../problem/index.ts'
import type { MonthFacts } from './month-facts.ts'
import { monthFactsSchema } from './schema.ts'
import { sumMistakes } from './sums.ts'

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
  const problems = sumMistakes(facts).map((mistake) =>
    expected('FACTS_SUM', mistake.path, mistake.expected, mistake.found),
  )
  return problems.length > 0 ? { ok: false, problems } : { ok: true, facts }
}
