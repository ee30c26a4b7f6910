import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Definition, Journey } from '../journey/index.ts'
import { DAY, HOUR, MINUTE } from '../time/index.ts'
import { countsAt, type DrillStretch, recordedPlan, scenarioPlan, shadowDefinition } from './drill.ts'

const STATUSES = { good: [], bad: [], excluded: [] }
const STEP = { kind: 'http', routes: [], withinMs: 300, clock: 'request', statuses: STATUSES } as const
const JOURNEY: Journey = {
  name: 'checkout',
  title: { en: 'Check out', ja: '購入' },
  tier: 1,
  objectives: [
    { name: 'availability', indicator: 'availability', targetPpm: 990_000, window: { kind: 'month' } },
    {
      name: 'availability.probe',
      indicator: 'availability',
      of: 'probe',
      targetPpm: 990_000,
      window: { kind: 'rolling', ms: 30 * DAY },
    },
  ],
  steps: [
    { ...STEP, name: 'cart' },
    { ...STEP, name: 'pay' },
  ],
}
const FILE: Definition = { timeZone: 'Asia/Tokyo', classes: {}, journeys: [JOURNEY], fingerprint: '0' }

test('a scenario hurts the step it names, and afterwards all is well', () => {
  const plan = scenarioPlan(JOURNEY, {
    outcome: 'error',
    sharePpm: 250_000,
    perMinute: 60,
    lengthMs: 10 * MINUTE,
    step: 'pay',
  })
  expect(Object.fromEntries(countsAt(plan, 10 * MINUTE))).toEqual({ cart: [600, 0, 0, 0], pay: [450, 0, 150, 0] })
  expect(Object.fromEntries(countsAt(plan, 5 * MINUTE))).toEqual({ cart: [300, 0, 0, 0], pay: [225, 0, 75, 0] })
  expect(countsAt(plan, 11 * MINUTE).get('pay')).toEqual([510, 0, 150, 0])
})

test('a share that is not whole is rounded up: a drill of one event in a thousand has one', () => {
  const plan = scenarioPlan(JOURNEY, { outcome: 'slow', sharePpm: 1, perMinute: 1, lengthMs: MINUTE })
  expect(countsAt(plan, MINUTE).get('cart')).toEqual([0, 1, 0, 0])
})

const count = fc.integer({ min: 0, max: 1_000_000 })
const stretch: fc.Arbitrary<DrillStretch> = fc
  .record({
    step: fc.constantFrom('cart', 'pay'),
    from: fc.integer({ min: 0, max: HOUR - 1 }),
    length: fc.integer({ min: 1, max: HOUR }),
    counts: fc.tuple(count, count, count, count),
  })
  .map(({ length, ...rest }) => ({ ...rest, to: Math.min(HOUR, rest.from + length) }))

test('counts never fall, are nothing at the beginning, and all that was recorded at the end', () => {
  const property = (stretches: readonly DrillStretch[], offsets: readonly number[]) => {
    const plan = recordedPlan('checkout', HOUR, stretches)
    let before = [0, 0, 0, 0]
    for (const offset of offsets.toSorted((a, b) => a - b)) {
      const now = countsAt(plan, offset).get('pay') ?? [0, 0, 0, 0]
      expect(now.every((events, i) => Number.isInteger(events) && events >= (before[i] ?? 0))).toBe(true)
      before = [...now]
    }
    const all = [0, 1, 2, 3].map((i) => stretches.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0))
    const told = [...countsAt(plan, HOUR).values()]
    expect([0, 1, 2, 3].map((i) => told.reduce((sum, counts) => sum + (counts[i] ?? 0), 0))).toEqual(all)
    expect([...countsAt(plan, 0).values()].flat().every((events) => events === 0)).toBe(true)
  }
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 20 }), fc.array(fc.integer({ min: 0, max: 3 * HOUR })), property),
  )
})

test('a shadow has the promises that ring at the level, under names of their own, and nothing else', () => {
  const [journey] = shadowDefinition(FILE, JOURNEY, 2).journeys
  expect(journey?.objectives).toMatchObject([
    { name: 'availability.drill', window: { kind: 'rolling' }, policy: { milestones: [] } },
  ])
  expect(journey?.objectives[0]?.policy?.pairs.map(({ level }) => level)).toEqual([2, 2])
  expect(shadowDefinition(FILE, JOURNEY, 3).journeys[0]?.objectives).toEqual([])
})
