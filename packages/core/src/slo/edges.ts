import type { Definition } from '../journey/index.ts'
import { type Problem, problem } from '../problem/index.ts'
import { formatDuration } from '../time/index.ts'

/**
 * Promised times that are no edge of the histogram that a service exposes for the step: such a histogram cannot say how
 * many events were in time. Warnings, because outcomes are counted apart; the paths lead to the promise in the journeys file.
 *
 * @param edges upper edges in seconds by `journey/step`, ascending and finite; a step without any is not judged
 * @param where who exposes them, for the message
 */
export function edgeProblems(
  { journeys }: Definition,
  edges: ReadonlyMap<string, readonly number[]>,
  where: string,
): readonly Problem[] {
  return journeys.flatMap(({ name: journey, steps }) =>
    steps.flatMap(({ name: step, withinMs }) => {
      const known = (edges.get(`${journey}/${step}`) ?? []).map((seconds) => Math.round(seconds * 1e6) / 1e3)
      if (known.length === 0 || known.includes(withinMs)) return []
      const near = [known.findLast((edge) => edge < withinMs), known.find((edge) => edge > withinMs)]
      const nearest = near.flatMap((edge) => (edge === undefined ? [] : [formatDuration(edge)])).join(' and ')
      const message = `The promised time of ${formatDuration(withinMs)} is no edge of the histogram of ${where}: the nearest are ${nearest}`
      const hint = `add a bucket with le="${withinMs / 1000}" there, or promise a time that is one`
      const path = ['journeys', journey, 'steps', step, 'within']
      return [problem('BUDGET_NO_EDGE', path, message, { severity: 'warning', hint })]
    }),
  )
}
