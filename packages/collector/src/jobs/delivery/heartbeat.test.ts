import { expect, test } from 'vitest'
import type { Check } from '../../ports/api.ts'

import { createLifeSigns } from '../../store/life-signs.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { absenceBefore, createHeartbeat } from './heartbeat.ts'

const NEVER = new AbortController().signal
const MINUTE = 60_000
const WELL: readonly Check[] = [
  { name: 'store', status: 'ok', message: 'well' },
  { name: 'delivery', status: 'ok', message: 'well' },
  { name: 'targets', status: 'degraded', message: 'one could not be read' },
]

function openHeart(watched = true) {
  const desk = openAlertDesk()
  const signs = createLifeSigns(desk.database)
  const world = { now: 1_000, evaluatedAt: 0, checks: WELL, refusal: undefined as string | undefined, told: 0 }
  const beats: (string | undefined)[][] = []
  const watcher = {
    tell: async () => {
      world.told += 1
      return world.refusal
    },
  }
  const { turn } = createHeartbeat({
    checks: () => world.checks,
    evaluatedAt: () => world.evaluatedAt,
    signs,
    ...(watched && { watcher }),
    now: () => world.now,
    onBeat: (beat, why) => beats.push(why === undefined ? [beat] : [beat, why]),
  })
  return { desk, signs, world, beats, turn: () => turn(NEVER) }
}

test('a beat needs an evaluation since the last one, and leaves a sign of life', async () => {
  const { signs, world, beats, turn } = openHeart()
  await turn()
  expect(beats).toEqual([['withheld', 'evaluation: none was finished since the last beat']])
  expect([world.told, signs.last()]).toEqual([0, undefined])
  world.evaluatedAt = 900
  await turn()
  expect([world.told, signs.last()]).toEqual([1, 1_000])
  await turn()
  world.evaluatedAt = 2_000
  world.now = 2_100
  await turn()
  expect(beats.map(([beat]) => beat)).toEqual(['withheld', 'sent', 'withheld', 'sent'])
  expect(signs.last()).toBe(2_100)
})

test.each<Check>([
  { name: 'store', status: 'failed', message: 'the last write was refused' },
  { name: 'evaluation', status: 'failed', message: 'late' },
  { name: 'clock', status: 'failed', message: 'it jumped' },
  { name: 'delivery', status: 'degraded', message: 'a level 1 notification has been owed for 121 s' },
])('no beat while $name is not well', async (wrong) => {
  const { world, beats, turn } = openHeart()
  world.evaluatedAt = 900
  world.checks = [...WELL.filter(({ name }) => name !== wrong.name), wrong]
  await turn()
  expect(beats).toEqual([['withheld', `${wrong.name}: ${wrong.message}`]])
  expect(world.told).toBe(0)
})

test('no beat when the store takes nothing', async () => {
  const { desk, world, beats, turn } = openHeart()
  world.evaluatedAt = 900
  desk.database.pragma('query_only = ON')
  await turn()
  expect(beats).toMatchObject([['withheld', expect.stringMatching(/^store: .*readonly/)]])
  expect(world.told).toBe(0)
})

test('a beat that was not heard is given again', async () => {
  const { world, beats, turn } = openHeart()
  world.evaluatedAt = 900
  world.refusal = 'Answered 500'
  await turn()
  world.refusal = undefined
  await turn()
  expect(beats).toEqual([['failed', 'Answered 500'], ['sent']])
})

test('where nobody watches only the sign of life is kept', async () => {
  const { signs, world, beats, turn } = openHeart(false)
  world.evaluatedAt = 900
  await turn()
  expect([beats, signs.last()]).toEqual([[], 1_000])
})

test('more than five minutes without a sign of life is an absence', () => {
  const { signs } = openHeart()
  expect(absenceBefore(signs, 1_000)).toBeUndefined()
  signs.record(1_000)
  expect(absenceBefore(signs, 1_000 + 5 * MINUTE)).toBeUndefined()
  expect(absenceBefore(signs, 1_001 + 5 * MINUTE)).toEqual({ from: 1_000, to: 1_001 + 5 * MINUTE })
})
