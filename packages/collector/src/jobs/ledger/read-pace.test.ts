import { afterEach, expect, test, vi } from 'vitest'
import type { Source } from '../../ports/source.ts'
import { createReader } from './read.ts'

afterEach(() => {
  vi.useRealTimers()
})

/** Reads so many sources for one interval. @returns which were begun at which millisecond */
async function begunAt(count: number, intervalMs: number): Promise<Record<number, readonly string[]>> {
  vi.useFakeTimers()
  const begun: Record<number, string[]> = {}
  const start = Date.now()
  const sources = Array.from({ length: count }, (_, i): Source => {
    const read = async () => {
      begun[Date.now() - start] = [...(begun[Date.now() - start] ?? []), `${i}`]
      return { ok: false, failure: 'unreachable', message: 'nobody is there' } as const
    }
    return { name: `${i}`, service: 'shop', intervalMs, read }
  })
  const ending = new AbortController()
  const ingest = { submit: () => Promise.resolve(), flush: () => undefined }
  createReader(sources, ingest, Date.now, () => undefined).start(ending.signal)
  await vi.advanceTimersByTimeAsync(intervalMs - 1)
  ending.abort()
  return begun
}

test('a few targets are spread over the interval', async () => {
  expect(await begunAt(4, 20_000)).toEqual({ 0: ['0'], 4000: ['1'], 8000: ['2'], 12000: ['3'] })
})

test('of many targets those of one fifth of the interval are read together, and none is left out', async () => {
  const begun = await begunAt(100, 15_000)
  expect(Object.keys(begun).map(Number)).toEqual([0, 3_000, 6_000, 9_000, 12_000])
  expect(Object.values(begun).map((names) => names.length)).toEqual([20, 20, 20, 20, 20])
  expect(new Set(Object.values(begun).flat()).size).toBe(100)
})
