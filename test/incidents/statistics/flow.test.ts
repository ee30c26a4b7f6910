import { type FixEvent, type FixHistory, fixStatistics, RESPONSE_GOALS } from '@tabiji/core/fix'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countFlow, countOnTime, HOURS, MONTHS, START } from './testing/naive.ts'

const ZONE = 'Asia/Tokyo'
const HOUR = 3_600_000
const END = START + HOURS * HOUR
const RUNS = { numRuns: process.env['TABIJI_FULL'] === '1' ? 1_000 : 40 }

const hour = fc.integer({ min: 0, max: HOURS - 1 })
const instant = hour.map((hours) => START + hours * HOUR)
const date = hour.map((hours) => new Date(START + (hours + 9) * HOUR).toISOString().slice(0, 10))

/** What people and trackers do to a fix; where a tracker says so, some time before it was recorded. */
const change = fc
  .record({
    at: instant,
    late: fc.option(fc.integer({ min: 0, max: 24 * 20 }), { nil: undefined }),
    what: fc.oneof(
      fc.constant({ type: 'done' as const }),
      fc.record({
        type: fc.constantFrom('reopened' as const, 'dropped' as const, 'undropped' as const),
        reason: fc.constant('r'),
      }),
      fc.record({ type: fc.constant('moved' as const), due: date, reason: fc.constant('r') }),
      fc.record({
        ...{ type: fc.constant('accepted' as const), until: date },
        ...{ approver: fc.constant('a'), reason: fc.constant('r') },
      }),
      fc.constant({ type: 'merged' as const, into: 'FIX-9' }),
      fc.record({ type: fc.constant('absorbed' as const), key: fc.constant('FIX-9'), since: date }),
    ),
  })
  .map(({ at, late, what }): FixEvent => ({ ...what, at, ...(late !== undefined && { happenedAt: at - late * HOUR }) }))

const fix = fc
  .record({
    ...{ at: instant, due: date, changes: fc.array(change, { maxLength: 7 }) },
    splitFrom: fc.option(fc.record({ key: fc.constant('FIX-9'), since: date }), { nil: undefined }),
  })
  .map(({ at, due, changes, splitFrom }): FixEvent[] => [
    { type: 'added', at, title: 't', kind: 'prevent', due, ...(splitFrom !== undefined && { splitFrom }) },
    ...changes.filter((event) => event.at >= at).sort((a, b) => a.at - b.at),
  ])
const histories = fc
  .array(fix, { maxLength: 10 })
  .map((all): FixHistory[] => all.map((events, i) => ({ key: `FIX-${i + 1}`, events })))

function count(logs: readonly FixHistory[], month: string) {
  const input = { histories: logs, incidents: [], costly: [], eventsOf: () => undefined, goals: RESPONSE_GOALS }
  return fixStatistics(input, month, ZONE, END).fixes
}

describe('whatever happens to fixes', () => {
  test('the flow is what somebody counts with a calendar, it adds up, and each month goes on from the one before', () => {
    fc.assert(
      fc.property(histories, (logs) => {
        let open = 0
        for (const month of MONTHS) {
          const { flow, open: listed } = count(logs, month)
          expect(flow).toEqual(countFlow(logs, month))
          const { openAtStart, created, returned, done, dropped, openAtEnd } = flow
          expect(openAtStart + created + returned - done - dropped).toBe(openAtEnd)
          expect([openAtStart, openAtEnd]).toEqual([open, listed.length])
          open = openAtEnd
        }
      }),
      RUNS,
    )
  })

  test('the headline is what somebody counts with a calendar', () => {
    fc.assert(
      fc.property(histories, (logs) => {
        for (const month of MONTHS) {
          expect(count(logs, month).onTime.share).toEqual(countOnTime(logs, month))
        }
      }),
      RUNS,
    )
  })
})
