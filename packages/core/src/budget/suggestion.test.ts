import { describe, expect, test } from 'vitest'
import type { Objective } from '../journey/index.ts'
import { eventsWithin, lowTraffic, tightestEdge } from './suggestion.ts'

const BUCKETS = [
  { edge: 100, events: 900 },
  { edge: 250, events: 90 },
  { edge: 1_000, events: 9 },
  { edge: Number.POSITIVE_INFINITY, events: 1 },
]
const OBJECTIVE: Objective = {
  name: 'availability',
  indicator: 'availability',
  targetPpm: 990_000,
  window: { kind: 'rolling', ms: 30 * 86_400_000 },
}

describe('how long events took', () => {
  test.each([
    [900_000, 100],
    [900_001, 250],
    [990_000, 250],
    [999_000, 1_000],
    [999_001, undefined],
  ])('%i ppm are within %s ms', (target, edge) => {
    expect(tightestEdge(BUCKETS, target)).toBe(edge)
  })

  test('is not guessed between two edges', () => {
    expect([99, 100, 249, 250].map((ms) => eventsWithin(BUCKETS, ms))).toEqual([0, 900, 900, 990])
    expect(tightestEdge([], 500_000)).toBeUndefined()
  })
})

describe('with little traffic', () => {
  const guarded = (badEvents: number, longMs: number): Objective => ({
    ...OBJECTIVE,
    policy: {
      pairs: [{ level: 1, longMs, shortMs: 300_000, speed: { factorMilli: 14_400 } }],
      milestones: [],
      guard: { badEvents, confidencePercent: 80 },
    },
  })

  test('the fewest failures ring among so many events, and not among one more', () => {
    // 14.4 x 1 %: a share of 0.144. By hand: Wilson's lower end at 80 % (z = 0.8416) of 3/9 is 0.2206, of 3/13 it is 0.1502, of 3/14 0.1392.
    expect(lowTraffic(guarded(3, 3_600_000))[0]).toMatchObject({ badEvents: 3, events: 13 })
  })

  test('a single one rings where the guard lets it', () => {
    const [one] = lowTraffic(guarded(1, 3_600_000))
    expect(one?.badEvents).toBe(1)
    expect(one?.events).toBeGreaterThan(1)
    expect(one?.events).toBeLessThan(7)
  })

  test('none do where the factor asks for more than all', () => {
    expect(lowTraffic({ ...guarded(3, 3_600_000), targetPpm: 900_000 })[0]?.events).toBe(0)
  })
})
