import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AlertFacts } from '../alert/index.ts'
import { chooseRunbook } from './choice.ts'
import type { Runbook, Scope } from './runbook.ts'
import { situationOf } from './situation.ts'

type Told = Parameters<typeof situationOf>[0]
type Indicator = NonNullable<AlertFacts['objective']>['indicator']

/** An alert of the whole journey, or of one step. */
const alertOf = (indicator: Indicator, more: Partial<Told> = {}, step?: string): Told => ({
  journey: { name: 'checkout', title: { en: 'Check out', ja: '購入' }, tier: 1 },
  objective: {
    ...{ name: indicator, indicator, targetPpm: 990_000, window: { kind: 'month' } },
    ...(step !== undefined && { step }),
  },
  cause: { kind: 'milestone', percent: 75 },
  ...more,
})

const FELT = [
  { step: 'pay', failed: 90, slow: 40, valid: 1_000 },
  { step: 'view', failed: 0, slow: 70, valid: 1_000 },
]

const page = (file: string, scope: Scope): Runbook => ({ file, address: `https://wiki.example/${file}`, ...scope })
const PAGES = [
  page('checkout.md', { journey: 'checkout' }),
  page('errors.md', { journey: 'checkout', symptom: 'error' }),
  page('pay.md', { journey: 'checkout', step: 'pay' }),
  page('pay-errors.md', { journey: 'checkout', step: 'pay', symptom: 'error' }),
  page('view-slow.md', { journey: 'checkout', step: 'view', symptom: 'slow' }),
]

test('an alert of the whole journey gets the page of the step that hurts most, and says so', () => {
  const { chosen, considered } = chooseRunbook(situationOf(alertOf('availability', { felt: FELT })), PAGES)
  expect(chosen?.file).toBe('pay-errors.md')
  expect(considered[0]?.why).toBe(
    'the closest of 4 that fit: checkout/pay, error; the alert is about the whole journey, and pay hurts most (90 of 90 bad)',
  )
  expect(considered.filter(({ fits }) => fits).map(({ runbook }) => runbook.file)).toEqual([
    'pay-errors.md',
    'pay.md',
    'errors.md',
    'checkout.md',
  ])
})

test('where it hurts most is counted as the objective counts it', () => {
  const stepFor = (indicator: Indicator) => situationOf(alertOf(indicator, { felt: FELT }))
  expect(stepFor('latency')).toMatchObject({ step: 'view', hurt: { bad: 70, ofBad: 110 }, symptoms: ['slow'] })
  expect(chooseRunbook(stepFor('latency'), PAGES).chosen?.file).toBe('view-slow.md')
  expect(stepFor('experience')).toMatchObject({
    step: 'pay',
    hurt: { bad: 130, ofBad: 200 },
    symptoms: ['error', 'slow'],
  })
})

test('what users meet is what they meet at that step, whatever hurts elsewhere', () => {
  const felt = [
    { step: 'pay', failed: 90, slow: 10, valid: 1_000 },
    { step: 'view', failed: 0, slow: 95, valid: 1_000 },
  ]
  expect(situationOf(alertOf('experience', { felt })).symptoms).toEqual(['error', 'slow'])
  expect(situationOf(alertOf('experience', { felt }, 'view')).symptoms).toEqual(['slow', 'error'])
})

test('an alert of a step stays with its step, wherever else it hurts', () => {
  const { step, hurt } = situationOf(alertOf('availability', { felt: FELT }, 'view'))
  expect([step, hurt]).toEqual(['view', undefined])
  expect(chooseRunbook(situationOf(alertOf('availability', { felt: FELT }, 'view')), PAGES).chosen?.file).toBe(
    'errors.md',
  )
})

test('whatever was felt: the step is one that was hurt, none was hurt more, and without any hurt there is none', () => {
  const count = fc.integer({ min: 0, max: 50 })
  const felt = fc.uniqueArray(
    fc.record({ step: fc.constantFrom('pay', 'view', 'cart'), failed: count, slow: count, valid: fc.constant(100) }),
    { selector: ({ step }) => step },
  )
  const indicator = fc.constantFrom<Indicator>('availability', 'latency', 'experience')
  fc.assert(
    fc.property(felt, indicator, (all, by) => {
      const bad = (one: (typeof all)[number]) =>
        (by === 'latency' ? 0 : one.failed) + (by === 'availability' ? 0 : one.slow)
      const { step, hurt } = situationOf(alertOf(by, { felt: all }))
      const worst = Math.max(0, ...all.map(bad))
      const at = all.filter((one) => one.step === step).map(bad)
      expect(at).toEqual(worst === 0 ? [] : [worst])
      expect(hurt).toEqual(worst === 0 ? undefined : { bad: worst, ofBad: all.reduce((sum, one) => sum + bad(one), 0) })
    }),
  )
})
