import { dateOf, dayRange, HOUR, SECOND } from '@tabiji/core/time'
import { TROUBLES } from './incidents.ts'
import { SAMPLES, type Sample, STEP } from './journeys.ts'
import { seeded } from './random.ts'
import { at, DAYS, FIRST_DAY, type HistoryLine, ZONE } from './year.ts'

const SERVICES = ['shop', 'account', 'logistics'] as const

/** The service that was not read for a while, in days of the year: more than a twentieth of its February. */
const UNREAD = { service: 'account', from: 100, to: 103 } as const

/** The outcomes of one step so far: good, slow, error, excluded. */
type Totals = [number, number, number, number]

/**
 * One reading of each service an hour, a second before the hour is over, so that what is new in it happened in that hour. The
 * first reading has nothing in it: it says from where on is counted.
 */
export function* readingLines(): Generator<HistoryLine> {
  const random = seeded(20_251_101)
  const totals = new Map(SAMPLES.map(({ name }) => [name, [0, 0, 0, 0] as Totals]))
  const [from, to] = [dayRange(FIRST_DAY, ZONE).from, at(DAYS, 0)]
  for (let hour = from - HOUR; hour < to; hour += HOUR) {
    const busy = busyness(hour)
    for (const sample of SAMPLES) {
      const counts = totals.get(sample.name)
      if (hour >= from && counts !== undefined) addHour(counts, sample, hour, busy, random)
    }
    for (const service of SERVICES) {
      const unread = service === UNREAD.service && hour >= at(UNREAD.from, 0) && hour < at(UNREAD.to, 0)
      if (!unread) yield reading(service, hour + HOUR - SECOND, from, totals)
    }
  }
}

function reading(
  service: Sample['service'],
  when: number,
  from: number,
  totals: ReadonlyMap<string, Totals>,
): HistoryLine {
  return {
    kind: 'reading',
    at: new Date(when).toISOString(),
    process: `${service}-1`,
    service,
    startedAt: new Date(from - HOUR).toISOString(),
    steps: SAMPLES.filter((sample) => sample.service === service).map(({ name }) => ({
      journey: name,
      step: STEP,
      counts: [...(totals.get(name) ?? [0, 0, 0, 0])],
    })),
  }
}

/** People shop in the evening and sleep at night. */
function busyness(hour: number): number {
  const since = (hour - dayRange(dateOf(hour, ZONE), ZONE).from) / HOUR
  return 0.3 + 0.7 * (1 - Math.cos(((since - 3) / 24) * 2 * Math.PI))
}

function addHour(totals: Totals, sample: Sample, hour: number, busy: number, random: () => number): void {
  const all = Math.floor(sample.hourly * busy * (0.7 + 0.6 * random()) + random())
  const take = (share: number) => Math.floor(all * share + random())
  const error = Math.min(all, take(sample.failingPpm / 1e6 + troubleShare(sample.name, hour)))
  const slow = Math.min(all - error, take(0.006))
  const excluded = Math.min(all - error - slow, take(0.01))
  totals[0] += all - error - slow - excluded
  totals[1] += slow
  totals[2] += error
  totals[3] += excluded
}

/** Which share of an hour's events an incident made fail. */
function troubleShare(journey: string, hour: number): number {
  let share = 0
  for (const { journey: hurt, began, mitigated, failing } of TROUBLES) {
    const held = Math.min(hour + HOUR, mitigated) - Math.max(hour, began)
    if (hurt === journey && held > 0) share += (failing / 1000) * (held / HOUR)
  }
  return share
}
