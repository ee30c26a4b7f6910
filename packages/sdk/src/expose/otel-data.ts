import type { Families, HistogramFamily, NumberFamily } from './families.ts'

/** Seconds since the Unix epoch and nanoseconds, as OpenTelemetry's SDK states a time. */
type HrTime = [seconds: number, nanoseconds: number]

type Point<Value> = {
  readonly startTime: HrTime
  readonly endTime: HrTime
  readonly attributes: Record<string, string>
  readonly value: Value
}

type Base = {
  readonly descriptor: {
    readonly name: string
    readonly description: string
    readonly unit: string
    readonly valueType: typeof INT | typeof DOUBLE
  }
  readonly aggregationTemporality: typeof CUMULATIVE
}

type Histogram = {
  readonly buckets: { readonly boundaries: number[]; readonly counts: number[] }
  readonly sum: number
  readonly count: number
}

/** A metric as `@opentelemetry/sdk-metrics` 2 and 3 state it; the numbers are the values of its enums. */
export type MetricData = Base &
  (
    | { readonly dataPointType: typeof SUM; readonly isMonotonic: true; readonly dataPoints: Point<number>[] }
    | { readonly dataPointType: typeof GAUGE; readonly dataPoints: Point<number>[] }
    | { readonly dataPointType: typeof HISTOGRAM; readonly dataPoints: Point<Histogram>[] }
  )

const INT = 0
const DOUBLE = 1
const CUMULATIVE = 1
const HISTOGRAM = 0
const GAUGE = 2
const SUM = 3

/**
 * Everything that a recorder counted, as OpenTelemetry's SDK would state it had it counted: cumulative, monotonic, since
 * the recorder's start.
 * @param startedAt milliseconds since the Unix epoch, as `now`
 */
export function metricDataOf(families: Families, startedAt: number, now: number): MetricData[] {
  const times = { startTime: hrTimeOf(startedAt), endTime: hrTimeOf(now) }
  return Object.values(families).map((family) =>
    family.type === 'histogram' ? histogramData(family, times) : numberData(family, times),
  )
}

type Times = { readonly startTime: HrTime; readonly endTime: HrTime }

function numberData(family: NumberFamily, times: Times): MetricData {
  const dataPoints = family.read().map(({ labels, value }) => ({ ...times, attributes: { ...labels }, value }))
  const base = { ...baseOf(family, INT), dataPoints }
  return family.type === 'counter'
    ? { ...base, dataPointType: SUM, isMonotonic: true }
    : { ...base, dataPointType: GAUGE }
}

function histogramData(family: HistogramFamily, times: Times): MetricData {
  const dataPoints = family.read().map(({ labels, buckets, count, sum }) => ({
    ...times,
    attributes: { ...labels },
    value: { buckets: { boundaries: [...family.edges], counts: [...buckets] }, sum, count },
  }))
  return { ...baseOf(family, DOUBLE), dataPointType: HISTOGRAM, dataPoints }
}

function baseOf({ otelName, help, unit }: NumberFamily | HistogramFamily, valueType: typeof INT | typeof DOUBLE): Base {
  return {
    descriptor: { name: otelName, description: help, unit, valueType },
    aggregationTemporality: CUMULATIVE,
  }
}

function hrTimeOf(ms: number): HrTime {
  const seconds = Math.floor(ms / 1000)
  return [seconds, Math.round((ms - seconds * 1000) * 1e6)]
}
