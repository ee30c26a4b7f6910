import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays, DAY, dateOf, dayRange } from '../time/index.ts'
import { type DrillEvery, drillsDue } from './schedule.ts'

const ZONE = 'Asia/Tokyo'
const at = (text: string) => Date.parse(`${text}T12:00:00+09:00`)
const QUARTER: DrillEvery = { 1: { count: 1, unit: 'Q' }, 2: { count: 1, unit: 'Y' } }
const checkout = (knownSince: number) => [{ name: 'checkout', tier: 1, knownSince }] as const

test.each([
  [
    'never, and known for a part of the quarter only: the next whole quarter',
    '2026-05-10',
    undefined,
    '2026-09-30',
    60,
  ],
  ['never, and known since the first instant of a quarter', '2026-04-01', undefined, '2026-06-30', 152],
  ['last quarter: until the end of this one', '2025-01-01', '2026-07-01', '2026-12-31', 0],
  ['this quarter: until the end of the next one', '2025-01-01', '2026-11-28', '2027-03-31', 0],
  [
    'the quarter before the last one: overdue since the end of the last one',
    '2025-01-01',
    '2026-06-30',
    '2026-09-30',
    60,
  ],
])('practised %s', (_, known, last, due, overdueDays) => {
  const since = dayRange(known, ZONE).from + (known === '2026-04-01' ? 0 : DAY / 2)
  const held = last === undefined ? [] : [{ journey: 'checkout', at: at(last) }]
  const told = drillsDue(checkout(since), held, QUARTER, at('2026-11-29'), ZONE)
  expect(told).toMatchObject([{ journey: 'checkout', due, overdueDays }])
})

test('the longest overdue first; a tier without a period wants no drills', () => {
  const since = at('2025-01-02')
  const journeys = [
    { name: 'a', tier: 3, knownSince: since },
    { name: 'b', tier: 2, knownSince: since },
    { name: 'c', tier: 1, knownSince: since },
    { name: 'd', tier: 1, knownSince: since },
  ] as const
  const held = [{ journey: 'c', at: at('2026-10-03') }]
  const told = drillsDue(journeys, held, QUARTER, at('2026-11-29'), ZONE)
  expect(told.map(({ journey, due, overdueDays }) => [journey, due, overdueDays])).toEqual([
    ['d', '2025-06-30', 517],
    ['b', '2026-12-31', 0],
    ['c', '2027-03-31', 0],
  ])
})

const EVERY = fc.record({ count: fc.integer({ min: 1, max: 3 }), unit: fc.constantFrom('w', 'M', 'Q') })
const NOW = at('2026-11-29')
const moment = fc.integer({ min: at('2024-01-01'), max: NOW })

test('a drill now is never overdue, one more never brings the due day nearer, and the day is after the last drill', () => {
  fc.assert(
    fc.property(EVERY, moment, fc.array(moment, { maxLength: 5 }), moment, (every, since, times, more) => {
      const due = (moments: readonly number[]) => {
        const held = moments.map((one) => ({ journey: 'checkout', at: one }))
        return drillsDue(checkout(since), held, { 1: every }, NOW, ZONE)[0]
      }
      const [before, after, now] = [due(times), due([...times, more]), due([...times, NOW])]
      expect(now?.overdueDays).toBe(0)
      if (times.length > 0) expect((after?.due ?? '') >= (before?.due ?? '')).toBe(true)
      const lastDay = dateOf(before?.lastAt ?? since, ZONE)
      expect((before?.due ?? '') >= lastDay).toBe(true)
      const today = dateOf(NOW, ZONE)
      expect(addDays(before?.due ?? '', before?.overdueDays ?? 0) === today || (before?.due ?? '') >= today).toBe(true)
    }),
  )
})
