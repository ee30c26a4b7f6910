import { expect, test } from 'vitest'
import { spendingOf } from '../budget/index.ts'
import { defineJourneys } from '../journey/index.ts'
import { MINUTE } from '../time/index.ts'
import {
  OBJECTIVE_FAMILIES,
  PYRRA_FAMILIES,
  STEP_FAMILIES,
  type Standings,
  seriesText,
  slothFamilies,
} from './index.ts'

const { journeys } = defineJourneys({
  timeZone: 'Asia/Tokyo',
  classes: { write: '1s' },
  journeys: {
    checkout: {
      title: { en: 'a "b" \\ c\nd', ja: '購入' },
      objectives: { availability: 99.5 },
      steps: { pay: { http: 'POST /orders', within: 'write' } },
    },
  },
})

function standings(bad: number, valid: number, count = 1): Standings {
  const [journey] = journeys
  const [objective] = journey?.objectives ?? []
  const [step] = journey?.steps ?? []
  if (journey === undefined || objective === undefined || step === undefined) throw new Error('Expected a journey')
  const standing = {
    journey,
    objective,
    windows: [{ ms: 5 * MINUTE, seconds: 290, bad, valid }],
    budget: spendingOf([{ bad, valid, targetPpm: objective.targetPpm }]),
    periodMs: 30 * 24 * 60 * MINUTE,
    fresh: true,
    open: [{ level: 1 as const, count: 2 }],
  }
  return {
    objectives: Array(count).fill(standing),
    steps: [{ journey: 'checkout', step, counts: [7, 1, 2, 3] }],
    alerts: [],
  }
}

const FAMILIES = [
  ...OBJECTIVE_FAMILIES,
  ...STEP_FAMILIES,
  ...slothFamilies([5 * MINUTE], [30 * 24 * 60 * MINUTE]),
  ...PYRRA_FAMILIES,
]
const lines = (given: Standings) => [...seriesText(FAMILIES, given)].join('').split('\n')
const shown = (given: Standings, name: string) =>
  lines(given)
    .find((line) => line.startsWith(`${name}{`))
    ?.replace(/^.*} /, '')

test.each([
  ['tabiji_objective_good_events', '999'],
  ['tabiji_error_budget_remaining_ratio', '0.8'],
  ['tabiji_error_budget_burn_rate', '0.2'],
  ['slo:sli_error:ratio_rate5m', '0.001'],
  ['slo:sli_error:ratio_rate30d', '0.001'],
  ['slo:time_period:days', '30'],
  ['slo:current_burn_rate:ratio', '0.2'],
  ['slo:period_burn_rate:ratio', '0.2'],
  ['slo:period_error_budget_remaining:ratio', '0.8'],
  ['pyrra_window', '2592000'],
  ['pyrra_availability', '0.999'],
])('%s of 1 bad event in 1000 at 99.5 %% is %s', (name, value) => {
  expect(shown(standings(1, 1000), name)).toBe(value)
})

test('rates are per second of the time that has passed since the edge of the window', () => {
  expect(shown(standings(29, 580), 'pyrra_requests:rate5m')).toBe('2')
  expect(shown(standings(29, 580), 'pyrra_errors:rate5m')).toBe('0.1')
})

test('without events there are counts and promises, and no ratio', () => {
  const empty = standings(0, 0)
  expect(shown(empty, 'tabiji_objective_valid_events')).toBe('0')
  expect(shown(empty, 'slo:objective:ratio')).toBe('0.995')
  const names = 'tabiji_error_budget_remaining_ratio tabiji_error_budget_burn_rate slo:sli_error:ratio_rate5m'.split(
    ' ',
  )
  names.push('slo:current_burn_rate:ratio', 'slo:period_error_budget_remaining:ratio', 'pyrra_availability')
  for (const name of names) expect(shown(empty, name), name).toBeUndefined()
})

test('texts of people cannot break a line', () => {
  const info = lines(standings(0, 1)).find((line) => line.startsWith('tabiji_objective_info{'))
  expect(info).toContain('title="a \\"b\\" \\\\ c\\nd",title_ja="購入"} 1')
})

test('many series come in pieces, and a piece is never empty', () => {
  const pieces = [...seriesText(OBJECTIVE_FAMILIES, standings(1, 10, 1_000))]
  expect(pieces.length).toBeGreaterThan(20)
  for (const piece of pieces) expect(piece.trimEnd().split('\n').length).toBeLessThanOrEqual(500)
  const again = pieces.join('').trimEnd().split('\n')
  expect(again.filter((line) => line.startsWith('# TYPE tabiji_objective_target_ratio')).length).toBe(1)
  expect(again.filter((line) => line.startsWith('tabiji_objective_target_ratio{')).length).toBe(1_000)
})
