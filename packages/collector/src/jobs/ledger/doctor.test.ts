import { expect, test } from 'vitest'
import { createDoctor } from './doctor.ts'

const NOTHING = { findings: [], looked: ['shop'], notLooked: [] }

test('looks once for all who ask within a minute, and anew after it or after a failure', async () => {
  const clock = { now: 0 }
  let looks = 0
  let fails = false
  const doctor = createDoctor(
    async () => {
      looks++
      if (fails) throw new Error('no network')
      return NOTHING
    },
    () => clock.now,
  )
  const [first, second] = await Promise.all([doctor.look(), doctor.look()])
  expect([first, second, looks]).toEqual([{ ...NOTHING, at: '1970-01-01T00:00:00.000Z' }, first, 1])
  clock.now = 59_999
  expect((await doctor.look()).at).toBe('1970-01-01T00:00:00.000Z')
  clock.now = 60_000
  expect((await doctor.look()).at).toBe('1970-01-01T00:01:00.000Z')
  clock.now = 200_000
  fails = true
  await expect(doctor.look()).rejects.toThrow('no network')
  fails = false
  expect((await doctor.look()).at).toBe('1970-01-01T00:03:20.000Z')
  expect(looks).toBe(4)
})

test('a clock that went back does not keep an old look for ever', async () => {
  const clock = { now: 1_000_000 }
  let looks = 0
  const doctor = createDoctor(
    async () => {
      looks++
      return NOTHING
    },
    () => clock.now,
  )
  await doctor.look()
  clock.now = 0
  await doctor.look()
  expect(looks).toBe(2)
})
