import { expect, test } from 'vitest'
import { createRooms, fill, prepare, type Room } from './rooms.ts'

const MEGABYTE = 1024 ** 2
const empty = (): Room => ({ bytes: Buffer.alloc(0) })

test('a room is made for what an answer says, and never smaller', () => {
  const room = empty()
  prepare(room, 240_000)
  const made = room.bytes
  expect(made.length).toBeGreaterThanOrEqual(240_000)
  expect(made.length).toBeLessThan(320_000)
  for (const bytes of [0, 1, -5, Number.NaN, 200_000]) prepare(room, bytes)
  expect(room.bytes).toBe(made)
})

test('who says a lot gets no more than a room that is kept, and the rest when it comes', () => {
  const room = empty()
  prepare(room, 10 ** 12)
  expect(room.bytes).toHaveLength(MEGABYTE)
  for (let length = 0; length < 3 * MEGABYTE; length += 64 * 1024)
    fill(room, length, Buffer.alloc(64 * 1024, length / 65_536))
  expect(room.bytes.length).toBeGreaterThanOrEqual(3 * MEGABYTE)
  expect([0, MEGABYTE, 3 * MEGABYTE - 1].map((at) => room.bytes[at])).toEqual([0, 16, 47])
})

test('a room is lent again once it is free, and not before', async () => {
  const rooms = createRooms()
  const lent: Room[] = []
  const use = (wait?: Promise<void>) =>
    rooms.lend(async (room) => {
      lent.push(room)
      await wait
    })
  let free = () => {}
  const long = use(new Promise<void>((resolve) => (free = resolve)))
  await use()
  await use()
  free()
  await long
  expect([lent[1] === lent[0], lent[2] === lent[1]]).toEqual([false, true])
})
