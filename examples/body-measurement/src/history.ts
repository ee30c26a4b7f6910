import { addDays, addMonths, dateOf, dayRange, monthOf, monthRange } from '@tabiji/core/time'
import { SERVICE_NAME } from './service.ts'

/** One line of a history file; `tabiji import` reads them. */
export type HistoryLine = Readonly<Record<string, unknown>>

/** How often the made-up process was read. */
const READ_EVERY_MS = 5 * 60_000

/** Per step: events in an average five minutes, and of a thousand of them how many are slow, failed and excluded. */
const TRAFFIC = [
  { journey: 'measure-feet', step: 'start', events: 9, slow: 0.6, error: 0.5, excluded: 4 },
  { journey: 'measure-feet', step: 'upload', events: 8, slow: 1.2, error: 0.7, excluded: 9 },
  { journey: 'measure-feet', step: 'process', events: 8, slow: 1.6, error: 0.9, excluded: 0 },
  { journey: 'view-result', step: 'read', events: 26, slow: 0.3, error: 0.2, excluded: 6 },
] as const

/** Hours that went badly: day of the month, local hour, length in hours, which step, and the share of each outcome. */
type Trouble = {
  readonly month: 'last' | 'before'
  readonly day: number
  readonly hour: number
  readonly hours: number
  readonly step: string
  readonly slow: number
  readonly error: number
}

const TROUBLES: readonly Trouble[] = [
  { month: 'before', day: 8, hour: 19, hours: 1.5, step: 'upload', slow: 350, error: 40 },
  { month: 'last', day: 20, hour: 14, hours: 1, step: 'process', slow: 300, error: 420 },
]

/**
 * Made-up readings, incidents and fixes of the two months before the present one, and of the present one up to `now`.
 * The same months give the same lines: the numbers come from a seeded generator.
 */
export function* sampleHistory(zone: string, now: number): Generator<HistoryLine> {
  const last = addMonths(monthOf(now, zone), -1)
  const before = addMonths(last, -1)
  yield* sampleReadings(zone, monthRange(before, zone).from, now, troubleTimes(zone, last, before))
  yield* sampleWork(zone, last, before)
}

type Stretch = Omit<Trouble, 'month' | 'day' | 'hour' | 'hours'> & { readonly from: number; readonly to: number }

function troubleTimes(zone: string, last: string, before: string): readonly Stretch[] {
  return TROUBLES.map(({ month, day, hour, hours, ...rest }) => {
    const from = at(zone, month === 'last' ? last : before, day, hour)
    return { ...rest, from, to: from + hours * 3_600_000 }
  })
}

function* sampleReadings(zone: string, from: number, to: number, troubles: readonly Stretch[]): Generator<HistoryLine> {
  const random = seeded(20_261_020)
  const totals = TRAFFIC.map(() => [0, 0, 0, 0])
  for (let time = from; time <= to; time += READ_EVERY_MS) {
    if (time > from) {
      for (const [i, step] of TRAFFIC.entries()) addEvents(totals[i] ?? [], step, time, zone, troubles, random)
    }
    yield {
      kind: 'reading',
      at: new Date(time).toISOString(),
      process: 'sample-history',
      service: SERVICE_NAME,
      startedAt: new Date(from).toISOString(),
      steps: TRAFFIC.map(({ journey, step }, i) => ({ journey, step, counts: [...(totals[i] ?? [])] })),
    }
  }
}

function addEvents(
  totals: number[],
  { step, events, slow, error, excluded }: (typeof TRAFFIC)[number],
  time: number,
  zone: string,
  troubles: readonly Stretch[],
  random: () => number,
): void {
  const trouble = troubles.find((each) => each.step === step && time > each.from && time <= each.to)
  const hour = (time - dayRange(dateOf(time, zone), zone).from) / 3_600_000
  // People measure their feet in the evening and sleep at night.
  const busy = 0.25 + 0.75 * (1 - Math.cos(((hour - 3) / 24) * 2 * Math.PI))
  const count = Math.floor(events * busy * (0.7 + 0.6 * random()) + random())
  for (let i = 0; i < count; i++) {
    const dice = random() * 1000
    const bad = trouble ?? { slow, error }
    const outcome =
      dice < bad.error ? 2 : dice < bad.error + bad.slow ? 1 : dice < bad.error + bad.slow + excluded ? 3 : 0
    totals[outcome] = (totals[outcome] ?? 0) + 1
  }
}

