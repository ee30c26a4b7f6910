import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import {
  attempt,
  type Counter,
  createCounter,
  isKept,
  type Metric,
  meaningOf,
  NO_RECORDED_VALUE,
  type Point,
  type PushRead,
  type Resource,
  TEMPORALITIES,
  UNREAD_POINT,
} from './push.ts'

/**
 * Reads the binary form of a push. The field numbers are those of opentelemetry-proto 1.x (`metrics/v1/metrics.proto`,
 * `common/v1/common.proto`); what does not concern us is stepped over without being decoded.
 *
 * @param mostPoints data points of our metrics that are taken at once
 */
export function decodeProtobuf(body: Uint8Array, mostPoints: number): PushRead {
  return attempt(() => {
    const counter = createCounter(mostPoints)
    const resources: Resource[] = []
    let ignored = 0
    eachField(body, {
      1: bytes((message) => {
        const found = resourceMetrics(message, counter)
        ignored += found.ignored
        if (found.resource.metrics.length > 0) resources.push(found.resource)
      }),
    })
    return { resources, ignored }
  }, 'protobuf')
}

type Field = { readonly wire: WireType; readonly read: (reader: BinaryReader) => void }

/** Reads the fields that are named by number; steps over others. Every length is checked by the reader. */
function eachField(message: Uint8Array, fields: Readonly<Record<number, Field>>): void {
  const reader = new BinaryReader(message)
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag()
    const field = fields[number]
    if (field === undefined) reader.skip(wire, number)
    else if (field.wire === wire) field.read(reader)
    else throw new Error('Expected the wire type of the field')
  }
  if (reader.pos > reader.len) throw new RangeError('Expected another byte')
}

const bytes = (take: (message: Uint8Array) => void): Field => ({
  wire: WireType.LengthDelimited,
  read: (reader) => take(reader.bytes()),
})

const text = (take: (value: string) => void): Field => ({
  wire: WireType.LengthDelimited,
  read: (reader) => take(reader.string(true)),
})

const varint = (take: (value: number) => void): Field => ({
  wire: WireType.Varint,
  read: (reader) => take(reader.int32()),
})

const fixed = (take: (reader: BinaryReader) => void): Field => ({ wire: WireType.Bit64, read: take })

function resourceMetrics(message: Uint8Array, counter: Counter): { resource: Resource; ignored: number } {
  const attributes = new Map<string, string>()
  const metrics: Metric[] = []
  let ignored = 0
  const metric = bytes((inner) => {
    const read = readMetric(inner, counter)
    if (typeof read === 'number') ignored += read
    else if (read.points.length > 0) metrics.push(read)
  })
  eachField(message, {
    1: bytes((resource) => eachField(resource, { 1: attribute(attributes) })),
    2: bytes((scope) => eachField(scope, { 2: metric })),
  })
  return { resource: { attributes, metrics }, ignored }
}

/** Keeps an attribute whose key is ours, when its value is a text. Later ones of a key win, as in any protobuf map. */
function attribute(into: Map<string, string>): Field {
  return bytes((pair) => {
    let key = ''
    let value: string | undefined
    eachField(pair, {
      1: text((told) => {
        key = told
      }),
      2: bytes((any) =>
        eachField(any, {
          1: text((told) => {
            value = told
          }),
        }),
      ),
    })
    if (isKept(key) && value !== undefined) into.set(key, value)
  })
}

/** By field number. All of them hold their data points in field 1. */
const KINDS: Readonly<Record<number, Metric['kind']>> = { 5: 'gauge', 7: 'sum', 9: 'other', 10: 'other', 11: 'other' }

/** @returns the metric, or of one that is not ours how many data points it has */
function readMetric(message: Uint8Array, counter: Counter): Metric | number {
  let name = ''
  // The name may follow the data, so the data wait for it.
  let data: { readonly kind: Metric['kind']; readonly message: Uint8Array } | undefined
  const dataOf = (number: number) =>
    bytes((inner) => {
      data = { kind: KINDS[number] ?? 'other', message: inner }
    })
  eachField(message, {
    1: text((told) => {
      name = told
    }),
    ...Object.fromEntries(Object.keys(KINDS).map((number) => [number, dataOf(Number(number))])),
  })
  if (data === undefined) return 0
  const meaning = meaningOf(name)
  const { kind, message: inner } = data
  const points: Point[] = []
  if (meaning === undefined) return countPoints(inner, () => {})
  if (kind === 'other') countPoints(inner, () => points.push(UNREAD_POINT), counter)
  let temporality: Metric['temporality'] = 'unspecified'
  let monotonic = false
  if (kind !== 'other') {
    eachField(inner, {
      1: bytes((point) => {
        counter.count()
        points.push(readPoint(point))
      }),
      ...(kind === 'sum' && {
        2: varint((told) => {
          temporality = TEMPORALITIES[told] ?? 'unspecified'
        }),
        3: varint((told) => {
          monotonic = told !== 0
        }),
      }),
    })
  }
  return { meaning, kind, temporality, monotonic, points }
}

function countPoints(data: Uint8Array, each: () => void, counter?: Counter): number {
  let points = 0
  eachField(data, {
    1: bytes(() => {
      points++
      counter?.count()
      each()
    }),
  })
  return points
}

function readPoint(message: Uint8Array): Point {
  const attributes = new Map<string, string>()
  const point: { from: bigint; to: bigint; value?: number | bigint; empty: boolean } = { ...UNREAD_POINT }
  eachField(message, {
    2: fixed((reader) => {
      point.from = BigInt(reader.fixed64())
    }),
    3: fixed((reader) => {
      point.to = BigInt(reader.fixed64())
    }),
    4: fixed((reader) => {
      point.value = reader.double()
    }),
    6: fixed((reader) => {
      point.value = BigInt(reader.sfixed64())
    }),
    7: attribute(attributes),
    8: varint((flags) => {
      point.empty = (flags & NO_RECORDED_VALUE) !== 0
    }),
  })
  return { ...point, attributes }
}
