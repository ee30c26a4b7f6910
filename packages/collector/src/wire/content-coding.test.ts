import { brotliCompressSync, gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainBytes } from './content-coding.ts'

const text = Buffer.from('journey_step_events_total{journey="a"} 1\n'.repeat(50))

describe('an answer is had as it was before it was coded', () => {
  test.each([undefined, '', 'identity', 'gzip', 'GZIP', ' x-gzip '])('%s', async (coding) => {
    const sent = coding !== undefined && /gzip/i.test(coding) ? gzipSync(text) : text
    expect(await plainBytes(sent, coding, 10_000)).toEqual({ ok: true, bytes: text })
  })
})

test('it may be as long as the limit, and not a byte longer', async () => {
  const packed = gzipSync(text)
  expect(await plainBytes(packed, 'gzip', text.length)).toEqual({ ok: true, bytes: text })
  expect(await plainBytes(packed, 'gzip', text.length - 1)).toMatchObject({ ok: false, failure: 'too_large' })
})

test('a bomb is not unpacked', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 ** 2))
  expect(bomb.length).toBeLessThan(100_000)
  const before = process.memoryUsage.rss()
  const plain = await plainBytes(bomb, 'gzip', 1_024 ** 2)
  expect(plain.ok ? plain.bytes.length : plain.failure).toBe('too_large')
  expect(process.memoryUsage.rss() - before).toBeLessThan(32 * 1024 ** 2)
})

test('another coding, and gzip that was cut or is none, are named', async () => {
  expect(await plainBytes(brotliCompressSync(text), 'br', 10_000)).toMatchObject({ ok: false, failure: 'malformed' })
  expect(await plainBytes(gzipSync(text).subarray(0, 30), 'gzip', 10_000)).toMatchObject({ failure: 'malformed' })
  expect(await plainBytes(text, 'gzip', 10_000)).toMatchObject({ ok: false, failure: 'malformed' })
})

test('whatever the bytes are, it ends with a value', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, isHeaded) => {
      const sent = isHeaded ? Buffer.concat([gzipSync(text).subarray(0, 12), bytes]) : Buffer.from(bytes)
      const plain = await plainBytes(sent, 'gzip', 1_000)
      expect(plain.ok ? plain.bytes.length : plain.message.length).toBeGreaterThanOrEqual(0)
    }),
  )
})