/** Two incidents and the fixes that came of them: kept, late, put off, and still open. */
function* sampleWork(zone: string, last: string, before: string): Generator<HistoryLine> {
  const line = (kind: 'incident' | 'fix', key: string, when: number, command: object): HistoryLine => ({
    kind,
    key,
    at: new Date(when).toISOString(),
    by: 'sample',
    command,
  })
  const incident = (key: string, when: number, command: object) => line('incident', key, when, command)
  const fix = (key: string, when: number, command: object) => line('fix', key, when, command)
  const on = (month: string, day: number, hour = 10) => at(zone, month, day, hour)
  const date = (month: string, day: number) => addDays(`${month}-01`, day - 1)
  const open = (title: string, level: 1 | 2) => ({
    type: 'open',
    title,
    level,
    journeys: ['measure-feet'],
    episodes: [],
    drill: false,
  })
  const time = (moment: string, when: number, reason: string) => ({
    type: 'time',
    moment,
    value: new Date(when).toISOString(),
    reason,
  })
  const add = (title: string, kind: string, key: string, owner: string, due: string) => ({
    type: 'add',
    title,
    kind,
    incident: key,
    journey: 'measure-feet',
    owner,
    due,
  })

  yield incident('INC-0001', on(before, 8, 19.2), open('Photo uploads crawl in the evening', 2))
  yield incident('INC-0001', on(before, 8, 20.5), time('impactStarted', on(before, 8, 19), 'the first slow upload'))
  yield incident('INC-0001', on(before, 8, 20.6), time('mitigated', on(before, 8, 20.4), 'a second node took over'))
  yield incident('INC-0001', on(before, 8, 21), { type: 'resolve' })
  yield fix(
    'FIX-0001',
    on(before, 9),
    add('Refuse photos over 8 MB on the phone', 'prevent', 'INC-0001', 'sato', date(last, 6)),
  )
  yield fix(
    'FIX-0002',
    on(before, 9, 11),
    add('Alert on the upload queue’s age', 'detect', 'INC-0001', 'mori', date(last, 9)),
  )
  yield fix('FIX-0003', on(before, 9, 12), add('Second upload node', 'mitigate', 'INC-0001', 'sato', date(last, 15)))
  yield fix('FIX-0001', on(last, 3), { type: 'done' })
  yield fix('FIX-0003', on(last, 12), { type: 'done' })
  yield fix('FIX-0002', on(last, 14), { type: 'done' })

  yield incident('INC-0002', on(last, 20, 14.2), open('Measuring fails after the model update', 1))
  yield incident('INC-0002', on(last, 20, 14.8), time('impactStarted', on(last, 20, 14), 'the first failed job'))
  yield incident('INC-0002', on(last, 20, 14.9), time('mitigated', on(last, 20, 14.75), 'went back to the last model'))
  yield incident('INC-0002', on(last, 20, 15), { type: 'resolve' })
  yield fix(
    'FIX-0004',
    on(last, 21),
    add('Roll models out to 5 % first', 'prevent', 'INC-0002', 'tanaka', date(last, 28)),
  )
  yield fix(
    'FIX-0005',
    on(last, 21, 11),
    add('Time limit for one measurement', 'mitigate', 'INC-0002', 'mori', date(last, 27)),
  )
  yield fix(
    'FIX-0006',
    on(last, 21, 12),
    add('Runbook: go back to the last model', 'process', 'INC-0002', 'sato', date(last, 26)),
  )
  yield fix('FIX-0006', on(last, 24), { type: 'done' })
  yield fix('FIX-0005', on(last, 27), { type: 'done' })
  yield fix('FIX-0004', on(last, 27, 17), {
    type: 'move',
    due: date(addMonths(last, 1), 20),
    reason: 'The rollout tool cannot split traffic yet',
  })
}

function at(zone: string, month: string, day: number, hour: number): number {
  return dayRange(addDays(`${month}-01`, day - 1), zone).from + hour * 3_600_000
}

/** Mulberry32: small, seeded, good enough for made-up traffic. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
