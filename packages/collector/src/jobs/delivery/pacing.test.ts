import type { Level } from '@tabiji/core/journey'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPacing } from './pacing.ts'

test('a burst goes at once, the last of it is kept for pages, and then one at a time', () => {
  const pacing = createPacing(() => ({ everyMs: 1_000, burst: 3 }))
  const goes = (level: Level, now: number) => {
    if (pacing.freeAt('chat', level, now) > now) return false
    pacing.sent('chat', now)
    return true
  }
  expect([goes(3, 0), goes(3, 0), goes(2, 0), goes(1, 0), goes(1, 0)]).toEqual([true, true, false, true, false])
  expect([goes(1, 999), goes(3, 1_000), goes(1, 1_000), goes(1, 1_999)]).toEqual([false, false, true, false])
  expect(pacing.freeAt('other', 3, 0)).toBeLessThanOrEqual(0)
})

test('without a pace everything may go, and a burst of one makes nobody wait for ever', () => {
  const free = createPacing(() => undefined)
  free.sent('hook', 0)
  expect(free.freeAt('hook', 3, 0)).toBe(0)
  const slow = createPacing(() => ({ everyMs: 1_000, burst: 1 }))
  slow.sent('chat', 0)
  expect(slow.freeAt('chat', 3, 0)).toBe(1_000)
})

test('law: never more than the burst and what the time allows, whoever asks and wherever the clock goes', () => {
  const levels = fc.constantFrom<Level>(1, 2, 3)
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(fc.tuple(levels, fc.integer({ min: 0, max: 1_500 })), { maxLength: 60 }),
      fc.integer({ min: 0, max: 10_000_000 }),
      (burst, asks, back) => {
        const pacing = createPacing(() => ({ everyMs: 1_000, burst }))
        const sent: number[] = []
        let now = 0
        for (const [level, after] of asks) {
          now += after
          if (pacing.freeAt('chat', level, now) > now) continue
          pacing.sent('chat', now)
          sent.push(now)
        }
        for (const [i, first] of sent.entries()) {
          const [j, last] = [sent.length - 1, sent.at(-1) ?? first]
          expect(j - i + 1).toBeLessThanOrEqual(burst + Math.floor((last - first) / 1_000))
        }
        expect(pacing.freeAt('chat', 1, now - back)).toBeLessThanOrEqual(now - back + burst * 1_000)
      },
    ),
  )
})
