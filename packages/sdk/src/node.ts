import { setTimeout as pause } from 'node:timers/promises'
import { context, trace } from '@opentelemetry/api'
import { getRPCMetadata } from '@opentelemetry/core'
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto'
import {
  defaultResource,
  detectResources,
  envDetector,
  hostDetector,
  processDetector,
  resourceFromAttributes,
} from '@opentelemetry/resources'
import { PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics'
import { NodeSDK, type NodeSDKConfiguration } from '@opentelemetry/sdk-node'
import type { Definition } from '@tabiji/core/journey'
import { type JourneySpan, tracerOfSpans } from './expose/otel-trace.ts'
import type { RecorderOptions } from './options.ts'
import { journeyProducer, journeyResource } from './otel.ts'
import { type Parts, partsOf } from './parts.ts'
import { type HandOverOptions, type HandOverTarget, resolveHandOver } from './process/target.ts'
import { createRecorder, type Recorder } from './recorder.ts'

export type StartOptions = Omit<RecorderOptions, 'otel' | 'activeTrace' | 'handOver'> & {
  /** The collector's ingest listener: counts are pushed to its `/v1/metrics`, and handed over once more at the end. */
  readonly handOver: HandOverOptions
  /**
   * Milliseconds between two pushes.
   * @default 10000
   */
  readonly pushIntervalMs?: number
  /**
   * What else OpenTelemetry is to do in this process, such as `instrumentations` and `traceExporter`. Its resource gets the
   * service's name and the process id, its metric readers get ours beside them.
   * @default nothing: no traces and no logs are sent, unless OTEL_TRACES_EXPORTER or OTEL_LOGS_EXPORTER says so
   */
  readonly sdk?: Partial<NodeSDKConfiguration>
}

const METRICS_PATH = '/v1/metrics'
const PUSH_INTERVAL_MS = 10_000

let running: { readonly fingerprint: string; readonly service: string; readonly recorder: Recorder } | undefined

/**
 * Makes a recorder and starts OpenTelemetry around it, once per process: the counts are pushed to the collector, and spans
 * carry journey and step. `recorder.close()` and `closeOnSignals()` push the final numbers and end OpenTelemetry. Called
 * again with the same journeys and service it returns the recorder that is there.
 * @throws Error for options that cannot work, or when it has started with others, at start-up.
 */
export function startRecorder<J extends Definition>(journeys: J, options: StartOptions): Recorder<J> {
  const { service } = options
  if (running !== undefined) {
    if (running.fingerprint === journeys.fingerprint && running.service === service) return running.recorder
    throw new Error(
      `OpenTelemetry already pushes ${running.service} by the journeys ${running.fingerprint}; ` +
        `expected the same, got ${service} by ${journeys.fingerprint}.`,
    )
  }
  const intervalMs = resolveInterval(options.pushIntervalMs)
  const recorder = createRecorder(journeys, options)
  const parts = partsOf(recorder)
  const target = resolveHandOver(withoutSpool(options.handOver), METRICS_PATH)
  const sdk = new NodeSDK(configurationOf(recorder, target, intervalMs, options.sdk ?? {}))
  sdk.start()
  parts.events.traceBy(tracerOfSpans(() => spanOf(parts)))
  let ended: Promise<unknown> | undefined
  parts.atClose(() => {
    ended ??= within(target.timeoutMs, sdk.shutdown())
    return ended
  })
  running = { fingerprint: journeys.fingerprint, service, recorder }
  return recorder
}

function configurationOf(
  recorder: Pick<Recorder, 'processId' | 'startedAt'>,
  { url, token, timeoutMs }: HandOverTarget,
  intervalMs: number,
  given: Partial<NodeSDKConfiguration>,
): Partial<NodeSDKConfiguration> {
  const exporter = new OTLPMetricExporter({
    url: url.href,
    timeoutMillis: timeoutMs,
    ...(token === undefined ? {} : { headers: async () => ({ authorization: `Bearer ${token()}` }) }),
  })
  const reader = new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: intervalMs,
    exportTimeoutMillis: Math.min(timeoutMs, intervalMs),
    metricProducers: [journeyProducer(recorder)],
  })
  return {
    ...(tracesWanted(given) ? {} : { spanProcessors: [] }),
    ...(logsWanted(given) ? {} : { logRecordProcessors: [] }),
    ...given,
    metricReaders: [reader, ...(given.metricReaders ?? [])],
    resource: resourceOf(recorder, given),
    serviceName: partsOf(recorder).service,
    autoDetectResources: false,
  }
}

/**
 * What is detected comes first and ours last: an operator that sets `service.instance.id` in the environment names a
 * container, whose next process would then seem to count backwards.
 */
function resourceOf(recorder: Pick<Recorder, 'processId' | 'startedAt'>, given: Partial<NodeSDKConfiguration>) {
  const detectors = given.resourceDetectors ?? [envDetector, processDetector, hostDetector]
  const detected = given.autoDetectResources === false ? undefined : detectResources({ detectors })
  const ours = resourceFromAttributes({ ...journeyResource(recorder) })
  return (given.resource ?? defaultResource()).merge(detected ?? null).merge(ours)
}

function tracesWanted(given: Partial<NodeSDKConfiguration>): boolean {
  const { spanProcessors, spanProcessor, traceExporter } = given
  return (
    process.env['OTEL_TRACES_EXPORTER'] !== undefined ||
    (spanProcessors ?? spanProcessor ?? traceExporter) !== undefined
  )
}

function logsWanted(given: Partial<NodeSDKConfiguration>): boolean {
  const { logRecordProcessors, logRecordProcessor } = given
  return process.env['OTEL_LOGS_EXPORTER'] !== undefined || (logRecordProcessors ?? logRecordProcessor) !== undefined
}

/**
 * The span that an event stands for. A request's is the one that the http instrumentation opened: instrumented frameworks
 * run each middleware in a span of its own below it. Within an event that is going on, it is the active one.
 */
function spanOf({ current }: Parts): JourneySpan | undefined {
  const around = current.getStore()
  const isWithin = around?.rule !== undefined && !around.settled
  const request = isWithin ? undefined : getRPCMetadata(context.active())?.span
  return request ?? trace.getActiveSpan()
}

function withoutSpool({ spool: _, ...rest }: HandOverOptions): HandOverOptions {
  return rest
}

function resolveInterval(intervalMs = PUSH_INTERVAL_MS): number {
  if (intervalMs >= 100 && intervalMs <= 3_600_000) return intervalMs
  throw new Error(`Expected \`pushIntervalMs\` to be from 100 to 3600000, got ${intervalMs}.`)
}

async function within(ms: number, work: Promise<unknown>): Promise<void> {
  const ended = new AbortController()
  const limit = pause(ms, undefined, { signal: ended.signal }).catch(() => undefined)
  await Promise.race([work, limit]).finally(() => ended.abort())
}
