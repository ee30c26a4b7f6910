import { expect, test } from 'vitest'
import { fixMonth } from '../fix/index.ts'
import { judgeObjective } from './judge.ts'
import type { MonthFacts } from './month-facts.ts'
import { parseMonthFacts } from './parse.ts'

const FROM = '2026-10-01T00:00:00+09:00'
const TO = '2026-11-01T00:00:00+09:00'

function facts(): MonthFacts {
  const coverage = { readSlots: 44_640, expectedSlots: 44_640 }
  const promised = {
    name: 'availability',
    indicator: 'availability',
    targetPpm: 999_000,
    window: { kind: 'month' },
  } as const
  const parts = [{ from: FROM, to: TO, targetPpm: 999_000, bad: 120, valid: 100_000 }]
  return {
    schema: 'report/v1',
    month: '2026-10',
    timeZone: 'Asia/Tokyo',
    from: FROM,
    to: TO,
    generatedAt: '2026-11-05T10:12:00+09:00',
    dataUntil: TO,
    complete: true,
    sample: false,
    definition: { fingerprint: '0123456789abcdef', revisions: [] },
    journeys: [
      {
        name: 'measure-feet',
        title: { en: 'Measure feet', ja: '足の計測' },
        tier: 1,
        objectives: [judgeObjective(promised, parts, coverage)],
        steps: [{ name: 'upload', counts: [99_000, 880, 120, 3] }],
        coverage,
      },
    ],
    alerts: [{ level: 1, fired: 1, resolved: 1, stillOpen: 0 }],
    incidents: [],
    fixes: fixMonth([], '2026-10', 'Asia/Tokyo', Date.parse('2026-11-05T10:12:00+09:00')),
  }
}

/** The facts as JSON brings them, with some values replaced by their path. */
function edited(changes: Readonly<Record<string, unknown>>): unknown {
  const document = JSON.parse(JSON.stringify(facts()))
  for (const [path, value] of Object.entries(changes)) {
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    const node = keys.reduce((found, key) => found[key], document)
    if (value === undefined) delete node[last]
    else node[last] = value
  }
  return document
}

function messages(value: unknown): readonly string[] {
  const parsed = parseMonthFacts(value)
  return parsed.ok ? [] : parsed.problems.map(({ message }) => message)
}

test('facts survive being written and read', () => {
  expect(parseMonthFacts(edited({}))).toEqual({ ok: true, facts: facts() })
})

test('everything that is wrong with the shape is told at once', () => {
  const changes = {
    month: '2026-13',
    timeZone: 'Tokyo',
    generatedAt: 'yesterday',
    'journeys.0.title': 'Measure feet',
    'journeys.0.objectives.0.targetPpm': 1_000_000,
    'journeys.0.steps.0.counts': [1, 2, 3],
    'alerts.0.level': 4,
    'fixes.asOf': '2026-02-30',
    complete: undefined,
  }
  expect(messages(edited(changes))).toEqual([
    'Expected `month` to be a month as YYYY-MM, got "2026-13"',
    'Expected `timeZone` to be an IANA time zone, got "Tokyo"',
    'Expected `generatedAt` to be a time in ISO 8601 with offset, got "yesterday"',
    'Expected `complete` to be of type boolean, got nothing',
    'Expected `journeys[0].title` to be of type object, got "Measure feet"',
    'Expected `journeys[0].objectives[0].targetPpm` to be at most 999999, got 1000000',
    'Expected `journeys[0].steps[0].counts` to be at least 4 entries long, got a list',
    'Expected `alerts[0].level` to be 1 or 2 or 3, got 4',
    'Expected `fixes.asOf` to be a date as YYYY-MM-DD, got "2026-02-30"',
  ])
})

test('figures that do not follow from their parts are told', () => {
  const changes = { 'journeys.0.objectives.0.bad': 12, 'journeys.0.objectives.0.met': true, 'fixes.flow.created': 2 }
  expect(messages(edited(changes))).toEqual([
    'Expected `journeys[0].objectives[0].bad` to be 120, which follows from `parts`, got 12',
    'Expected `journeys[0].objectives[0].met` to be false, which follows from `parts`, got true',
    'Expected `fixes.flow.openAtEnd` to be 2: open at start + new + returned − done − dropped, got 0',
    'Expected `fixes.stock.denominator` to be 2, which follows from `fixes.flow`, got 0',
    'Expected `fixes.clearance.denominator` to be 2, which follows from `fixes.flow`, got 0',
  ])
})

