import { type HistogramPoint, type NumberPoint, type OtlpMetric, textOf } from './otlp.ts'

/** `name{label="value",…}`, the labels in order, → value. */
export type Series = ReadonlyMap<string, number>

/** The series of a text in the exposition format; comments and exemplars are left out. */
export function seriesOfText(text: string): Series {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const [, name = '', labels = '', value = ''] = /^(\w+)\{(.*?)\} (\S+)/.exec(line) ?? []
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', text = '']) => [key, text] as const)
      return [keyOf(name, Object.fromEntries(pairs)), Number(value)] as const
    }),
  )
}

/**
 * The series that OTLP metrics become in Prometheus by OpenTelemetry's compatibility rules: other characters become
 * underscores, the unit is appended, then `_total` to monotonic sums; buckets become cumulative.
 */
export function seriesOfPush(metrics: readonly OtlpMetric[]): Series {
  return new Map(metrics.flatMap((metric) => translated(metric)))
}

const UNITS: Readonly<Record<string, string>> = { s: '_seconds', '': '', '{event}': '' }

function translated({ name, unit = '', sum, gauge, histogram }: OtlpMetric): [string, number][] {
  const suffix = UNITS[unit]
  if (suffix === undefined) throw new Error(`Expected a unit that this test translates, got ${unit}.`)
  const base = `${name.replaceAll(/[^A-Za-z0-9_]/g, '_')}${suffix}`
  if (histogram) return histogram.dataPoints.flatMap((point) => ofHistogram(base, point))
  if (sum) return sum.dataPoints.map((point) => ofNumber(sum.isMonotonic ? `${base}_total` : base, point))
  return (gauge?.dataPoints ?? []).map((point) => ofNumber(base, point))
}

function ofNumber(name: string, { attributes, asInt, asDouble }: NumberPoint): [string, number] {
  return [keyOf(name, textOf(attributes)), Number(asInt ?? asDouble)]
}

function ofHistogram(name: string, point: HistogramPoint): [string, number][] {
  const labels = textOf(point.attributes)
  const bounds = [...point.explicitBounds.map(String), '+Inf']
  let below = 0
  const buckets = bounds.map((le, i): [string, number] => {
    below += Number(point.bucketCounts[i])
    return [keyOf(`${name}_bucket`, { ...labels, le }), below]
  })
  return [...buckets, [keyOf(`${name}_sum`, labels), point.sum], [keyOf(`${name}_count`, labels), Number(point.count)]]
}

function keyOf(name: string, labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${value}"`)
  return `${name}{${pairs.sort().join(',')}}`
}
