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
 * Reads the JSON form of a push: the names of the protocol in lowerCamelCase, 64-bit numbers as texts or numbers, enumerations
 * as numbers or names. What is unknown is left alone.
 *
 * @param mostPoints data points of our metrics that are taken at once
 */
export function decodeJson(body: Uint8Array, mostPoints: number): PushRead {
  return attempt(() => {
    const counter = createCounter(mostPoints)
    const resources: Resource[] = []
    let ignored = 0
    const request = objectOf(JSON.parse(utf8.decode(body)))
    for (const each of listOf(request['resourceMetrics'])) {
      const { resource = {}, scopeMetrics } = objectOf(each)
      const metrics: Metric[] = []
      for (const scope of listOf(scopeMetrics)) {
        for (const metric of listOf(objectOf(scope)['metrics'])) {
          const read = readMetric(objectOf(metric), counter)
          if (typeof read === 'number') ignored += read
          else if (read.points.length > 0) metrics.push(read)
        }
      }
      const attributes = attributesOf(objectOf(resource ?? {})['attributes'])
      if (metrics.length > 0) resources.push({ attributes, metrics })
    }
    return { resources, ignored }
  }, 'JSON')
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

type Fields = Readonly<Record<string, unknown>>

function objectOf(value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw new TypeError('Expected an object')
}

/** What is absent or null is an empty list, as protobuf's JSON has it. */
function listOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value
  throw new TypeError('Expected a list')
}

function attributesOf(value: unknown): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>()
  for (const each of listOf(value)) {
    const { key, value: any } = objectOf(each)
    const told = any === undefined || any === null ? undefined : objectOf(any)['stringValue']
    if (typeof key === 'string' && isKept(key) && typeof told === 'string') attributes.set(key, told)
  }
  return attributes
}

const KINDS: readonly (readonly [key: string, kind: Metric['kind']])[] = [
  ['sum', 'sum'],
  ['gauge', 'gauge'],
  ['histogram', 'other'],
  ['exponentialHistogram', 'other'],
  ['summary', 'other'],
]

/** @returns the metric, or of one that is not ours how many data points it has */
function readMetric(metric: Fields, counter: Counter): Metric | number {
  const [key, kind] = KINDS.find(([name]) => metric[name] !== undefined && metric[name] !== null) ?? []
  if (key === undefined || kind === undefined) return 0
  const data = objectOf(metric[key])
  const told = listOf(data['dataPoints'])
  const meaning = typeof metric['name'] === 'string' ? meaningOf(metric['name']) : undefined
  if (meaning === undefined) return told.length
  const points = told.map((point) => {
    counter.count()
    return kind === 'other' ? UNREAD_POINT : readPoint(objectOf(point))
  })
  const temporality = temporalityOf(data['aggregationTemporality'])
  return { meaning, kind, temporality, monotonic: data['isMonotonic'] === true, points }
}

function temporalityOf(value: unknown): Metric['temporality'] {
  if (typeof value === 'number') return TEMPORALITIES[value] ?? 'unspecified'
  return TEMPORALITIES.find((name) => value === `AGGREGATION_TEMPORALITY_${name.toUpperCase()}`) ?? 'unspecified'
}

function readPoint(point: Fields): Point {
  const { asInt, asDouble, flags } = point
  const value = asInt === undefined || asInt === null ? doubleOf(asDouble) : integerOf(asInt)
  return {
    attributes: attributesOf(point['attributes']),
    from: timeOf(point['startTimeUnixNano']),
    to: timeOf(point['timeUnixNano']),
    ...(value !== undefined && { value }),
    empty: typeof flags === 'number' && (flags & NO_RECORDED_VALUE) !== 0,
  }
}

/** Sixty-four bits have at most twenty digits; a longer text would take long to read. */
const INTEGER = /^-?\d{1,20}$/

/** A number that is too large to be exact, or has a fraction, stays one: what it means is decided later. */
function integerOf(value: unknown): bigint | number {
  if (typeof value === 'string' && INTEGER.test(value)) return BigInt(value)
  if (typeof value === 'number') return value
  throw new TypeError('Expected a 64-bit number')
}

function timeOf(value: unknown): bigint {
  if (value === undefined || value === null) return 0n
  const time = integerOf(value)
  const exact = typeof time === 'number' && Number.isInteger(time) ? BigInt(time) : time
  if (typeof exact === 'bigint' && exact >= 0n && exact < 1n << 64n) return exact
  throw new TypeError('Expected a time in nanoseconds')
}

const NOT_FINITE: readonly unknown[] = ['NaN', 'Infinity', '-Infinity']

function doubleOf(value: unknown): number | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value === 'number') return value
  if (NOT_FINITE.includes(value)) return Number(value)
  if (typeof value === 'string' && value.length <= 40 && value.trim() !== '' && !Number.isNaN(Number(value))) {
    return Number(value)
  }
  throw new TypeError('Expected a number')
}
