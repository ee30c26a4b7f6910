import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'

/** A data point as a sender knows it. Times in milliseconds. */
export type SentPoint = {
  readonly attributes?: Readonly<Record<string, string>>
  readonly from?: number
  readonly to?: number
  readonly asInt?: bigint
  readonly asDouble?: number
  readonly flags?: number
}
export type SentMetric = {
  readonly name: string
  readonly kind?: 'sum' | 'gauge' | 'histogram'
  readonly temporality?: 0 | 1 | 2
  readonly monotonic?: boolean
  readonly points: readonly SentPoint[]
}
export type SentResource = {
  readonly attributes: Readonly<Record<string, string>>
  readonly metrics: readonly SentMetric[]
}

/** The same request in both encodings of OTLP/HTTP. */
export function encodePush(resources: readonly SentResource[]): { readonly json: Buffer; readonly protobuf: Buffer } {
  return {
    json: Buffer.from(JSON.stringify({ resourceMetrics: resources.map(resourceJson) })),
    protobuf: Buffer.from(message(...resources.map((each) => field(1, resourceBytes(each))))),
  }
}

const nanoseconds = (ms: number) => BigInt(Math.round(ms)) * 1_000_000n

function resourceJson({ attributes, metrics }: SentResource): object {
  return {
    resource: { attributes: attributesJson(attributes) },
    scopeMetrics: [{ scope: { name: 'test' }, metrics: metrics.map(metricJson) }],
  }
}

function attributesJson(attributes: Readonly<Record<string, string>>): object {
  return Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } }))
}

function metricJson({ name, kind = 'sum', temporality = 2, monotonic = true, points }: SentMetric): object {
  const dataPoints = points.map(({ attributes = {}, from = 0, to = 0, asInt, asDouble, flags }) => ({
    attributes: attributesJson(attributes),
    startTimeUnixNano: String(nanoseconds(from)),
    timeUnixNano: String(nanoseconds(to)),
    ...(asInt !== undefined && { asInt: String(asInt) }),
    ...(asDouble !== undefined && { asDouble: Number.isFinite(asDouble) ? asDouble : String(asDouble) }),
    ...(flags !== undefined && { flags }),
  }))
  const sum = { aggregationTemporality: temporality, isMonotonic: monotonic }
  return { name, unit: '1', [kind]: { ...(kind === 'sum' && sum), dataPoints } }
}

type Field = (writer: BinaryWriter) => void

function message(...fields: readonly Field[]): Uint8Array {
  const writer = new BinaryWriter()
  for (const write of fields) write(writer)
  return writer.finish()
}

const field =
  (number: number, inner: Uint8Array): Field =>
  (writer) =>
    writer.tag(number, WireType.LengthDelimited).bytes(inner)
const text =
  (number: number, value: string): Field =>
  (writer) =>
    writer.tag(number, WireType.LengthDelimited).string(value)

function attributeFields(number: number, attributes: Readonly<Record<string, string>>): readonly Field[] {
  return Object.entries(attributes).map(([key, value]) =>
    field(number, message(text(1, key), field(2, message(text(1, value))))),
  )
}

function resourceBytes({ attributes, metrics }: SentResource): Uint8Array {
  const scope = message(field(1, message(text(1, 'test'))), ...metrics.map((metric) => field(2, metricBytes(metric))))
  return message(field(1, message(...attributeFields(1, attributes))), field(2, scope))
}

const NUMBERS = { gauge: 5, sum: 7, histogram: 9 } as const

function metricBytes({ name, kind = 'sum', temporality = 2, monotonic = true, points }: SentMetric): Uint8Array {
  const data = message(
    ...points.map((point) => field(1, pointBytes(point))),
    (writer) => kind === 'sum' && writer.tag(2, WireType.Varint).int32(temporality),
    (writer) => kind === 'sum' && writer.tag(3, WireType.Varint).bool(monotonic),
  )
  // The data before the name: their order is free.
  return message(field(NUMBERS[kind], data), text(1, name), text(3, '1'))
}

function pointBytes({ attributes = {}, from = 0, to = 0, asInt, asDouble, flags }: SentPoint): Uint8Array {
  return message(
    (writer) => writer.tag(2, WireType.Bit64).fixed64(nanoseconds(from)),
    (writer) => writer.tag(3, WireType.Bit64).fixed64(nanoseconds(to)),
    (writer) => asDouble !== undefined && writer.tag(4, WireType.Bit64).double(asDouble),
    (writer) => asInt !== undefined && writer.tag(6, WireType.Bit64).sfixed64(asInt),
    ...attributeFields(7, attributes),
    (writer) => flags !== undefined && writer.tag(8, WireType.Varint).uint32(flags),
  )
}
