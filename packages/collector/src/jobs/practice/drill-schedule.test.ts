import { expect, test } from 'vitest'
import { tokyo } from '../../testing/work-desk.ts'
import { AVAILABILITY, definitionOf } from '../testing/books.ts'
import { toldDrills } from './drill-schedule.ts'

const [CHECKOUT] = definitionOf(AVAILABILITY).journeys

test('a journey that came later has time from then on, also where an earlier version kept the targets only', () => {
  if (CHECKOUT === undefined) throw new Error('Expected a journey')
  const early = { ...definitionOf(AVAILABILITY), journeys: [CHECKOUT] }
  const late = { ...early, journeys: [CHECKOUT, { ...CHECKOUT, name: 'search' }] }
  const revision = { fingerprint: 'f', targets: {} }
  const told = toldDrills(
    {
      drills: { list: () => [], episodesOf: () => [] },
      work: { incidentHistories: () => [] },
      definition: () => late,
      revisions: () => [
        { ...revision, at: tokyo('2025-11-20T09:00:00'), targets: { 'checkout/availability': 990_000 } },
        { ...revision, at: tokyo('2026-05-20T09:00:00'), definition: early },
        { ...revision, at: tokyo('2026-11-20T09:00:00'), definition: late },
      ],
    },
    { 1: { count: 1, unit: 'Q' } },
    tokyo('2026-11-28T09:00:00'),
  )
  expect(told).toMatchObject([
    { journey: 'checkout', due: '2026-03-31', overdueDays: 242 },
    { journey: 'search', due: '2027-03-31', overdueDays: 0 },
  ])
})
