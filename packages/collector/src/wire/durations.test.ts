import { describe, expect, test } from 'vitest'
import { createDurationReader } from './durations.ts'

const LIMITS = { maxBytes: 100_000, maxSeries: 1_000, maxLabelBytes: 1_000 }

function decode(...lines: readonly string[]) {
  const body = Buffer.from(lines.map((line) => `journey_step_duration_seconds_bucket${line}\n`).join(''))
  return createDurationReader(LIMITS).read(body, 'text', 0)
}
const of = (step: string, le: string, count: number | string) => `{journey="shop",step="${step}",le="${le}"} ${count}`

describe('histograms of a body', () => {
  test('become buckets in milliseconds, in whatever order they stand', () => {
    expect(decode(of('pay', '+Inf', 12), of('pay', '0.25', 7), of('cart', '+Inf', 0), of('pay', '1', 11))).toEqual([
      { journey: 'shop', step: 'pay', edges: [250, 1_000, Number.POSITIVE_INFINITY], counts: [7, 4, 1] },
      { journey: 'shop', step: 'cart', edges: [Number.POSITIVE_INFINITY], counts: [0] },
    ])
  })

  test.each([
    ['has no last bucket', [of('pay', '1', 1)]],
    ['has an edge twice', [of('pay', '1', 1), of('pay', '1.0', 1), of('pay', '+Inf', 1)]],
    ['falls', [of('pay', '1', 2), of('pay', '+Inf', 1)]],
    ['counts no whole events', [of('pay', '1', '0.5'), of('pay', '+Inf', 1)]],
    ['has an edge that is no number', [of('pay', 'soon', 1), of('pay', '+Inf', 1)]],
  ])('one that %s is left out alone', (_, lines) => {
    expect(decode(...lines, of('cart', '+Inf', 3)).map(({ step }) => step)).toEqual(['cart'])
  })

  test('are read again after five minutes, also when the clock went back', () => {
    const { read } = createDurationReader(LIMITS)
    const body = Buffer.from(`journey_step_duration_seconds_bucket${of('pay', '+Inf', 1)}\n`)
    const told = [0, 299_999, 300_000, 599_999, 0].map((at) => read(body, 'text', at).length)
    expect(told).toEqual([1, 0, 1, 0, 1])
  })
})
