import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FixHistory, fixStatistics, RESPONSE_GOALS } from '../fix/index.ts'
import { END, MONTHS, world, ZONE } from '../fix/testing/world.ts'
import type { Incident } from '../incident/index.ts'
import { isoIn, MINUTE, monthRange } from '../time/index.ts'
import { MONTH_FACTS, type MonthFacts } from './month-facts.ts'
import { parseMonthFacts } from './parse.ts'

const day = (date: string) => Date.parse(`${date}T12:00:00+09:00`)

function incident(key: string, date: string, cause?: string): Incident {
  const mark = (minutes: number) => ({ at: day(date) + minutes * MINUTE, origin: 'books' as const })
  return {
    ...{ key, title: key, level: 1, journeys: ['pay'], episodes: [], drill: false, status: 'resolved', roles: {} },
    ...{ openedAt: day(date), resolvedAt: day(date) + 60 * MINUTE },
    ...(cause !== undefined && { causes: [{ id: cause, text: cause, bone: 'design' as const }] }),
    times: { impactStarted: mark(0), detected: mark(7), mitigated: mark(40) },
  }
}

/** Facts with nothing in them but what is said of fixes and incidents. */
function factsOf(histories: readonly FixHistory[], month: string, incidents: readonly Incident[] = []): MonthFacts {
  const { from, to } = monthRange(month, ZONE)
  const impact = (key: string) => ({
    ...{ from, to, ended: true, others: [] },
    journeys: [
      { ...{ journey: 'pay', objective: `pay/${key}`, from, to, valid: 9, bad: 1 }, badPpm: 1, budgetPpm: 250_000 },
    ],
  })
  const costly = incidents.map((one) => ({ incident: one, impact: impact(one.key) }))
  const input = { histories, incidents, costly, goals: RESPONSE_GOALS, eventsOf: () => 1_000 }
  const { month: _, fixes, ...statistics } = fixStatistics(input, month, ZONE, END)
  return {
    ...{ schema: MONTH_FACTS, month, timeZone: ZONE, complete: true, sample: false },
    ...{ from: isoIn(from, ZONE), to: isoIn(to, ZONE), generatedAt: isoIn(END, ZONE), dataUntil: isoIn(to, ZONE) },
    definition: { fingerprint: '0123456789abcdef', revisions: [] },
    ...{ journeys: [], alerts: [], incidents: [], fixes, statistics },
  }
}

describe('the statistics in the facts of a month', () => {
  const told = { type: 'added', at: day('2026-09-02'), title: 'A', kind: 'prevent', due: '2026-09-20' } as const
  const histories: FixHistory[] = [
    {
      key: 'FIX-1',
      events: [
        { ...told, incident: 'INC-1', cause: 'no-retry' },
        { type: 'blocked', at: day('2026-09-03') },
      ],
    },
    {
      key: 'FIX-2',
      events: [
        { ...told, incident: 'INC-1', owner: 'sato' },
        { type: 'done', at: day('2026-09-15') },
        { type: 'reopened', at: day('2026-10-02'), reason: 'r', incident: 'INC-2' },
      ],
    },
  ]
  const incidents = [incident('INC-1', '2026-09-01', 'no-retry'), incident('INC-2', '2026-09-28', 'no-retry')]
  const facts = factsOf(histories, '2026-09', incidents)

  test('hold everything that the month says, and survive being written and read', () => {
    expect(facts.statistics).toMatchObject({
      restatements: [{ figure: 'onTime' }, { figure: 'byPresentDate' }],
      waiting: { blocked: 1, withoutOwner: 1, withoutDate: 0 },
      debt: {
        goals: { detectMs: 5 * MINUTE, mitigateMs: 30 * MINUTE },
        repeats: [{ incident: 'INC-2', fix: 'FIX-1' }],
        virtual: [
          { incident: 'INC-1', reasons: ['slowDetection', 'slowMitigation'] },
          { incident: 'INC-2', reasons: ['slowDetection', 'slowMitigation'] },
        ],
      },
      response: { incidents: 2, measures: { mitigate: { count: 2, medianMs: 40 * MINUTE } } },
    })
    const aged = facts.statistics?.ageing.weights.filter(({ burnt }) => burnt.length > 0)
    expect(aged).toMatchObject([{ fromDays: 15, toDays: 30, burnt: [{ budgetPpm: 250_000 }, { budgetPpm: 250_000 }] }])
    expect(parseMonthFacts(JSON.parse(JSON.stringify(facts)))).toEqual({ ok: true, facts })
  })

  test.each<[string, unknown, string]>([
    ['restatements.0.is.numerator', 1, 'to be 0, which follows from `fixes.onTime.share`'],
    ['rates.5.stock.denominator', 9, 'to be 2, which follows from `fixes.stock.denominator`'],
    ['rates', [], 'to be "2026-09", which follows from `month`'],
    ['ageing.atStart.0.open', 3, 'to be 0, which follows from `fixes.flow.openAtStart`'],
    ['waiting.blocked', 0, 'to be 1, which follows from `fixes.open`'],
    ['ageing.p90Days', 1, 'to be 29, which follows from `fixes.open`'],
    ['ageing.bySeverity.0.buckets.0.open', 5, 'to be 1 open fixes altogether'],
    ['netFlow.5.net', 3, 'to be 1, which follows from `fixes.flow`'],
    ['debt.worth.0.fix', 'FIX-9', 'to be "FIX-1", which follows from `fixes.open`'],
    ['debt.repeats', [], 'to be 0, which follows from `debt.repeats`'],
    ['debt.goals.detectMs', 0, 'to be above 0'],
    ['response.measures.mitigate.count', 1, 'to be 2, which follows from `list`'],
    ['response.measures.detect.unknown', 4, 'to be at most `incidents` (2)'],
    ['byPresentDate.numerator', 7, 'to be at most `denominator` (2)'],
    ['watched', 'none', 'to be a list'],
  ])('are refused when %s is edited', (path, value, expected) => {
    const document = JSON.parse(JSON.stringify(facts))
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    keys.reduce((node, key) => node[key], document.statistics)[last] = value
    const parsed = parseMonthFacts(document)
    const messages = parsed.ok ? [] : parsed.problems.map(({ message }) => message)
    expect(messages.join('\n')).toContain(expected)
  })

  test('are accepted as core counts them, for every history and every month', () => {
    fc.assert(
      fc.property(world, fc.constantFrom(...MONTHS), (logs, month) => {
        const any = factsOf(logs, month, incidents)
        expect(parseMonthFacts(JSON.parse(JSON.stringify(any)))).toEqual({ ok: true, facts: any })
      }),
    )
  })
})
