import { expect, test } from 'vitest'
import { watchClock } from './clock.ts'

const HOUR = 3_600_000

function watched() {
  const world = { time: 0, off: Date.parse('2026-10-10T09:00:00Z') }
  const watch = watchClock(
    () => world.time + world.off,
    () => world.time,
  )
  return { world, watch }
}

test.each([
  ['ahead', HOUR],
  ['back', -HOUR],
])('a clock that jumps an hour %s is told once, and is well again when it jumps back', (way, by) => {
  const { world, watch } = watched()
  expect([watch.look(), watch.check().status]).toEqual([0, 'ok'])
  world.off += by
  expect([watch.look(), watch.look()]).toEqual([by, 0])
  expect(watch.check()).toMatchObject({ status: 'failed', message: expect.stringContaining(`3600 s ${way}`) })
  expect(watch.isDoubtful()).toBe(true)
  world.off -= by
  watch.look()
  expect([watch.check().status, watch.isDoubtful()]).toEqual(['ok', false])
})

test('a new time that lasts is believed', () => {
  const { world, watch } = watched()
  world.off += HOUR
  watch.look()
  world.time += 6 * 60_000
  watch.look()
  expect(watch.check().status).toBe('ok')
  world.off -= HOUR
  expect(watch.look()).toBe(-HOUR)
})

test('a clock that is corrected by small steps is well', () => {
  const { world, watch } = watched()
  for (let i = 0; i < 1_000; i++) {
    world.time += 15_000
    world.off += 500
    expect(watch.look()).toBe(0)
  }
  expect(watch.check().status).toBe('ok')
})
