import type { Annotation } from '@tabiji/core/alert'
import type { JourneyMonth } from '@tabiji/core/report'
import { monthRange } from '@tabiji/core/time'
import { expect, test } from 'vitest'
import type { ToldDrill } from '../../ports/drills.ts'
import { aheadOf, drillMonth } from './month-practice.ts'

const ZONE = 'Asia/Tokyo'
const OCTOBER = monthRange('2026-10', ZONE)
const NOVEMBER = monthRange('2026-11', ZONE)
const journey = (name: string, tier: 1 | 2): JourneyMonth => ({
  ...{ name, tier, title: { en: name, ja: name }, objectives: [], steps: [] },
  coverage: { readSlots: 0, expectedSlots: 0 },
})
const drill = (key: string, of: string, startedAt: string): ToldDrill => ({
  ...{ key, journey: of, level: 1, what: 'errors', startedAt, lengthMs: 60_000, alerts: [] },
  times: { rangMs: 90_000 },
})

test('drills of the month are told, and tier 1 is practised by whatever began in the 90 days before its end', () => {
  const journeys = [journey('pay', 1), journey('search', 1), journey('help', 2)]
  const drills = [
    drill('D-0004', 'pay', '2026-11-01T00:00:00+09:00'),
    drill('D-0003', 'help', '2026-10-31T23:59:00+09:00'),
    drill('D-0002', 'search', '2026-08-03T00:00:00+09:00'),
    drill('D-0001', 'pay', '2026-08-02T23:59:00+09:00'),
  ]
  expect(drillMonth(drills, journeys, OCTOBER)).toEqual({
    tierOne: { journeys: 2, practised: 1 },
    held: [
      {
        ...{ key: 'D-0003', journey: 'help', level: 1, what: 'errors', rangMs: 90_000 },
        startedAt: '2026-10-31T23:59:00+09:00',
      },
    ],
  })
})

test('what lies ahead are plans inside the next month that were not withdrawn, and drills owed by its end', () => {
  const plan = (key: string, at: string, more: Partial<Annotation> = {}): Annotation => ({
    ...{ key, kind: 'note', title: key, at: Date.parse(at), createdAt: 0, journeys: ['pay'] },
    ...more,
  })
  const annotations = [
    plan('later', '2026-12-01T00:00:00+09:00'),
    plan('sale', '2026-11-11T00:00:00+09:00'),
    plan('withdrawn', '2026-11-12T00:00:00+09:00', { withdrawn: { at: 1, reason: 'off' } }),
    plan('release', '2026-11-01T00:00:00+09:00'),
  ]
  const owed = [
    { journey: 'pay', due: '2026-09-30' },
    { journey: 'search', due: '2026-11-30' },
    { journey: 'help', due: '2026-12-01' },
  ]
  expect(aheadOf(annotations, owed, NOVEMBER, ZONE)).toEqual({
    planned: [
      { at: '2026-11-01T00:00:00+09:00', text: 'release', journeys: ['pay'] },
      { at: '2026-11-11T00:00:00+09:00', text: 'sale', journeys: ['pay'] },
    ],
    drills: [
      { journey: 'pay', by: '2026-09-30' },
      { journey: 'search', by: '2026-11-30' },
    ],
  })
})