test('a verdict that does not follow from the counts and the gaps in them is told', () => {
  const noEvents = { parts: [], bad: 0, valid: 0, allowedMillionths: 0, met: true, leftPpm: undefined }
  const changes = Object.entries(noEvents).map(([key, value]) => [`journeys.0.objectives.0.${key}`, value])
  expect(messages(edited({ ...Object.fromEntries(changes), 'journeys.0.objectives.0.state': 'healthy' }))).toEqual([
    'Expected `journeys[0].objectives[0].state` to be "unjudged", which follows from `parts` and `coverage`, got "healthy"',
    'Expected `journeys[0].objectives[0].unjudged` to be "no_events", which follows from `parts` and `coverage`, got nothing',
  ])
})

test('ages, sums and verdicts of fixes that do not follow from the list are told', () => {
  const [added, due] = [Date.parse('2026-09-01T12:00:00+09:00'), '2026-10-20']
  const history = { key: 'FIX-0001', events: [{ type: 'added', at: added, title: 'A', kind: 'prevent', due }] } as const
  const asOf = Date.parse('2026-11-05T10:12:00+09:00')
  const found = fixMonth([history], '2026-10', 'Asia/Tokyo', asOf)
  const changes = {
    'open.0.ageDays': 1,
    'open.0.overdueDays': 0,
    'ageing.overdue': 3,
    'ageing.oldestDays': undefined,
    'ageing.buckets.0.open': 7,
    'onTime.share.numerator': 2,
  }
  const edits = Object.entries(changes).map(([path, value]) => [`fixes.${path}`, value])
  expect(messages(edited({ fixes: JSON.parse(JSON.stringify(found)), ...Object.fromEntries(edits) }))).toEqual([
    'Expected `fixes.onTime.met` to be true, which follows from `fixes.onTime.share`, got false',
    'Expected `fixes.onTime.share.numerator` to be at most `denominator` (1), got 2',
    'Expected `fixes.open[0].ageDays` to be 61, which follows from `fixes.asOf`, got 1',
    'Expected `fixes.open[0].overdueDays` to be 12, which follows from `fixes.asOf`, got 0',
    'Expected `fixes.ageing.overdue` to be 0, which follows from `fixes.open`, got 3',
    'Expected `fixes.ageing.overdueDays` to be 0, which follows from `fixes.open`, got 12',
    'Expected `fixes.ageing.oldestDays` to be 1, which follows from `fixes.open`, got nothing',
    'Expected `fixes.ageing.buckets` to be 1 open fixes altogether, got 8',
    'Expected `fixes.ageing.buckets` to be 0 overdue fixes altogether, got 1',
  ])
})

test('a part with more bad events than valid ones is told', () => {
  const changes = { 'journeys.0.objectives.0.parts.0.bad': 100_001, 'journeys.0.objectives.0.bad': 100_001 }
  expect(messages(edited({ ...changes, 'journeys.0.objectives.0.leftPpm': -999_010_000 }))).toEqual([
    'Expected `journeys[0].objectives[0].parts[0].bad` to be at most `valid` (100000), got 100001',
  ])
})

test.each([[null], [[]], ['{}'], [7]])('%j is no facts file', (value) => {
  expect(messages(value)).toHaveLength(1)
})

test('a month that was put aside under the name that the schema had before is read as one of today', () => {
  expect(parseMonthFacts(edited({ schema: 'tabiji.month-facts/v1' }))).toEqual({ ok: true, facts: facts() })
})

test('days that are not those of the month, and figures that they do not add up to, are told', () => {
  const days = [{ date: '2026-10-02', bad: 100, valid: 100_000, allowedMillionths: 100_000_000 }]
  const path = 'journeys.0.objectives.0'
  expect(messages(edited({ [`${path}.days`]: days, [`${path}.spent`]: [{ on: 'drip', bad: 7 }] }))).toEqual([
    'Expected `journeys[0].objectives[0].bad` to be 100, which follows from `days`, got 120',
    'Expected `journeys[0].objectives[0].days[0].date` to be "2026-10-01", which follows from `month`, got "2026-10-02"',
    'Expected `journeys[0].objectives[0].bad` to be 7, which follows from `spent`, got 120',
  ])
})

test('another version of the schema is named', () => {
  expect(messages(edited({ schema: 'tabiji.month-facts/v2' }))).toEqual([
    'Expected `schema` to be "report/v1" or "tabiji.month-facts/v1", got "tabiji.month-facts/v2"',
  ])
})
