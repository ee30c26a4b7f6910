import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { monthRange } from '../time/index.ts'
import type { FixEvent, FixHistory } from './event.ts'
import { foldFix } from './fix.ts'
import { fixMonth } from './month.ts'
import { instant, END as last, MONTHS, world, ZONE } from './testing/world.ts'

const at = (text: string) => Date.parse(`${text.length === 10 ? `${text}T12:00:00` : text}+09:00`)
const added = (date: string, due: string): FixEvent => ({
  type: 'added',
  at: at(date),
  title: 'x',
  kind: 'prevent',
  due,
})
const done = (date: string): FixEvent => ({ type: 'done', at: at(date) })
const dropped = (date: string): FixEvent => ({ type: 'dropped', at: at(date), reason: 'r' })
const reopened = (date: string): FixEvent => ({ type: 'reopened', at: at(date), reason: 'r' })
const moved = (date: string, due: string): FixEvent => ({ type: 'moved', at: at(date), due, reason: 'r' })
const accepted = (date: string, until: string): FixEvent => ({
  type: 'accepted',
  at: at(date),
  approver: 'tanaka',
  reason: 'r',
  until,
})
const merged = (date: string): FixEvent => ({ type: 'merged', at: at(date), into: 'FIX-9' })
const histories = (...logs: readonly (readonly FixEvent[])[]): FixHistory[] =>
  logs.map((events, i) => ({ key: `FIX-${i + 1}`, events }))
const october = (logs: readonly (readonly FixEvent[])[], asOf = '2026-11-05') =>
  fixMonth(histories(...logs), '2026-10', ZONE, at(asOf))

describe('the headline', () => {
  test('a due date ends at midnight of the zone', () => {
    const just = (time: string) => october([[added('2026-10-01', '2026-10-20'), done(time)]]).onTime.share.numerator
    expect([just('2026-10-20T23:59:59'), just('2026-10-21T00:00:00')]).toEqual([1, 0])
  })

  test('counts by the date that was promised first, wherever it was moved', () => {
    const logs = [[added('2026-10-01', '2026-10-20'), moved('2026-10-10', '2026-11-20'), done('2026-11-01')]]
    expect(october(logs).onTime.share).toEqual({ numerator: 0, denominator: 1 })
    expect(fixMonth(histories(...logs), '2026-11', ZONE, at('2026-12-05')).onTime.share.denominator).toBe(0)
  })

  test('a dropped fix counts as not done, an accepted risk in neither part', () => {
    const dropLog = [added('2026-10-01', '2026-10-20'), dropped('2026-10-05')]
    const acceptLog = [added('2026-10-01', '2026-10-20'), accepted('2026-10-05', '2026-12-31')]
    expect(october([dropLog, acceptLog]).onTime).toMatchObject({ share: { numerator: 0, denominator: 1 }, accepted: 1 })
  })

  test('an accepted risk is judged at the end of the due day', () => {
    const tooLate = [added('2026-10-01', '2026-10-20'), accepted('2026-10-21', '2026-12-31')]
    const ranOut = [added('2026-10-01', '2026-10-20'), accepted('2026-10-05', '2026-10-19')]
    const throughIt = [added('2026-10-01', '2026-10-20'), accepted('2026-10-05', '2026-10-20')]
    expect(october([tooLate, ranOut, throughIt]).onTime).toMatchObject({
      share: { numerator: 0, denominator: 2 },
      accepted: 1,
    })
  })

  test('what comes back within 30 days was not done', () => {
    const backOn = (date: string) =>
      october([[added('2026-10-01', '2026-10-20'), done('2026-10-15'), reopened(date)]], '2026-12-31').onTime.share
        .numerator
    expect([backOn('2026-11-14'), backOn('2026-11-15')]).toEqual([0, 1])
  })

  test('is provisional for 30 days, because until then a fix can come back', () => {
    const log = [added('2026-10-01', '2026-10-31'), done('2026-10-31'), reopened('2026-11-30')]
    const read = (asOf: string) => october([log], asOf).onTime
    expect(read('2026-11-29')).toMatchObject({ share: { numerator: 1 }, provisionalUntil: '2026-11-30' })
    expect(read('2026-11-30').share.numerator).toBe(0)
    expect(read('2026-12-01').provisionalUntil).toBeUndefined()
  })

  test('waits for due days that are not over', () => {
    const log = [added('2026-10-01', '2026-10-20'), done('2026-10-10')]
    expect(october([log], '2026-10-20').onTime).toMatchObject({ share: { denominator: 0 }, notYetDue: 1 })
    expect(october([log], '2026-10-21').onTime).toMatchObject({
      share: { numerator: 1, denominator: 1 },
      notYetDue: 0,
      met: true,
    })
  })

  test('meets the target of 80 % exactly at four of five', () => {
    const onTime = [added('2026-10-01', '2026-10-20'), done('2026-10-10')]
    const late = [added('2026-10-01', '2026-10-20')]
    expect(october([onTime, onTime, onTime, onTime, late]).onTime.met).toBe(true)
    expect(october([onTime, onTime, onTime, late]).onTime.met).toBe(false)
    expect(october([]).onTime).not.toHaveProperty('met')
  })
})

