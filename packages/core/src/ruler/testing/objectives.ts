import fc from 'fast-check'
import { journeyOf } from '../../budget/testing/definitions.ts'
import { CONFIDENCES, INDICATORS, type Journey, type Objective, type Pair } from '../../journey/index.ts'
import { DAY, MINUTE, SECOND } from '../../time/index.ts'

const pairs: fc.Arbitrary<Pair> = fc
  .record({
    level: fc.constantFrom(1, 2, 3),
    shortMs: fc.integer({ min: 1, max: 600 }).map((seconds) => seconds * SECOND),
    times: fc.integer({ min: 2, max: 24 }),
    factorMilli: fc.integer({ min: 500, max: 30_000 }),
  })
  .map(({ level, shortMs, times, factorMilli }) => ({
    level,
    shortMs,
    longMs: shortMs * times,
    speed: { factorMilli },
  }))

/** Objectives as a journeys file may state them, with policies that nobody would think of. */
const objectives: fc.Arbitrary<Objective> = fc
  .record({
    indicator: fc.constantFrom(...INDICATORS),
    step: fc.constantFrom(undefined, 'start', 'upload'),
    targetPpm: fc.integer({ min: 500_000, max: 999_990 }),
    window: fc.oneof(
      fc.constantFrom(
        { kind: 'month' } as const,
        { kind: 'calendar', count: 2, unit: 'w', from: '2026-01-05' } as const,
      ),
      fc.integer({ min: 1, max: 90 }).map((days) => ({ kind: 'rolling', ms: days * DAY }) as const),
    ),
    pairs: fc.array(pairs, { minLength: 1, maxLength: 4 }),
    milestones: fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { maxLength: 4 }),
    badEvents: fc.integer({ min: 1, max: 50 }),
    confidencePercent: fc.constantFrom(...CONFIDENCES),
    keepMs: fc.constantFrom(undefined, 5 * SECOND, 10 * MINUTE),
  })
  .map(({ indicator, step, targetPpm, window, badEvents, confidencePercent, milestones, keepMs, ...rest }) => ({
    name: step === undefined ? indicator : `${step}.${indicator}`,
    indicator,
    ...(step !== undefined && { step }),
    targetPpm,
    window,
    policy: {
      pairs: rest.pairs,
      milestones: milestones.sort((a, b) => a - b),
      guard: { badEvents, confidencePercent },
      ...(keepMs !== undefined && { keepMs }),
    },
  }))

export const journeys: fc.Arbitrary<Journey> = fc
  .uniqueArray(objectives, { selector: ({ name }) => name, minLength: 1, maxLength: 4 })
  .map((some) => journeyOf('measure-feet', ...some))
