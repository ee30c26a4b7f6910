import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TIME_BUCKETS, timeBucketEdge, timeBucketOf } from './observation.ts'

test('a time lies in its bucket, and the bucket is not wider than a tenth of it', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.2, max: 8_000_000, noNaN: true }), (ms) => {
      const bucket = timeBucketOf(ms)
      expect(timeBucketEdge(bucket)).toBeGreaterThanOrEqual(ms * 0.999_999)
      expect(timeBucketEdge(bucket - 1)).toBeLessThan(ms)
      expect(timeBucketEdge(bucket) / timeBucketEdge(bucket - 1)).toBeLessThan(1.1)
    }),
  )
})

test('every number has a bucket', () => {
  fc.assert(
    fc.property(fc.double(), (ms) => {
      const bucket = timeBucketOf(ms)
      expect(Number.isInteger(bucket) && bucket >= 0 && bucket < TIME_BUCKETS).toBe(true)
    }),
  )
  expect([0, -5, Number.NaN, Number.POSITIVE_INFINITY].map(timeBucketOf)).toEqual([0, 0, 0, TIME_BUCKETS - 1])
})
