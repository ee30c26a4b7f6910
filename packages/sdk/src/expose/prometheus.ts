import type { Exemplar } from '../event/exemplars.ts'
import type { Families, HistogramFamily, NumberFamily } from './families.ts'
import type { MetricRegistry } from './registry.ts'

type Labels = Readonly<Record<string, string | number>>

type Sample = {
  readonly metricName?: string
  readonly labels: Labels
  /** Labels whose text the printer keeps by their object: those of a series are the same object at every scrape. */
  readonly sharedLabels?: Labels
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
  const read = (as: string, values: Sample[]): MetricObject => ({ name: as, help, type, aggregator: 'sum', values })
  return {
    name,
    get: async () => read(name, samples()),
    getForPromString: async () => read(printedName(registry, name, type), samples().map(forPrinter)),
    // The counters of a process only grow, which is what makes a repeated reading harmless. So they are not reset.
    reset: () => undefined,
  }
}

const NO_LABELS: Labels = {}

function forPrinter({ labels, metricName, value, exemplar }: Sample): Sample {
  return { labels: NO_LABELS, sharedLabels: labels, value, exemplar, ...(metricName !== undefined && { metricName }) }
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
  const [bucketName, sumName, countName] = [`${name}_bucket`, `${name}_sum`, `${name}_count`]
  const bounds: readonly (number | string)[] = [...edges, '+Inf']
  /** The labels of a series' buckets, by the series' own. */
  const bounded = new Map<Labels, readonly Labels[]>()
  const boundedBy = (labels: Labels): readonly Labels[] => {
    const known = bounded.get(labels) ?? bounds.map((le) => ({ le, ...labels }))
    bounded.set(labels, known)
    return known
  }
  return () =>
    family.read().flatMap(({ labels, buckets, count, sum, exemplarOf }) => {
      let below = 0
      const cumulative = boundedBy(labels).map((each, bucket): Sample => {
        below += buckets[bucket] ?? 0
        const exemplar = exemplarOf(bucket)
        return {
          metricName: bucketName,
          labels: each,
          value: below,
          exemplar: exemplar === undefined ? undefined : printed(exemplar, exemplar.elapsedMs / 1000),
        }
      })
      return [
        ...cumulative,
        { metricName: sumName, labels, value: sum },
        { metricName: countName, labels, value: count },
      ]
    })
}

function printed({ traceId, spanId, at }: Exemplar, value: number): PrintedExemplar {
  const labelSet = { trace_id: traceId, ...(spanId === undefined ? {} : { span_id: spanId }) }
  return { labelSet, value, timestamp: at / 1000 }
}
