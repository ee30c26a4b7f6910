import { describe, expect, test } from 'vitest'
import { decodeJson } from './otlp/json.ts'
import { decodeProtobuf } from './otlp/protobuf.ts'
import type { PushRead } from './otlp/push.ts'
import { type Permission, readMeaning } from './otlp.ts'
import { encodePush, type SentMetric, type SentPoint, type SentResource } from './testing/otlp-bodies.ts'

const START = Date.parse('2026-10-01T09:00:00Z')
const NOW = START + 60_000
const WHO = { 'service.name': 'shop', 'service.instance.id': 'pod-1' }

function point(outcome: string, n: number, rest: Partial<SentPoint> = {}): SentPoint {
  const attributes = { journey: 'checkout', step: 'pay', outcome }
  return { attributes, from: START, to: NOW, asInt: BigInt(n), ...rest }
}

const events = (...points: readonly SentPoint[]): SentMetric => ({ name: 'journey.step.events', points })
const resource = (...metrics: readonly SentMetric[]): SentResource => ({ attributes: WHO, metrics })

/** What a request means, which is the same in both encodings. */
function meant(resources: readonly SentResource[], permit: (service: string) => Permission = () => 'granted') {
  const { json, protobuf } = encodePush(resources)
  const read = decodeJson(json, 1_000)
  expect(decodeProtobuf(protobuf, 1_000)).toEqual(read)
  if (!read.ok) throw new Error(read.message)
  const { told, refused } = readMeaning(read.push, permit)
  return { told, refused: refused.map(({ why }) => why), services: refused.map(({ service }) => service), read }
}

const only = (metric: Partial<SentMetric>, ...points: readonly SentPoint[]) =>
  meant([resource({ ...events(...points), ...metric })])

describe('a push of cumulative sums', () => {
  test('is a reading of its process at the time of its points', () => {
    const { told, refused } = meant([resource(events(point('good', 10), point('slow', 2), point('error', 1)))])
    expect(refused).toEqual([])
    expect(told).toEqual([
      {
        points: 3,
        told: {
          at: NOW,
          speaker: { id: 'pod-1', identified: false, livesByStart: true, service: 'shop', startedAt: START },
          steps: [{ journey: 'checkout', step: 'pay', role: 'own', counts: [10, 2, 1, 0], partial: true }],
        },
      },
    ])
  })

  test('that was gathered from several collections is several readings, the older first', () => {
    const { told } = only({}, point('good', 12, { to: NOW + 15_000 }), point('good', 10))
    expect(told.map((each) => 'at' in each.told && [each.told.at, each.told.steps[0]?.counts[0]])).toEqual([
      [NOW, 10],
      [NOW + 15_000, 12],
    ])
  })

  test('is one reading though its instruments were read a moment apart', () => {
    const other = point('good', 3, { attributes: { journey: 'checkout', service_step: 'keep.put', outcome: 'good' } })
    const { told } = meant([
      resource(events(point('good', 10)), { name: 'journey.dependency.events', points: [{ ...other, to: NOW + 1 }] }),
    ])
    expect(told).toMatchObject([
      { points: 2, told: { at: NOW + 1, steps: [{ role: 'own' }, { role: 'dependency', step: 'keep.put' }] } },
    ])
  })

  test('does not know the start of a process whose first point is at its start', () => {
    const { told } = only({}, point('good', 10, { from: NOW }))
    expect(told[0]?.told.speaker).not.toHaveProperty('startedAt')
    const beside = only({}, point('good', 10), point('error', 1, { from: NOW }))
    expect(beside.told[0]?.told.speaker).toHaveProperty('startedAt', START)
  })
})

