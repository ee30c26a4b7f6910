import type { Grid } from '@tabiji/core/ledger'
import type { Problem } from '@tabiji/core/problem'
import { expect, test } from 'vitest'
import { readDefinition } from './definition.ts'
import { DEFAULT_GRID } from './grid.ts'
import { JOURNEYS } from './testing/folder.ts'

const told = ({ severity, code, message, hint, at }: Problem) =>
  [`${at?.line}:${at?.column} ${severity} ${code}: ${message}`, ...(hint === undefined ? [] : [hint])].join(' | ')

function problems(objective: string, grid: Grid = DEFAULT_GRID, keepMs?: number): readonly string[] {
  const ledger = { grid, ...(keepMs !== undefined && { keepMs }) }
  const read = readDefinition(JOURNEYS.replace('99.9', objective), 'journeys.yaml', ledger)
  return (read.ok ? read.warnings : read.problems).map(told)
}

const PAIR = '{ target: 99, policy: { pairs: [{ level: 1, long: 1m, short: 5s, factor: 14.4 }] } }'

test('a sound file comes with what rings when', () => {
  const read = readDefinition(JOURNEYS, 'journeys.yaml', { grid: DEFAULT_GRID })
  expect(read).toMatchObject({ ok: true, warnings: [], advice: [{ journey: 'view-result', rings: { length: 4 } }] })
})

test('what is wrong with the document is told before its meaning is', () => {
  expect(problems('100')).toEqual([expect.stringContaining('8:33 error JOURNEYS_SHAPE')])
})

test('a window that is shorter than a slot is refused, where the objective stands', () => {
  expect(problems(PAIR)).toEqual([
    '8:19 error CONFIG_SLOT_TOO_WIDE: Expected every window to be at least one slot of the ledger (15s), got 5s | use a longer window, or narrower slots in `ledger.slots` of the configuration',
  ])
  expect(problems(PAIR, [{ fromAgeSeconds: 0, width: 5 }])).toEqual([])
})

test('without a configuration no windows are compared with slots', () => {
  expect(readDefinition(JOURNEYS.replace('99.9', PAIR), 'journeys.yaml').ok).toBe(true)
})

test('a window that is not whole slots is told', () => {
  expect(problems(PAIR.replace('5s', '20s'))).toEqual([
    '8:19 warning CONFIG_SLOT_CUTS: Expected every window to be whole slots of the ledger (15s), got 20s | it will look back 15s only',
  ])
})

test('a long window is compared with the slots of its age', () => {
  const grid: Grid = [
    { fromAgeSeconds: 0, width: 15 },
    { fromAgeSeconds: 86_400, width: 3600 },
  ]
  expect(problems('{ target: 99.9, window: 30d }', grid)).toEqual([])
  expect(problems('{ target: 99.9, window: 10081m }', grid)).toEqual([
    '8:19 warning CONFIG_SLOT_CUTS: Expected every window to be whole slots of the ledger (1h), got 10081m | it will look back 7d only',
  ])
})

test('a window that is longer than entries are kept is told', () => {
  expect(problems('{ target: 99.9, window: 90d }', DEFAULT_GRID, 90 * 86_400_000)).toEqual([])
  expect(problems('{ target: 99.9, window: 91d }', DEFAULT_GRID, 90 * 86_400_000)).toEqual([
    '8:19 warning CONFIG_WINDOW_KEEPS_ENTRIES: Entries are kept longer than `ledger.keep` says (90d), because a window looks back 91d | nothing is lost; the store is larger while the file has such a window',
  ])
})

test('a stretch of the calendar that is longer than entries are kept is told, and a month never is', () => {
  const kept = 60 * 86_400_000
  expect(problems('{ target: 99.9, window: { calendar: 2w, from: 2026-01-05 } }', DEFAULT_GRID, kept)).toEqual([])
  expect(problems('{ target: 99.9, window: month }', DEFAULT_GRID, 20 * 86_400_000)).toEqual([])
  expect(problems('{ target: 99.9, window: { calendar: 1Q, from: 2026-04-01 } }', DEFAULT_GRID, kept)).toEqual([
    expect.stringContaining('`ledger.keep` says (60d), because a window looks back 1Q from 2026-04-01'),
  ])
})

test('a policy that can never ring forbids using the file', () => {
  const objective = '{ target: 50, policy: { pairs: [{ level: 1, long: 1h, short: 5m, factor: 2 }] } }'
  expect(problems(objective)).toEqual([
    expect.stringContaining('8:19 warning BUDGET_NEVER_RINGS'),
    expect.stringContaining('8:19 error BUDGET_NOTHING_RINGS'),
  ])
})

test('the window of a simple rule is compared with slots, and with how long entries are kept', () => {
  const rule = (text: string) => `99.9 }\n    alerts: { ${text}: 1`
  expect(problems(rule('errors > 1 in 10s'))).toEqual([expect.stringContaining('9:15 error CONFIG_SLOT_TOO_WIDE')])
  expect(problems(rule('errors > 1 in 30d'), DEFAULT_GRID, 29 * 86_400_000)).toEqual([
    expect.stringContaining('8:19 warning CONFIG_WINDOW_KEEPS_ENTRIES'),
    expect.stringContaining('9:15 warning CONFIG_WINDOW_KEEPS_ENTRIES'),
  ])
})
