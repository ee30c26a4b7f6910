import { type MetricData, metricDataOf } from './expose/otel-data.ts'
import { type JourneyMeter, observeNumbers, recordDurations } from './expose/otel-meter.ts'
import { type JourneySpan, tracerOfSpans } from './expose/otel-trace.ts'
import { type Parts, partsOf } from './parts.ts'
import type { Recorder } from './recorder.ts'
import { SDK_VERSION } from './version.ts'

export { withoutJourney } from './context/propagator.ts'
export type { JourneyMeter, JourneySpan, MetricData }

/** Any recorder, whatever its journeys are. */
type Measuring = Pick<Recorder, 'processId' | 'startedAt'>

/** What says to the collector who is speaking: the resource attributes that a process must have. */
export type JourneyResource = { readonly 'service.name': string; readonly 'service.instance.id': string }

/** A `MetricProducer` of `@opentelemetry/sdk-metrics`, for the option `metricProducers` of a reader. */
export type JourneyProducer = {
  /** Never rejects. */
  collect(): Promise<{ readonly resourceMetrics: ResourceMetrics; readonly errors: unknown[] }>
}

type ResourceMetrics = {
  /** Readers keep the resource of their own meter provider and leave this one out. */
  readonly resource: Resource
  readonly scopeMetrics: {
    readonly scope: { readonly name: string; readonly version: string }
    readonly metrics: MetricData[]
  }[]
}

interface Resource {
  readonly attributes: { [name: string]: string }
  merge<Other>(other: Other | null): Other | Resource
  getRawAttributes(): [string, string][]
}

/**
 * The recorder's counts as a metric producer: the same series, numbers, edges and start as on `/metrics`. It gives
 * cumulative numbers whatever temporality the exporter prefers. A worker of a cluster gives none; its primary does.
 * @throws Error for what is no recorder
 */
export function journeyProducer(recorder: Measuring): JourneyProducer {
  const parts = partsOf(recorder)
  const { families, identity, time, isWorker } = parts
  const startedAt = Date.parse(identity.startedAt)
  const scope = { name: '@tabiji/sdk', version: SDK_VERSION }
  const resource = resourceOf(parts)
  return {
    async collect() {
      const scopeMetrics = isWorker ? [] : [{ scope, metrics: metricDataOf(families, startedAt, time.epoch()) }]
      return { resourceMetrics: { resource, scopeMetrics }, errors: [] }
    },
  }
}

/**
 * The attributes that the meter provider's resource must have for the collector to know the process again: the service's
 * name, and the recorder's process id as the instance's.
 * @throws Error for what is no recorder
 */
export function journeyResource(recorder: Measuring): JourneyResource {
  const { service, identity } = partsOf(recorder)
  return { 'service.name': service, 'service.instance.id': identity.processId }
}

/**
 * The smaller path, where no reader of ours can be built: counts as observable instruments of a meter, read when they are
 * collected. Starts, resource, views and limits of series are then those of the meter's provider.
 * @param options `histogram`: also record each event's duration, which costs each event one call of the meter; counts only
 * what is booked from now on, in this process.
 * @returns a function that ends it
 * @throws Error for what is no recorder; for `histogram` where other processes of a cluster are in the counts
 */
export function observeJourneys(
  recorder: Measuring,
  meter: JourneyMeter,
  options: { readonly histogram?: boolean } = {},
): () => void {
  const { families, events, isWorker, isCluster } = partsOf(recorder)
  const { histogram = false } = options
  if (histogram && isCluster) {
    throw new Error(
      'Expected no `histogram` in a cluster: a meter would see the events of one process only. Use journeyProducer() in the primary.',
    )
  }
  if (isWorker) return () => undefined
  const endNumbers = observeNumbers(families, meter)
  const endDurations = histogram ? recordDurations(families, events, meter) : undefined
  return () => {
    endNumbers()
    endDurations?.()
  }
}

/**
 * Lets spans know their journey and step, and slow and failed events their trace: each event's span gets the attributes
 * `journey` and `step`, and `/metrics` in OpenMetrics shows the trace as an exemplar.
 * @param trace `trace` of `@opentelemetry/api`
 * @throws Error for what is no recorder
 */
export function traceJourneys(recorder: Measuring, trace: { getActiveSpan(): JourneySpan | undefined }): void {
  partsOf(recorder).events.traceBy(tracerOfSpans(() => trace.getActiveSpan()))
}

function resourceOf({ service, identity }: Parts): Resource {
  const attributes = { 'service.name': service, 'service.instance.id': identity.processId }
  const resource: Resource = {
    attributes,
    merge: (other) => other ?? resource,
    getRawAttributes: () => Object.entries(attributes),
  }
  return resource
}