describe('who speaks', () => {
  const definition = (processId: string): SentMetric => ({
    name: 'journey.definition.info',
    kind: 'gauge',
    points: [
      {
        attributes: { process_id: processId, fingerprint: 'f-1', started_at: '2026-10-01T08:59:00Z' },
        to: NOW,
        asInt: 1n,
      },
    ],
  })

  test('is the instance of the resource, whose life is known when the SDK names the same', () => {
    const { told } = meant([resource(events(point('good', 1)), definition('pod-1'))])
    expect(told[0]?.told).toMatchObject({
      speaker: { id: 'pod-1', identified: true, startedAt: Date.parse('2026-10-01T08:59:00Z') },
      fingerprint: 'f-1',
    })
    expect(told[0]?.told.speaker).not.toHaveProperty('livesByStart')
  })

  test('has an alias when the SDK names another', () => {
    const { told } = meant([resource(events(point('good', 1)), definition('p-77'))])
    expect(told[0]).toMatchObject({ alias: 'p-77', told: { speaker: { id: 'pod-1', identified: false } } })
  })

  test('is the process of the SDK when the resource has no instance', () => {
    const { told } = meant([
      { attributes: { 'service.name': 'shop' }, metrics: [events(point('good', 1)), definition('p-77')] },
    ])
    expect(told[0]?.told.speaker).toMatchObject({ id: 'p-77', identified: true })
  })

  test('is one, though a body names its resource twice', () => {
    const { told } = meant([resource(events(point('good', 1))), resource(events(point('error', 2)))])
    expect(told).toMatchObject([{ told: { steps: [{ counts: [1, 0, 2, 0] }] } }])
  })

  test.each([
    ['no_service', { 'service.instance.id': 'pod-1' }, ''],
    ['no_instance', { 'service.name': 'shop' }, 'shop'],
    ['no_instance', { 'service.name': 'shop', 'service.instance.id': 'a b' }, 'shop'],
    ['foreign_service', { ...WHO, 'service.name': 'scan' }, 'scan'],
    ['unknown_service', { ...WHO, 'service.name': 'stranger' }, ''],
  ] as const)('is asked for: %s', (why, attributes, service) => {
    const permit = (name: string): Permission =>
      name === 'shop' ? 'granted' : name === 'scan' ? 'foreign_service' : 'unknown_service'
    const { told, refused, services } = meant([{ attributes, metrics: [events(point('good', 1))] }], permit)
    expect([told, refused, services]).toEqual([[], [why], [service]])
  })
})

describe('a point', () => {
  const deviant: readonly (readonly [string, Partial<SentMetric>, Partial<SentPoint>])[] = [
    ['not_a_sum', { kind: 'gauge' }, {}],
    ['not_a_sum', { kind: 'histogram' }, {}],
    ['not_a_sum', { monotonic: false }, {}],
    ['temporality', { temporality: 0 }, {}],
    ['no_value', {}, { flags: 1 }],
    ['not_finite', {}, { asDouble: Number.NaN }],
    ['not_finite', {}, { asDouble: Number.POSITIVE_INFINITY }],
    ['negative', {}, { asInt: -1n }],
    ['negative', {}, { asDouble: -0.5 }],
    ['fractional', {}, { asDouble: 0.5 }],
    ['overflow', {}, { asInt: 2n ** 53n }],
    ['overflow', {}, { asDouble: 2 ** 60 }],
    ['no_time', {}, { to: 0 }],
    ['attribute', {}, { attributes: { journey: 'checkout', step: 'pay', outcome: 'fine' } }],
    ['attribute', {}, { attributes: { journey: 'checkout', outcome: 'good' } }],
    ['attribute', {}, { attributes: { journey: 'check out', step: 'pay', outcome: 'good' } }],
  ]
  test.each(deviant)('is refused by name, and its neighbour counts: %s %o %o', (why, metric, rest) => {
    const wrong = point('good', 7, rest)
    const { asInt, ...withoutInt } = wrong
    const sent = rest.asDouble === undefined ? wrong : withoutInt
    const { told, refused } = meant([resource({ ...events(sent), ...metric }, events(point('slow', 2)))])
    expect(refused).toEqual([why])
    expect(told).toMatchObject([{ points: 1, told: { steps: [{ counts: [0, 2, 0, 0] }] } }])
    expect(asInt).toBeDefined()
  })

  test('without any value is refused', () => {
    const { asInt: _, ...none } = point('good', 1)
    expect(only({}, none).refused).toEqual(['no_value'])
  })

  test('may be a double that is whole', () => {
    const { asInt: _, ...none } = point('good', 1)
    expect(only({}, { ...none, asDouble: 5 }).told).toMatchObject([{ told: { steps: [{ counts: [5, 0, 0, 0] }] } }])
  })

  test('that stands in a body twice counts once', () => {
    const { told, refused } = only({}, point('good', 1), point('good', 9))
    expect(refused).toEqual(['repeated_series'])
    expect(told).toMatchObject([{ points: 1, told: { steps: [{ counts: [1, 0, 0, 0] }] } }])
  })

  test('of additions keeps its interval to the nanosecond', () => {
    const { told } = only({ temporality: 1 }, point('good', 3))
    expect(told).toMatchObject([
      {
        told: {
          points: [{ outcome: 'good', count: 3, from: BigInt(START) * 1_000_000n, to: BigInt(NOW) * 1_000_000n }],
        },
      },
    ])
  })
})

