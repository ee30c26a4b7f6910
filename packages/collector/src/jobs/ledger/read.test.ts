import type { Reading } from '@tabiji/core/ledger'
import { describe, expect, test } from 'vitest'
import type { Source } from '../../ports/source.ts'
import { createReader, type ReadOutcome } from './read.ts'

const READING: Reading = { speaker: { id: 'p', identified: true, service: 'shop' }, at: 0, steps: [] }

/** A source that answers when the test lets it. */
function slowSource(intervalMs = 1) {
  const waiting: (() => void)[] = []
  let asked = 0
  const source: Source = {
    name: 'shop',
    service: 'shop',
    intervalMs,
    read: () => {
      asked++
      return new Promise((resolve) =>
        waiting.push(() => resolve({ ok: true, reading: READING, samples: 1, warnings: [] })),
      )
    },
  }
  return { source, answer: () => waiting.shift()?.(), asked: () => asked }
}

describe('a reader', () => {
  test('says that a reading is booked only when it is on disk', async () => {
    const { source, answer } = slowSource()
    const outcomes: ReadOutcome[] = []
    const full = { submit: () => Promise.reject(new Error('database or disk is full')) }
    const reading = createReader(
      [source],
      full,
      () => 0,
      (outcome) => outcomes.push(outcome),
    ).read(source, new AbortController().signal)
    answer()
    expect(await reading).toMatchObject({ booked: false, result: { ok: true } })
    expect(outcomes).toHaveLength(1)
  })

  test('does not ask a slow target again before it has answered, and asks nobody once it is stopped', async () => {
    const { source, answer, asked } = slowSource()
    const ending = new AbortController()
    const reader = createReader(
      [source],
      { submit: () => Promise.resolve() },
      () => 0,
      () => undefined,
    )
    reader.start(ending.signal)
    await expect.poll(asked).toBe(1)
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(asked()).toBe(1)
    answer()
    await expect.poll(asked).toBe(2)
    ending.abort()
    answer()
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(asked()).toBe(2)
  })
})
