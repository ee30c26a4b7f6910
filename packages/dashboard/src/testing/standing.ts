import type { Standing } from '../view/standing.ts'

/** An objective of 99 % that is well: 100 of 1,000 allowed bad events are spent. */
export function standing(more: Partial<Standing> = {}): Standing {
  return {
    id: 'pay/availability',
    name: 'availability',
    indicator: 'availability',
    targetPpm: 990_000,
    window: { kind: 'rolling', ms: 30 * 86_400_000 },
    bad: 100,
    valid: 100_000,
    allowedMillionths: 1_000_000_000,
    leftPpm: 900_000,
    state: 'healthy',
    burning: false,
    pairs: [],
    fresh: true,
    alerts: [],
    ...more,
  }
}