test.each(['journey.step.events', 'journey_step_events_total', 'journey_step_events'])(
  'the counter may be called %s',
  (name) => {
    expect(only({ name }, point('good', 3)).told).toHaveLength(1)
  },
)

test('other metrics are counted and left alone', () => {
  const { told, refused, read } = meant([
    resource({ name: 'http.server.duration', kind: 'histogram', points: [{}, {}, {}] }, { name: 'x', points: [{}] }),
  ])
  expect([told, refused, read.ok && read.push.ignored]).toEqual([[], [], 4])
})

test('a body with more points than may be taken at once is refused as a whole', () => {
  const { json, protobuf } = encodePush([resource(events(point('good', 1), point('slow', 1), point('error', 1)))])
  const reads: readonly PushRead[] = [decodeJson(json, 2), decodeProtobuf(protobuf, 2)]
  expect(reads).toMatchObject([
    { ok: false, reason: 'too_many' },
    { ok: false, reason: 'too_many' },
  ])
})

describe('JSON', () => {
  const read = (metric: object) =>
    decodeJson(Buffer.from(JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] })), 10)
  const sum = (dataPoint: object, rest: object = {}) =>
    read({ name: 'journey.step.events', sum: { dataPoints: [dataPoint], ...rest } })

  test.each([
    ['a text', { asInt: '9007199254740993' }, 9007199254740993n],
    ['a number', { asInt: 12 }, 12],
    ['a number in a text', { asDouble: '1e3' }, 1_000],
    ['null beside a double', { asInt: null, asDouble: 2 }, 2],
  ])('has counts as %s', (_, dataPoint, value) => {
    expect(sum(dataPoint)).toMatchObject({ push: { resources: [{ metrics: [{ points: [{ value }] }] }] } })
  })

  test('may name an enumeration', () => {
    expect(sum({ asInt: 1 }, { aggregationTemporality: 'AGGREGATION_TEMPORALITY_DELTA' })).toMatchObject({
      push: { resources: [{ metrics: [{ temporality: 'delta' }] }] },
    })
  })

  test.each([
    ['a text for a list', { resourceMetrics: 'x' }],
    ['a list for a request', []],
    [
      'an integer of a million digits',
      {
        resourceMetrics: [
          {
            scopeMetrics: [
              { metrics: [{ name: 'journey.step.events', sum: { dataPoints: [{ asInt: '9'.repeat(1_000_000) }] } }] },
            ],
          },
        ],
      },
    ],
    [
      'a negative time',
      {
        resourceMetrics: [
          {
            scopeMetrics: [{ metrics: [{ name: 'journey.step.events', sum: { dataPoints: [{ timeUnixNano: -1 }] } }] }],
          },
        ],
      },
    ],
  ])('of another shape is refused as a whole: %s', (_, document) => {
    expect(decodeJson(Buffer.from(JSON.stringify(document)), 10)).toMatchObject({ ok: false, reason: 'malformed' })
  })
})
