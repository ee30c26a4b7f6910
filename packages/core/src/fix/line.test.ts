import { expect, test } from 'vitest'
import type { FixEvent, FixHistory } from './event.ts'
import { fixLines } from './line.ts'

const ZONE = 'Asia/Tokyo'
const noon = (date: string) => Date.parse(`${date}T12:00:00+09:00`)

function fix(key: string, created: string, due: string, ...later: readonly FixEvent[]): FixHistory {
  return { key, events: [{ type: 'added', at: noon(created), title: key, kind: 'prevent', due }, ...later] }
}

const done = (date: string): FixEvent => ({ type: 'done', at: noon(date) })
const told = (histories: readonly FixHistory[], asOf = '2026-12-01') =>
  fixLines(histories, '2026-10', ZONE, noon(asOf)).map(({ key, state, done: on }) => [key, state, on])

test('every fix that a figure of the month counts is listed as it stood when the month ended', () => {
  const histories = [
    fix('FIX-0009', '2026-10-20', '2026-11-30', done('2026-11-02')),
    fix('FIX-0001', '2025-01-10', '2025-02-10'),
    fix('FIX-0002', '2025-01-10', '2025-02-10', done('2026-10-03')),
    fix('FIX-0003', '2025-01-10', '2026-10-10', done('2026-09-03')),
    fix('FIX-0004', '2026-05-10', '2026-06-10', done('2026-06-03')),
    fix('FIX-0005', '2025-01-10', '2025-02-10', { type: 'dropped', at: noon('2026-10-31'), reason: 'gone' }),
    // Nothing of October counts these: over long before, and not there yet.
    fix('FIX-0006', '2026-04-10', '2026-05-10', done('2026-05-03')),
    fix('FIX-0007', '2026-11-01', '2026-12-01'),
  ]
  expect(told(histories)).toEqual([
    ['FIX-0001', 'open', undefined],
    ['FIX-0002', 'done', '2026-10-03'],
    ['FIX-0003', 'done', '2026-09-03'],
    ['FIX-0004', 'done', '2026-06-03'],
    ['FIX-0005', 'dropped', undefined],
    ['FIX-0009', 'open', undefined],
  ])
})

test('while the month runs they stand as they do now', () => {
  const histories = [fix('FIX-0001', '2026-10-01', '2026-10-30', done('2026-10-20'))]
  expect(told(histories, '2026-10-19')).toEqual([['FIX-0001', 'open', undefined]])
  expect(told(histories, '2026-10-21')).toEqual([['FIX-0001', 'done', '2026-10-20']])
})
