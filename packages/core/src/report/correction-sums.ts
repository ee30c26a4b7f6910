import { parseInstant } from '../time/index.ts'
import { differing, type Mistake } from './mistake.ts'
import type { CorrectionMonth, MonthFacts, ObjectiveMonth } from './month-facts.ts'

/** What is wrong with the corrections of a month, and with the raw numbers that stand beside adjusted ones. */
export function correctionMistakes({ journeys, corrections = [] }: MonthFacts): Mistake[] {
  const objectives = journeys.flatMap((journey, j) =>
    journey.objectives.map((objective, o) => ({
      id: `${journey.name}/${objective.name}`,
      objective,
      path: ['journeys', j, 'objectives', o, 'raw'],
    })),
  )
  const known = new Set(objectives.map(({ id }) => id))
  return [
    ...corrections.flatMap((correction, i) => stretchMistakes(correction, i, known)),
    ...objectives.flatMap(({ id, objective, path }) =>
      rawMistakes(
        objective,
        corrections.filter((one) => one.objectives.includes(id)),
        path,
      ),
    ),
  ]
}

function stretchMistakes(
  { objectives, stretches, seconds }: CorrectionMonth,
  i: number,
  known: ReadonlySet<string>,
): Mistake[] {
  const path = ['corrections', i]
  const long = stretches.reduce((sum, { from, to }) => sum + (at(to) - at(from)) / 1000, 0)
  const unknown = objectives.flatMap((id, o) =>
    known.has(id) ? [] : [{ path: [...path, 'objectives', o], expected: 'an objective of `journeys`', found: id }],
  )
  return [...differing([...path, 'seconds'], long, seconds, 'stretches'), ...unknown]
}

/**
 * What corrections took away is raw − adjusted. It is something, bad events are among the valid ones, and it is no more
 * than all corrections of the objective say that their stretches hold.
 */
function rawMistakes(
  { bad, valid, raw, budgeting }: ObjectiveMonth,
  corrections: readonly CorrectionMonth[],
  path: Mistake['path'],
): Mistake[] {
  if (raw === undefined) return []
  const taken = { bad: raw.bad - bad, valid: raw.valid - valid }
  const events = corrections.reduce((sum, correction) => sum + correction.events, 0)
  // Slices are taken away whole, and there are some without an event.
  const most = budgeting === undefined ? events : Number.POSITIVE_INFINITY
  if (taken.valid > 0 && taken.valid <= most && taken.bad >= 0 && taken.bad <= taken.valid) return []
  const expected = `what \`bad\` and \`valid\` are without corrections, which hold ${events} events`
  return [{ path, expected, found: JSON.stringify(raw) }]
}

/** Milliseconds of an instant whose form the schema has checked: it states its offset, so neither now nor a zone matters. */
const at = (instant: string): number => parseInstant(instant, 0, 'UTC') ?? Number.NaN
