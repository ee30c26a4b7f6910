import { type FixEvent, type FixHistory, fixMonth } from '@tabiji/core/fix'
import type { IncidentSummary } from '@tabiji/core/incident'
import {
  type AllowancePart,
  type JourneyMonth,
  judgeObjective,
  type MonthFacts,
  type ObjectiveMonth,
  type Promised,
} from '@tabiji/core/report'
import { datesIn } from '@tabiji/core/time'

const ZONE = 'Asia/Tokyo'
const FROM = '2026-10-01T00:00:00+09:00'
const TO = '2026-11-01T00:00:00+09:00'
const COVERAGE = { readSlots: 44_640, expectedSlots: 44_640 }

/** The counts of an objective over the days of October: the most of it went on the 20th, the rest a little each day. */
function daysOf({ bad, valid, targetPpm }: ObjectiveMonth): NonNullable<ObjectiveMonth['days']> {
  const dates = datesIn('2026-10')
  const share = (whole: number, i: number) => Math.floor((whole * (i + 1)) / 31) - Math.floor((whole * i) / 31)
  const drips = Math.floor(bad / 3)
  return dates.map((date, i) => {
    const tally = { bad: share(drips, i) + (i === 19 ? bad - drips : 0), valid: share(valid, i) }
    return { date, ...tally, allowedMillionths: tally.valid * (1_000_000 - targetPpm) }
  })
}

/** An objective of October 2026 with one target all month. */
export function objective(
  promised: Partial<Promised>,
  bad: number,
  valid: number,
  coverage: JourneyMonth['coverage'] = COVERAGE,
): ObjectiveMonth {
  const whole: Promised = {
    name: 'availability',
    indicator: 'availability',
    targetPpm: 999_000,
    window: { kind: 'rolling', ms: 2_592_000_000 },
    ...promised,
  }
  return judgeObjective(whole, [{ from: FROM, to: TO, targetPpm: whole.targetPpm, bad, valid }], coverage)
}

/** A fix that was added on one date, with what happened to it later; dates are noon in Tokyo. */
function fix(key: string, title: string, created: string, due: string, ...later: readonly Later[]): FixHistory {
  const added = { type: 'added', at: noon(created), title, kind: 'prevent', due, incident: 'INC-0007' } as const
  return { key, events: [added, ...later.map(({ on, ...event }): FixEvent => ({ ...event, at: noon(on) }))] }
}

type Later =
  | { readonly on: string; readonly type: 'done' }
  | { readonly on: string; readonly type: 'reopened' | 'dropped' | 'undropped'; readonly reason: string }
  | { readonly on: string; readonly type: 'moved'; readonly due: string; readonly reason: string }
  | {
      readonly on: string
      readonly type: 'accepted'
      readonly approver: string
      readonly reason: string
      readonly until: string
    }

function noon(date: string): number {
  return Date.parse(`${date}T12:00:00+09:00`)
}

/** October 2026 with nothing in it, read on 5 November. */
export function emptyFacts(): MonthFacts {
  return {
    schema: 'report/v1',
    month: '2026-10',
    timeZone: ZONE,
    from: FROM,
    to: TO,
    generatedAt: '2026-11-05T10:12:00+09:00',
    dataUntil: TO,
    complete: true,
    sample: false,
    definition: { fingerprint: '0123456789abcdef', revisions: [] },
    journeys: [],
    alerts: [],
    incidents: [],
    fixes: fixMonth([], '2026-10', ZONE, noon('2026-11-05')),
  }
}

/** October 2026 of a shop that measures feet: one journey of each state, fixes in every state. */
export function octoberFacts(): MonthFacts {
  return {
    ...emptyFacts(),
    definition: {
      fingerprint: '0123456789abcdef',
      revisions: [{ at: '2026-10-15T12:00:00+09:00', fingerprint: '0123456789abcdef' }],
    },
    journeys: [search(), measureFeet(), readResult(), order(), returns()],
    alerts: [
      { level: 1, fired: 1, resolved: 1, stillOpen: 0 },
      { level: 2, fired: 3, resolved: 2, stillOpen: 1 },
      { level: 3, fired: 5, resolved: 5, stillOpen: 0 },
    ],
    incidents: incidents(),
    fixes: fixMonth(fixes(), '2026-10', ZONE, noon('2026-11-05')),
  }
}

/** The same October after a power cut was left out of what was promised for the order, every Sunday night out of everything. */
export function correctedFacts(): MonthFacts {
  const october = octoberFacts()
  const sundays = ['04', '11', '18', '25'].map((day) => ({
    from: `2026-10-${day}T03:00:00+09:00`,
    to: `2026-10-${day}T04:00:00+09:00`,
  }))
  return {
    ...october,
    corrections: [
      {
        key: 'COR-0001',
        reason: 'weekly maintenance',
        createdAt: '2026-09-28T10:00:00+09:00',
        rrule: 'FREQ=WEEKLY;BYDAY=SU',
        objectives: ['order/availability', 'search-shoes/availability'],
        stretches: sundays,
        seconds: 14_400,
        events: 600,
      },
      {
        key: 'COR-0002',
        reason: 'power cut in the data centre',
        author: 'suzuki',
        createdAt: '2026-10-21T09:00:00+09:00',
        objectives: ['order/availability'],
        stretches: [{ from: '2026-10-20T10:00:00+09:00', to: '2026-10-20T10:35:00+09:00' }],
        seconds: 2_100,
        events: 900,
      },
    ],
    journeys: october.journeys.map((journey) => ({
      ...journey,
      objectives: journey.objectives.map((one) =>
        journey.name === 'order' ? { ...one, raw: { bad: one.bad + 700, valid: one.valid + 1_000 } } : one,
      ),
    })),
  }
}