describe('the flow', () => {
  test('a fix counts once, by its state at both edges', () => {
    const logs = [
      [added('2026-10-02', '2026-12-01'), done('2026-10-03'), reopened('2026-10-04'), done('2026-10-05')],
      [added('2026-09-02', '2026-12-01'), done('2026-10-03'), reopened('2026-10-04')],
      [added('2026-09-02', '2026-12-01'), done('2026-09-03'), reopened('2026-10-04')],
      [added('2026-09-02', '2026-12-01'), dropped('2026-09-03'), accepted('2026-10-04', '2026-12-31')],
      [added('2026-09-02', '2026-12-01'), accepted('2026-09-03', '2026-10-10')],
    ]
    expect(october(logs).flow).toEqual({ openAtStart: 1, created: 1, returned: 2, done: 1, dropped: 0, openAtEnd: 3 })
  })

  test('an acceptance through the last day of a month returns in the next one', () => {
    const logs = histories([added('2026-09-02', '2026-12-01'), accepted('2026-09-03', '2026-10-31')])
    const read = (month: string) => fixMonth(logs, month, ZONE, at('2026-12-31')).flow.returned
    expect([read('2026-10'), read('2026-11')]).toEqual([0, 1])
  })

  test('shows why counts alone mislead: the same work beside a bad day', () => {
    const repeat = (count: number, log: readonly FixEvent[]) => Array.from({ length: count }, () => log)
    const before = [
      ...repeat(6, [added('2026-09-02', '2026-10-20'), done('2026-10-10')]),
      ...repeat(1, [added('2026-09-02', '2026-12-20'), dropped('2026-10-10')]),
      ...repeat(5, [added('2026-09-02', '2026-12-20')]),
      ...repeat(2, [added('2026-10-05', '2026-12-20')]),
    ]
    const badDay = repeat(8, [added('2026-10-28', '2026-12-20')])
    expect(october([...before, ...badDay]).flow).toEqual({
      openAtStart: 12,
      created: 10,
      returned: 0,
      done: 6,
      dropped: 1,
      openAtEnd: 15,
    })
    expect(october([...before, ...badDay]).stock).toEqual({ numerator: 6, denominator: 21 })
    expect(october(before).stock).toEqual({ numerator: 6, denominator: 13 })
    expect(october([...before, ...badDay]).onTime.share).toEqual(october(before).onTime.share)
  })
})

test('cohorts are judged when every fix of the month has had its days', () => {
  const logs = [
    [added('2026-09-01', '2026-10-20'), done('2026-10-01')],
    [added('2026-09-30', '2026-10-20'), done('2026-10-31')],
    [added('2026-09-15', '2026-10-20'), accepted('2026-09-20', '2027-09-20')],
  ]
  expect(october(logs, '2026-10-31').cohorts).toEqual([
    {
      month: '2026-09',
      created: 3,
      within: [
        { days: 30, share: { numerator: 1, denominator: 2 }, matured: true },
        { days: 60, share: { numerator: 2, denominator: 2 }, matured: false },
        { days: 90, share: { numerator: 2, denominator: 2 }, matured: false },
      ],
    },
  ])
  expect(october(logs, '2026-10-30').cohorts[0]?.within[0]?.matured).toBe(false)
})

test('a duplicate is judged as the fix that goes on, since the earlier of both', () => {
  const goesOn = [
    added('2026-10-05', '2026-10-20'),
    { type: 'absorbed', at: at('2026-10-06'), key: 'FIX-2', since: '2026-09-01' },
  ]
  const logs = [goesOn as FixEvent[], [added('2026-09-01', '2026-10-20'), merged('2026-10-06')]]
  const month = october(logs)
  expect(month.onTime.share).toEqual({ numerator: 0, denominator: 1 })
  expect(month.flow).toEqual({ openAtStart: 1, created: 1, returned: 0, done: 0, dropped: 1, openAtEnd: 1 })
  expect(month.cohorts.map(({ month: of, created }) => [of, created])).toEqual([['2026-09', 1]])
  expect(month.open[0]).toMatchObject({ key: 'FIX-1', created: '2026-09-01', ageDays: 61 })
})

