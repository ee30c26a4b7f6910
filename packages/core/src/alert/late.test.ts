import { expect, test } from 'vitest'
import { lateOf } from './late.ts'

const MINUTE = 60_000
const HELD = [
  { gate: 'startup_grace', verdict: 'pass' },
  { gate: 'silence', verdict: 'defer' },
  { gate: 'hours', verdict: 'defer' },
] as const

test('what a gate held back for more than a minute is late because of the first one that did', () => {
  const told = { createdAt: 0, tried: 0 }
  expect(lateOf({ ...told, letGoAt: MINUTE + 1 }, HELD, MINUTE + 1)).toEqual({ why: 'silence', due: 0 })
  expect(lateOf({ ...told, letGoAt: MINUTE }, HELD, MINUTE)).toBeUndefined()
  expect(lateOf({ ...told, letGoAt: 5 * MINUTE }, [], 5 * MINUTE)).toBeUndefined()
})

test('what a receiver did not take is late because of it, from when it was let go', () => {
  expect(lateOf({ createdAt: 0, letGoAt: 5, tried: 2 }, [], MINUTE + 6)).toEqual({ why: 'receiver', due: 5 })
  expect(lateOf({ createdAt: 0, tried: 1 }, [], MINUTE)).toBeUndefined()
  // Never tried before: the collector itself was away, which it tells by itself.
  expect(lateOf({ createdAt: 0, tried: 0 }, [], 90 * MINUTE)).toBeUndefined()
  expect(lateOf({ createdAt: 0, letGoAt: 2 * MINUTE, tried: 3 }, HELD, 9 * MINUTE)?.why).toBe('silence')
})
