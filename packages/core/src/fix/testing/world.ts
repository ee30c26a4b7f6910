import fc from 'fast-check'
import { monthRange } from '../../time/index.ts'
import type { FixEvent, FixHistory } from '../event.ts'

export const ZONE = 'Asia/Tokyo'
export const MONTHS: readonly string[] = ['2026-09', '2026-10', '2026-11', '2026-12']

const first = monthRange('2026-09', ZONE).from
/** The first instant after the last month. */
export const END = monthRange('2026-12', ZONE).to

/** Whole hours, so that events meet the edges of months and days; the zone's midnight is a whole hour. */
export const instant = fc.integer({ min: 0, max: (END - first) / 3_600_000 }).map((hours) => first + hours * 3_600_000)
const day = instant.map((ms) => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 10))

const step = fc.oneof(
  fc.record({ type: fc.constant('done' as const), at: instant }),
  fc.record({ type: fc.constantFrom('reopened', 'dropped', 'undropped'), at: instant, reason: fc.constant('r') }),
  fc.record({ type: fc.constant('moved' as const), at: instant, due: day, reason: fc.constant('r') }),
  fc.record({ type: fc.constant('merged' as const), at: instant, into: fc.constant('FIX-9') }),
  fc.record({ type: fc.constant('absorbed' as const), at: instant, key: fc.constant('FIX-9'), since: day }),
  fc.record({ type: fc.constant('blocked' as const), at: instant }),
  fc.record({ type: fc.constantFrom('done' as const), at: instant, happenedAt: instant }),
  fc.record({
    type: fc.constant('accepted' as const),
    at: instant,
    approver: fc.constant('a'),
    reason: fc.constant('r'),
    until: day,
  }),
)

const history = fc.tuple(instant, day, fc.array(step, { maxLength: 6 })).map(([start, due, steps]): FixEvent[] => {
  const later = steps.filter((event) => event.at >= start).sort((a, b) => a.at - b.at)
  return [{ type: 'added', at: start, title: 't', kind: 'detect', due }, ...(later as FixEvent[])]
})

/** Fixes with whatever may have been recorded of them, in the order in which it was recorded. */
export const world: fc.Arbitrary<FixHistory[]> = fc
  .array(history, { maxLength: 8 })
  .map((logs) => logs.map((events, i) => ({ key: `FIX-${i + 1}`, events })))
