import { expect, test } from 'vitest'
import { defineJourneys } from '../journey/index.ts'
import { DAY, HOUR, MINUTE } from '../time/index.ts'
import { type RuledSample, readRuled, ruledBudget, ruledBurnMilli, ruledRules, stretchExpr } from './index.ts'

const definition = defineJourneys({
  timeZone: 'Asia/Tokyo',
  classes: { write: '1s' },
  journeys: {
    checkout: {
      objectives: { availability: 99, 'pay.latency': { target: 95, window: 'month' } },
      steps: { pay: { http: 'POST /orders', within: 'write' } },
    },
  },
})
const [checkout] = definition.journeys
const [availability, latency] = checkout?.objectives ?? []
if (checkout === undefined || availability === undefined || latency === undefined)
  throw new Error('Expected objectives')

const sample = (name: string, value: number, slo = 'checkout-availability', more = {}): RuledSample => ({
  labels: new Map(Object.entries({ __name__: name, sloth_id: slo, ...more })),
  value,
})
const RECORDED = [
  sample('slo:objective:ratio', 0.99),
  sample('slo:bad_events:increase1h', 4.8),
  sample('slo:valid_events:increase1h', 100.2),
  sample('slo:bad_events:increase5m', 0.4),
  sample('slo:valid_events:increase5m', 10.1),
  sample('slo:bad_events:increase30d', 5),
  sample('slo:valid_events:increase30d', 1_000),
]
const ALERT = { rule: 'checkout/availability/level-1', level: '1', alertstate: 'firing' }

test('recorded windows are understood, and what rings by them', () => {
  const alerts = [sample('ALERTS', 1, 'checkout-availability', ALERT)]
  const { ruled, ambiguous } = readRuled(definition, RECORDED, alerts)
  expect(ambiguous).toEqual([])
  expect([...ruled]).toEqual([
    [
      'checkout/availability',
      {
        targetPpm: 990_000,
        windows: [
          { ms: 5 * MINUTE, bad: 0.4, valid: 10.1 },
          { ms: HOUR, bad: 4.8, valid: 100.2 },
          { ms: 30 * DAY, bad: 5, valid: 1_000 },
        ],
        alerts: [{ rule: 'checkout/availability/level-1', level: 1, state: 'firing' }],
      },
    ],
  ])
})

test('what two rulers tell of one objective is not added up, and neither is believed', () => {
  const twice = [...RECORDED, sample('slo:objective:ratio', 0.99, 'checkout-availability', { cluster: 'b' })]
  expect(readRuled(definition, twice, [])).toEqual({ ruled: new Map(), ambiguous: ['checkout/availability'] })
})

test('without the target no rule is evaluated, whatever else is there', () => {
  expect(readRuled(definition, RECORDED.slice(1), []).ruled.size).toBe(0)
})

test('a number that is none is no window', () => {
  const none = [sample('slo:objective:ratio', 0.99), sample('slo:valid_events:increase1h', Number.NaN)]
  expect(readRuled(definition, none, []).ruled.get('checkout/availability')?.windows).toEqual([])
})

test('what is left follows from the counts that are told beside it', () => {
  const { ruled } = readRuled(definition, RECORDED, [])
  const found = ruled.get('checkout/availability')
  if (found === undefined) throw new Error('Expected a result')
  expect(ruledBudget(availability, found)).toEqual({ bad: 5, valid: 1_000, leftPpm: 500_000 })
  expect(ruledBudget(latency, found)).toBeUndefined()
  expect(ruledBurnMilli({ ms: HOUR, bad: 4.8, valid: 96 }, 990_000)).toBe(5_000)
})

test('the rules that are the ruler’s to tell are those of the written files', () => {
  expect(ruledRules(checkout)).toEqual([
    'checkout/availability/level-1',
    'checkout/availability/level-2',
    'checkout/pay.latency/level-1',
    'checkout/pay.latency/level-2',
    'checkout/alerts/excluded-share',
    'checkout/alerts/stale',
    'checkout/availability/spent-50',
    'checkout/availability/spent-75',
    'checkout/availability/spent-90',
    'checkout/availability/spent-100',
  ])
})

test('a stretch is added up from whole windows', () => {
  expect(stretchExpr('bad', 5 * MINUTE, HOUR)).toBe('sum_over_time(slo:bad_events:increase5m{job=""}[3599999ms:5m])')
})
