import { expect, test } from 'vitest'
import { spendingOf } from '../budget/index.ts'
import { defineJourneys } from '../journey/index.ts'
import { COMPOSITE_FAMILIES, type Standing, type Standings, seriesText } from './index.ts'

const { journeys } = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: {
    cart: { objectives: { availability: 99 }, steps: { add: { http: 'POST /cart', within: '1s' } } },
    shop: {
      objectives: { availability: 99, latency: 90 },
      composites: { whole: ['availability', 'latency', 'cart/availability'] },
      steps: { pay: { http: 'POST /orders', within: '1s' } },
    },
  },
})

/** @param bad by `JOURNEY/OBJECTIVE`, of a thousand; absent: without events */
function standings(bad: Readonly<Record<string, number>>): Standings {
  const objectives = journeys.flatMap((journey) =>
    journey.objectives.map((objective): Standing => {
      const count = bad[`${journey.name}/${objective.name}`]
      const part = { bad: count ?? 0, valid: count === undefined ? 0 : 1_000, targetPpm: objective.targetPpm }
      return { journey, objective, windows: [], budget: spendingOf([part]), periodMs: 1, fresh: true, open: [] }
    }),
  )
  return { objectives, steps: [], alerts: [] }
}

const shown = (given: Standings) =>
  [...seriesText(COMPOSITE_FAMILIES, given)]
    .join('')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))

const worst = (journey: string, objective: string, value: number) =>
  `tabiji_composite_worst{composite="shop/whole",journey="${journey}",objective="${objective}"} ${value}`

test('a composite stands as its worst member, of whatever journey, and the series are the same whoever it is', () => {
  // Of 10, 100 and 10 that are allowed.
  expect(shown(standings({ 'shop/availability': 2, 'shop/latency': 30, 'cart/availability': 9 }))).toEqual([
    worst('shop', 'availability', 0),
    worst('shop', 'latency', 0),
    worst('cart', 'availability', 1),
    'tabiji_composite_remaining_ratio{composite="shop/whole"} 0.1',
  ])
  expect(shown(standings({ 'shop/availability': 2, 'shop/latency': 120, 'cart/availability': 9 }))).toEqual([
    worst('shop', 'availability', 0),
    worst('shop', 'latency', 1),
    worst('cart', 'availability', 0),
    'tabiji_composite_remaining_ratio{composite="shop/whole"} -0.2',
  ])
})

test('who is not judged says nothing beside who is, and a ratio of nobody is no sample', () => {
  expect(shown(standings({ 'shop/latency': 0 }))).toContain(worst('shop', 'latency', 1))
  const nobody = shown(standings({}))
  expect(nobody).toHaveLength(3)
  expect(nobody.filter((line) => line.endsWith(' 1'))).toEqual([worst('shop', 'availability', 1)])
})