test('what a tracker says late counts where it happened', () => {
  const late: FixEvent = { type: 'done', at: at('2026-10-21T09:00:00'), happenedAt: at('2026-10-20T23:00:00') }
  expect(october([[added('2026-10-01', '2026-10-20'), late]]).onTime.share.numerator).toBe(1)
})

test('open fixes are aged in dates, at the end of the month', () => {
  const logs = [
    [added('2026-10-18', '2026-11-10')],
    [added('2026-10-17', '2026-10-31')],
    [added('2026-08-03', '2026-09-30'), moved('2026-10-01', '2026-11-30'), moved('2026-10-02', '2026-12-31')],
    [added('2026-08-02', '2026-10-25')],
    [added('2026-10-01', '2026-10-20'), accepted('2026-10-02', '2026-12-31')],
  ]
  const month = october(logs)
  expect(month.asOf).toBe('2026-11-01')
  expect(month.ageing).toEqual({
    buckets: [
      { fromDays: 0, toDays: 14, open: 1, overdue: 0 },
      { fromDays: 15, toDays: 30, open: 1, overdue: 1 },
      { fromDays: 31, toDays: 60, open: 0, overdue: 0 },
      { fromDays: 61, toDays: 90, open: 1, overdue: 0 },
      { fromDays: 91, open: 1, overdue: 1 },
    ],
    overdue: 2,
    overdueDays: 8,
    pastFirstDue: 3,
    oldestDays: 91,
  })
  expect(month.open.map(({ key, overdueDays }) => [key, overdueDays])).toEqual([
    ['FIX-4', 7],
    ['FIX-2', 1],
    ['FIX-1', 0],
    ['FIX-3', 0],
  ])
  expect(month.postponed).toEqual({ moves: 2, fixes: 1 })
  expect(month.acceptedRisks).toEqual([
    { key: 'FIX-5', title: 'x', approver: 'tanaka', reason: 'r', until: '2026-12-31' },
  ])
})

test('a month that has not begun has no figures', () => {
  expect(() => fixMonth([], '2026-12', ZONE, at('2026-11-05'))).toThrow('has begun')
})

describe('for every history and every month', () => {
  test('the identity holds', () => {
    fc.assert(
      fc.property(world, fc.constantFrom(...MONTHS), instant, (logs, month, asOf) => {
        const { flow } = fixMonth(logs, month, ZONE, Math.max(asOf, monthRange(month, ZONE).from))
        const { openAtStart, created, returned, done: finished, dropped: gone, openAtEnd } = flow
        expect(openAtStart + created + returned - finished - gone).toBe(openAtEnd)
      }),
    )
  })

  test('open at the end is what stands open then, and the next month starts from it', () => {
    fc.assert(
      fc.property(world, (logs) => {
        const flows = MONTHS.map((month) => fixMonth(logs, month, ZONE, last))
        for (const [i, month] of MONTHS.entries()) {
          const edge = monthRange(month, ZONE).to - 1
          const standing = logs.filter((log) => foldFix(log, edge, ZONE)?.state === 'open').length
          expect(flows[i]?.flow.openAtEnd).toBe(standing)
          expect(flows[i]?.open.length).toBe(standing)
          expect(flows[i]?.ageing.buckets.reduce((sum, bucket) => sum + bucket.open, 0)).toBe(standing)
          if (i > 0) expect(flows[i]?.flow.openAtStart).toBe(flows[i - 1]?.flow.openAtEnd)
        }
      }),
    )
  })

  test('every figure is a whole number and no share exceeds its whole', () => {
    fc.assert(
      fc.property(world, fc.constantFrom(...MONTHS), (logs, month) => {
        const read = fixMonth(logs, month, ZONE, last)
        JSON.parse(JSON.stringify(read), (_, value) => {
          if (typeof value === 'number') expect(Number.isSafeInteger(value) && value >= 0).toBe(true)
          return value
        })
        const shares = [
          read.onTime.share,
          read.stock,
          ...read.cohorts.flatMap(({ within }) => within.map((w) => w.share)),
        ]
        for (const { numerator, denominator } of shares) expect(numerator).toBeLessThanOrEqual(denominator)
      }),
    )
  })

  test('each fix is judged in exactly one month', () => {
    fc.assert(
      fc.property(world, (logs) => {
        const judged = MONTHS.map((month) => fixMonth(logs, month, ZONE, last).onTime)
        const sum = judged.reduce(
          (n, { share, accepted: risks, notYetDue }) => n + share.denominator + risks + notYetDue,
          0,
        )
        const known = logs.map((log) => foldFix(log, last, ZONE)).filter((fix) => fix?.state !== 'merged')
        const inside = known.filter((fix) => MONTHS.includes(fix?.firstDue.slice(0, 7) ?? ''))
        expect(sum).toBe(inside.length)
      }),
    )
  })
})
