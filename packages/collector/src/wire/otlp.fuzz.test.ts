import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodeJson } from './otlp/json.ts'
import { decodeProtobuf } from './otlp/protobuf.ts'
import type { PushRead } from './otlp/push.ts'
import { readMeaning } from './otlp.ts'
import { edit, edits } from './testing/bodies.ts'
import { FUZZ_TIMEOUT_MS, fuzzRuns } from './testing/fuzz.ts'
import { encodePush, type SentMetric, type SentPoint, type SentResource } from './testing/otlp-bodies.ts'

const MOST_POINTS = 20
const T = Date.parse('2026-10-01T09:00:00Z')

const word = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('checkout', 'pay', 'good', 'error') },
  fc.string({ maxLength: 8 }),
)
const attributes = (...keys: readonly string[]) => fc.dictionary(fc.constantFrom(...keys), word, { maxKeys: 4 })
const sentPoint: fc.Arbitrary<SentPoint> = fc
  .record({
    attributes: attributes('journey', 'step', 'outcome', 'service_step', 'process_id', 'http.route'),
    from: fc.constantFrom(0, T, T + 60_000),
    to: fc.constantFrom(0, T, T + 60_000),
    value: fc.oneof(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.double({ noNaN: true }), fc.nat(9)),
    flags: fc.nat(3),
  })
  .map(({ value, ...rest }) => ({
    ...rest,
    ...(typeof value === 'bigint' ? { asInt: value } : { asDouble: value + 0 }),
  }))
const sentMetric: fc.Arbitrary<SentMetric> = fc.record({
  name: fc.constantFrom(
    'journey.step.events',
    'journey_step_events_total',
    'journey.definition.info',
    'http.server.duration',
  ),
  kind: fc.constantFrom('sum', 'gauge', 'histogram'),
  temporality: fc.constantFrom(0, 1, 2),
  monotonic: fc.boolean(),
  points: fc.array(sentPoint, { maxLength: 4 }),
})
const sentResources: fc.Arbitrary<SentResource[]> = fc.array(
  fc.record({
    attributes: attributes('service.name', 'service.instance.id', 'host.name'),
    metrics: fc.array(sentMetric, { maxLength: 3 }),
  }),
  { maxLength: 3 },
)

const decode = (json: boolean, body: Uint8Array) => (json ? decodeJson : decodeProtobuf)(body, MOST_POINTS)

/** Whatever was read, only whole counts and named refusals come of it, and each point is one or the other. */
function checkMeaning(read: PushRead): void {
  if (!read.ok) {
    expect(read.message).toMatch(/^Expected /)
    return
  }
  const { told, refused } = readMeaning(read.push, (service) => (service === 'pay' ? 'foreign_service' : 'granted'))
  const points = read.push.resources
    .flatMap(({ metrics }) => metrics)
    .filter(({ meaning }) => meaning !== 'definition')
    .reduce((sum, metric) => sum + metric.points.length, 0)
  expect(told.reduce((sum, each) => sum + each.points, 0) + refused.length).toBe(points)
  expect(points).toBeLessThanOrEqual(MOST_POINTS)
  for (const { told: one } of told) {
    const counts =
      'points' in one ? one.points.map(({ count }) => count) : one.steps.flatMap((step) => [...step.counts])
    expect(counts.every((count) => Number.isSafeInteger(count) && count >= 0)).toBe(true)
  }
}

test('a request means the same in both encodings', { timeout: FUZZ_TIMEOUT_MS }, () => {
  fc.assert(
    fc.property(sentResources, (resources) => {
      const { json, protobuf } = encodePush(resources)
      const read = decodeJson(json, MOST_POINTS)
      const other = decodeProtobuf(protobuf, MOST_POINTS)
      // A double that is whole is written in JSON like an integer, and both are read as the same number.
      expect(other).toEqual(read)
      checkMeaning(read)
    }),
    { numRuns: fuzzRuns(0.3) },
  )
})

test('no bytes make the decoders throw, and what they take makes sense', { timeout: FUZZ_TIMEOUT_MS }, () => {
  let taken = 0
  const anything = fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes))
  const almost = (json: boolean) =>
    fc.tuple(sentResources, edits).map(([resources, changes]) => {
      const bodies = encodePush(resources)
      return edit(json ? bodies.json : bodies.protobuf, changes)
    })
  fc.assert(
    fc.property(
      fc.boolean().chain((json) => fc.tuple(fc.constant(json), fc.oneof(anything, almost(json), almost(json)))),
      ([json, body]) => {
        const read = decode(json, body)
        if (read.ok && read.push.resources.length > 0) taken++
        checkMeaning(read)
      },
    ),
    { numRuns: fuzzRuns(0.7) },
  )
  // Otherwise this test would only see bodies that are refused.
  expect(taken).toBeGreaterThan(fuzzRuns(0.7) / 50)
})

test('a body that repeats itself a million times leaves nothing behind', { timeout: FUZZ_TIMEOUT_MS }, () => {
  const empty = Buffer.from([0x0a, 0x00])
  const request = Buffer.concat(Array.from({ length: 1_000_000 }, () => empty))
  const pair = Buffer.from([0x0a, 0x05, 0x0a, 0x01, 0x61, 0x12, 0x00])
  const attributes = Buffer.concat(Array.from({ length: 500_000 }, () => pair))
  const length = Buffer.from([0x0a, 0xe0, 0x9f, 0xd5, 0x01])
  const before = process.memoryUsage().heapUsed
  const reads = [decodeProtobuf(request, MOST_POINTS), decodeProtobuf(Buffer.concat([length, attributes]), MOST_POINTS)]
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000_000)
  expect(reads[0]).toEqual({ ok: true, push: { resources: [], ignored: 0 } })
})