const daily = (month: ObjectiveMonth): ObjectiveMonth => ({ ...month, days: daysOf(month) })

function search(): JourneyMonth {
  return {
    name: 'search-shoes',
    title: { en: 'Search shoes', ja: '靴を探す' },
    owner: 'web',
    tier: 2,
    objectives: [objective({ targetPpm: 995_000 }, 41_535, 21_300_000)],
    steps: [{ name: 'search', counts: [21_258_000, 465, 41_535, 1_200] }],
    coverage: COVERAGE,
  }
}

function measureFeet(): JourneyMonth {
  return {
    name: 'measure-feet',
    title: { en: 'Measure feet', ja: '足の計測' },
    owner: 'scan',
    tier: 1,
    objectives: [
      daily(objective({}, 5_197, 4_812_000)),
      objective(
        { name: 'upload.latency', indicator: 'latency', step: 'upload', targetPpm: 990_000 },
        12_300,
        2_406_000,
      ),
    ],
    steps: [
      { name: 'upload', counts: [2_390_003, 12_300, 3_697, 41] },
      { name: 'submit', counts: [2_404_500, 0, 1_500, 0] },
    ],
    coverage: COVERAGE,
  }
}

function readResult(): JourneyMonth {
  const parts: readonly AllowancePart[] = [
    { from: FROM, to: '2026-10-15T12:00:00+09:00', targetPpm: 995_000, bad: 400, valid: 120_000 },
    { from: '2026-10-15T12:00:00+09:00', to: TO, targetPpm: 999_000, bad: 110, valid: 150_000 },
  ]
  const promised = {
    name: 'experience',
    indicator: 'experience',
    targetPpm: 999_000,
    window: { kind: 'month' },
  } as const
  return {
    name: 'read-result',
    title: { en: 'Read the result', ja: '結果を見る' },
    tier: 1,
    objectives: [judgeObjective(promised, parts, COVERAGE)],
    steps: [{ name: 'read', counts: [269_490, 310, 200, 12] }],
    coverage: COVERAGE,
  }
}

function order(): JourneyMonth {
  const coverage = { readSlots: 44_600, expectedSlots: 44_640 }
  return {
    name: 'order',
    title: { en: 'Order', ja: '購入' },
    owner: 'shop',
    tier: 1,
    objectives: [objective({ targetPpm: 999_500 }, 120, 302_000, coverage)],
    steps: [{ name: 'pay', counts: [301_100, 780, 120, 9] }],
    coverage,
  }
}

function returns(): JourneyMonth {
  return {
    name: 'returns',
    title: { en: 'Send shoes back', ja: '返品受付' },
    owner: 'shop',
    tier: 3,
    objectives: [objective({}, 1, 412)],
    steps: [{ name: 'request', counts: [411, 0, 1, 0] }],
    coverage: COVERAGE,
  }
}

function incidents(): IncidentSummary[] {
  const common = { journeys: ['measure-feet'], episodes: [], drill: false }
  return [
    {
      ...common,
      key: 'INC-0007',
      title: 'Scans could not be uploaded',
      level: 1,
      episodes: ['A-0012'],
      openedAt: '2026-10-20T13:05:00+09:00',
      impactStartedAt: '2026-10-20T13:02:00+09:00',
      detectedAt: '2026-10-20T13:04:00+09:00',
      mitigatedAt: '2026-10-20T13:40:00+09:00',
      resolvedAt: '2026-10-20T15:00:00+09:00',
    },
    {
      ...common,
      key: 'INC-0008',
      title: 'Payment provider answered slowly',
      level: 2,
      journeys: ['order', 'search-shoes'],
      openedAt: '2026-10-23T09:30:00+09:00',
      impactStartedAt: '2026-10-23T09:10:00+09:00',
      mitigatedAt: '2026-10-23T10:21:00+09:00',
    },
    { ...common, key: 'INC-0009', title: 'Drill: upload down', drill: true, openedAt: '2026-10-27T14:00:00+09:00' },
  ]
}

function fixes(): FixHistory[] {
  return [
    fix('FIX-0101', 'Retry the upload with backoff', '2026-08-03', '2026-10-10', { on: '2026-10-08', type: 'done' }),
    fix('FIX-0102', 'Ring on slow uploads', '2026-08-20', '2026-10-15', { on: '2026-10-15', type: 'done' }),
    fix('FIX-0103', 'Bound the queue of scans', '2026-09-01', '2026-10-20', { on: '2026-10-27', type: 'done' }),
    fix('FIX-0104', 'Write the runbook of the scanner', '2026-07-20', '2026-09-30', {
      on: '2026-09-29',
      type: 'moved',
      due: '2026-10-25',
      reason: 'waits for the supplier',
    }),
    fix(
      'FIX-0105',
      'Cache the shoe sizes',
      '2026-09-10',
      '2026-10-31',
      { on: '2026-10-05', type: 'done' },
      { on: '2026-10-29', type: 'reopened', reason: 'the cache was never filled' },
    ),
    fix('FIX-0106', 'Second payment provider', '2026-06-01', '2026-10-31', {
      on: '2026-10-12',
      type: 'accepted',
      approver: 'tanaka',
      reason: 'once in two years',
      until: '2027-03-31',
    }),
    fix('FIX-0107', 'Canary for the scanner', '2026-10-21', '2026-11-20'),
    fix('FIX-0108', 'Alert on full disks', '2026-10-21', '2026-11-05', {
      on: '2026-10-30',
      type: 'moved',
      due: '2026-11-30',
      reason: 'after the canary',
    }),
  ]
}
