import { expect, test } from 'vitest'
import { drillCoverage } from './coverage.ts'

const at = (text: string) => Date.parse(`${text}+09:00`)

test('drills are counted in the quarter of the zone in which they began, the important journeys first', () => {
  const held = [
    { journey: 'pay', at: at('2026-09-30T23:59:59') },
    { journey: 'pay', at: at('2026-10-01T00:00:00') },
    { journey: 'pay', at: at('2026-11-29T10:00:00') },
    { journey: 'search', at: at('2025-12-31T12:00:00') },
    { journey: 'gone', at: at('2026-11-01T12:00:00') },
  ]
  const journeys = [
    { name: 'search', tier: 2 },
    { name: 'pay', tier: 1 },
  ] as const
  expect(drillCoverage(journeys, held, at('2026-11-29T10:00:00'), 'Asia/Tokyo')).toEqual({
    quarters: ['2026-Q1', '2026-Q2', '2026-Q3', '2026-Q4'],
    journeys: [
      { journey: 'pay', tier: 1, held: [0, 0, 1, 2] },
      { journey: 'search', tier: 2, held: [0, 0, 0, 0] },
    ],
  })
})
