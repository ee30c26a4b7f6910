import { HOUR, MINUTE } from '@tabiji/core/time'
import { SAMPLES } from './journeys.ts'
import { seeded } from './random.ts'
import { at, DAYS, type HistoryLine } from './year.ts'

/** One incident of the year, and what it did to its journey. Times are milliseconds. */
export type Trouble = {
  readonly key: string
  readonly journey: string
  readonly level: 1 | 2 | 3
  readonly drill: boolean
  readonly day: number
  readonly began: number
  readonly mitigated: number
  /** Of a thousand events meanwhile: those that failed. */
  readonly failing: number
}

/** The one that is practice, counted from 0. */
const DRILL = 6
const WHAT = [
  'fails after a release',
  'is slow for everybody',
  'answers with an error',
  'waits for the database',
  'lost its cache',
]

/** A quiet month and a busy one: of few nothing is compared, of many the middle is told. */
const WEIGHTS = [2, 4, 1, 3, 0, 2, 1, 6, 2, 1, 3, 5]

/** The incidents of the year, oldest first. The seventh is a drill, and the last is not over when the year ends. */
export const TROUBLES: readonly Trouble[] = drawTroubles()

function drawTroubles(): readonly Trouble[] {
  const random = seeded(7)
  const months = WEIGHTS.flatMap((count, month) => Array.from({ length: count }, () => month))
  return months
    .map((month) => Math.min(DAYS - 2, Math.floor(month * 30.4 + 1 + random() * 27)))
    .map((day) => ({ day, began: at(day, 8 + Math.floor(random() * 10)) + Math.floor(random() * 50) * MINUTE }))
    .sort((a, b) => a.began - b.began)
    .map(({ day, began }, i) => ({
      ...{ key: `INC-${String(i + 1).padStart(4, '0')}`, day, began, drill: i === DRILL },
      journey: SAMPLES[Math.floor(random() * SAMPLES.length)]?.name ?? 'checkout',
      level: random() < 0.4 ? 1 : random() < 0.7 ? 2 : 3,
      mitigated: began + (5 + Math.floor(random() * 240)) * MINUTE,
      failing: i === DRILL ? 0 : 60 + Math.floor(random() * 300),
    }))
}

/** What was recorded of the incidents. */
export function* incidentLines(): Generator<HistoryLine> {
  for (const [i, trouble] of TROUBLES.entries()) {
    const { key, journey, level, drill, began, mitigated } = trouble
    const line = (when: number, command: object): HistoryLine => ({
      ...{ kind: 'incident', key, at: new Date(when).toISOString(), by: i % 2 === 0 ? 'sato' : 'mori', command },
    })
    const moment = (name: string, value: number, reason: string) =>
      line(mitigated + 10 * MINUTE, { type: 'time', moment: name, value: new Date(value).toISOString(), reason })
    const title = SAMPLES.find(({ name }) => name === journey)?.title.en ?? journey
    yield line(began + 6 * MINUTE, {
      ...{ type: 'open', title: `${title}: ${WHAT[i % WHAT.length]}`, level, journeys: [journey], episodes: [], drill },
    })
    yield moment('impactStarted', began, 'the first failed request in the log')
    yield moment('detected', began + 4 * MINUTE, 'the first alert')
    // Of one in ten nobody wrote down when the harm stopped.
    if (i % 10 !== 9) yield moment('mitigated', mitigated, 'went back to the release before')
    if (i !== TROUBLES.length - 1) yield line(mitigated + HOUR, { type: 'resolve' })
  }
}
