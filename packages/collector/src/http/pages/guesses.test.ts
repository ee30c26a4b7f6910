import { expect, test } from 'vitest'
import { countGuesses } from './guesses.ts'

test('the third wrong token has to be followed by a wait, which doubles up to a minute', () => {
  const guesses = countGuesses()
  const waits = Array.from({ length: 12 }, () => {
    guesses.failed('a', 0)
    return guesses.waitMs('a', 0)
  })
  expect(waits).toEqual([0, 0, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000])
  expect([guesses.waitMs('a', 59_999), guesses.waitMs('a', 60_000), guesses.waitMs('b', 0)]).toEqual([1, 0, 0])
})

test('a right token, or a quarter of an hour, makes it forgotten', () => {
  const guesses = countGuesses()
  for (let i = 0; i < 5; i++) guesses.failed('a', 0)
  guesses.succeeded('a')
  expect(guesses.waitMs('a', 0)).toBe(0)
  for (let i = 0; i < 5; i++) guesses.failed('a', 0)
  guesses.failed('a', 900_000)
  expect(guesses.waitMs('a', 900_000)).toBe(0)
})

test('a thousand addresses are remembered, and the oldest of more is let go', () => {
  const guesses = countGuesses()
  for (let i = 0; i < 4; i++) for (let address = 0; address < 1_000; address++) guesses.failed(String(address), 0)
  guesses.failed('one more', 0)
  expect([guesses.waitMs('0', 0), guesses.waitMs('1', 0)]).toEqual([0, 2_000])
})
