import { OBSERVATION_SCHEMA, type Observation, TIME_BUCKETS, timeBucketOf } from '@tabiji/core/journey'
import type { Rule } from '../event/rule.ts'
import type { SeenRoute } from './route.ts'

/** Routes beyond so many are not told apart: a test run has fewer, and a scanner must not fill the memory. */
const MOST_ROUTES = 500

/** What came of a request: an answer below 400, from 400, from 500. */
type Answer = 'answered' | 'refused' | 'failed'

type Seen = {
  readonly route: SeenRoute
  readonly journey: string | undefined
  readonly rule: Rule | undefined
  counts: Record<Answer, number>
  readonly times: Uint32Array
}

export type Observations = {
  /** @param journey what the test run says it goes through */
  add(
    seen: { readonly route: SeenRoute; readonly journey: string | undefined; readonly rule: Rule | undefined },
    answer: Answer,
    elapsedMs: number,
  ): void
  /** What was seen since this was asked before. */
  take(): readonly Observation[]
}

/** Gathers what requests did, by journey, route and step, in bounded memory. */
export function createObservations(service: string): Observations {
  const all = new Map<string, Seen>()
  return {
    add({ route, journey, rule }, answer, elapsedMs) {
      const key = [journey, route.method, route.path, rule?.index].join(' ')
      let seen = all.get(key)
      if (seen === undefined) {
        if (all.size >= MOST_ROUTES) return
        seen = { route, journey, rule, counts: noCounts(), times: new Uint32Array(TIME_BUCKETS) }
        all.set(key, seen)
      }
      seen.counts[answer] += 1
      if (answer !== 'answered') return
      const bucket = timeBucketOf(elapsedMs)
      seen.times[bucket] = (seen.times[bucket] ?? 0) + 1
    },
    take() {
      const news = [...all.values()].filter(({ counts }) => counts.answered + counts.refused + counts.failed > 0)
      return news.map((seen) => {
        const observation = observationOf(seen, service)
        seen.counts = noCounts()
        seen.times.fill(0)
        return observation
      })
    },
  }
}

const noCounts = () => ({ answered: 0, refused: 0, failed: 0 })

function observationOf({ route, journey, rule, counts, times }: Seen, service: string): Observation {
  return {
    schema: OBSERVATION_SCHEMA,
    service,
    ...(journey === undefined ? {} : { journey }),
    ...route,
    ...(rule === undefined ? {} : { step: { journey: rule.journey, step: rule.step } }),
    ...counts,
    times: [...times].flatMap((count, bucket) => (count > 0 ? [[bucket, count] as const] : [])),
  }
}
