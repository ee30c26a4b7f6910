import type { Exemplar } from '../event/exemplars.ts'
import type { Families, HistogramFamily, NumberFamily } from './families.ts'
import type { MetricRegistry } from './registry.ts'

type Sample = {
  readonly metricName?: string
  readonly labels: Readonly<Record<string, string | number>>
  readonly value: number
  /** Printed in OpenMetrics only. */
  readonly exemplar?: PrintedExemplar | undefined
}

type PrintedExemplar = {
  readonly labelSet: Readonly<Record<string, string>>
  readonly value: number
  /** Seconds since the Unix epoch. */
  readonly timestamp: number
}

/** A metric in the form in which `prom-client` reads its own: printing calls `getForPromString`, all else `get`. */
type Metric = {
  /** Writable, because the registry strips `_total` from it when it prints OpenMetrics. */
  name: string
  get(): Promise<MetricObject>
  getForPromString(): Promise<MetricObject>
  reset(): void
}

type MetricObject = {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly aggregator: 'sum'
  readonly values: readonly Sample[]
}

/**
 * Registers metric objects that read the cells when they are scraped, so that recording an event costs no more than
 * adding to them.
 * @throws Error when the registry already has one of the names, before any is registered.
 */
export function expose(registry: MetricRegistry, families: Families): void {
  const all = Object.values(families)
  for (const { name } of all) {
    if (registry.getSingleMetric(name) !== undefined) {
      throw new Error(
        `The registry already has a metric \`${name}\`: another recorder, or another copy of the SDK, uses it.`,
      )
    }
  }
  for (const family of all) registry.registerMetric(readable(registry, family))
}

function readable(registry: MetricRegistry, family: NumberFamily | HistogramFamily): Metric {
  const { name, help, type } = family
  const samples = family.type === 'histogram' ? histogramOf(family) : numbersOf(family)
  const read = (as: string): MetricObject => ({ name: as, help, type, aggregator: 'sum', values: samples() })
  return {
    name,
    get: async () => read(name),
    getForPromString: async () => read(printedName(registry, name, type)),
    // The counters of a process only grow, which is what makes a repeated reading harmless. So they are not reset.
    reset: () => undefined,
  }
}

/** The OpenMetrics printer appends `_total` to counters itself, the classic printer prints the name as it is. */
function printedName(registry: MetricRegistry, name: string, type: MetricObject['type']): string {
  const appends = type === 'counter' && registry.contentType.startsWith('application/openmetrics-text')
  return appends ? name.replace(/_total$/, '') : name
}

function numbersOf(family: NumberFamily): () => Sample[] {
  return () =>
    family.read().map(({ labels, value, exemplar }) => ({
      labels,
      value,
      // One event, one step of the counter.
      exemplar: exemplar === undefined ? undefined : printed(exemplar, 1),
    }))
}

function histogramOf(family: HistogramFamily): () => Sample[] {
  const { name, edges } = family
  const bounds: readonly (number | string)[] = [...edges, '+Inf']
  return () =>
    family.read().flatMap(({ labels, buckets, count, sum, exemplarOf }) => {
      let below = 0
      const cumulative = bounds.map((le, bucket): Sample => {
        below += buckets[bucket] ?? 0
        const exemplar = exemplarOf(bucket)
        return {
          metricName: `${name}_bucket`,
          labels: { le, ...labels },
          value: below,
          exemplar: exemplar === undefined ? undefined : printed(exemplar, exemplar.elapsedMs / 1000),
        }
      })
      return [
        ...cumulative,
        { metricName: `${name}_sum`, labels, value: sum },
        { metricName: `${name}_count`, labels, value: count },
      ]
    })
}

function printed({ traceId, spanId, at }: Exemplar, value: number): PrintedExemplar {
  const labelSet = { trace_id: traceId, ...(spanId === undefined ? {} : { span_id: spanId }) }
  return { labelSet, value, timestamp: at / 1000 }
}
