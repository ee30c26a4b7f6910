import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY } from '../time/index.ts'
import type { FixEvent, FixHistory } from './event.ts'
import { estimateDone } from './survival.ts'

const ZONE = 'UTC'
const START = Date.parse('2026-09-01T12:00:00Z')
const fix = (...rest: readonly FixEvent[]): FixHistory => ({
  key: 'FIX-1',
  events: [{ type: 'added', at: START, title: 'x', kind: 'prevent', due: '2026-12-01' }, ...rest],
})
const doneAfter = (days: number): FixEvent => ({ type: 'done', at: START + days * DAY })
const dropped: FixEvent = { type: 'dropped', at: START + DAY, reason: 'r' }

test('without young fixes the estimate is the share that was done', () => {
  const day = fc.option(fc.integer({ min: 0, max: 99 }), { nil: undefined })
  fc.assert(
    fc.property(fc.array(day, { minLength: 1, maxLength: 12 }), fc.constantFrom(30, 60, 90), (days, within) => {
      const logs = days.map((one) => (one === undefined ? fix() : fix(doneAfter(one))))
      const done = days.filter((one) => one !== undefined && one <= within).length
      const [estimate] = estimateDone(logs, [within], START + 100 * DAY, ZONE)
      expect(estimate).toEqual({ days: within, donePpm: Math.floor((done * 1_000_000) / days.length) })
    }),
  )
})

test('a young fix counts as long as it has been watched', () => {
  const young: FixHistory = { key: 'FIX-2', events: [{ ...(fix().events[0] as FixEvent), at: START + 20 * DAY }] }
  // On day 10 one of four is done, on day 25 one of the two that are watched so long: 1 − 3/4 × 1/2.
  const logs = [fix(doneAfter(10)), fix(doneAfter(25)), fix(), young]
  expect(estimateDone(logs, [30], START + 40 * DAY, ZONE)).toEqual([{ days: 30, donePpm: 625_000 }])
})

test('what was dropped is never done, and makes the others no quicker', () => {
  expect(estimateDone([fix(doneAfter(5)), fix(dropped)], [30], START + 6 * DAY, ZONE)).toEqual([
    { days: 30, donePpm: 500_000 },
  ])
  expect(estimateDone([], [30], START, ZONE)).toEqual([{ days: 30, donePpm: 0 }])
})
