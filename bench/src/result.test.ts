import { expect, test } from 'vitest'
import { limitRow, rowOf, tableOf } from './result.ts'

test('a row compares medians, and is met when the ratio reaches the goal', () => {
  const row = rowOf('a', 'ns', [1, 2, 30], [40, 50, 60], 25)
  expect(row).toMatchObject({ ours: 2, peer: 50, ratio: 25, goal: 25, met: true })
  expect(rowOf('a', 'ns', [1, 2, 30], [40, 50, 60], 25.1).met).toBe(false)
})

test('a row without a peer is met up to its limit and not beyond, and says what stands in the place of the peer', () => {
  expect(limitRow('a', 'ms', [150], 150)).toMatchObject({ peer: 150, ratio: 1, met: true })
  expect(limitRow('a', 'ms', [151], 150)).toMatchObject({ met: false, note: 'no peer: the limit itself' })
})

test('the table says what the numbers alone do not', () => {
  const rows = [limitRow('capacity', 'ms per tick', [75], 150, 'spaced')]
  const table = tableOf({ name: 'tick', machine: 'a machine', rows })
  expect(table).toContain('tick on a machine')
  expect(table).toMatch(/capacity .*2\.0× +≥ 1× +yes +ms per tick \[no peer: the limit itself; spaced\]/)
})
