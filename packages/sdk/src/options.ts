import { resolve } from 'node:path'
import type { Outcome } from '@tabiji/core/journey'
import type { SdkProblem } from './dropped.ts'
import { createSpool, type Spool } from './spool.ts'

/**
 * What the SDK needs of a metrics registry: a `Registry` of `prom-client` 15, which the service brings along. The SDK
 * imports no metrics library itself, so it works with the copy and the version that the service already has.
 */
export interface MetricRegistry {
  /** OpenMetrics or the classic text format; asked anew at each scrape. */
  readonly contentType: string
  registerMetric(metric: object): void
  getSingleMetric(name: string): unknown
}

/** Where the final counters go when the process ends. */
export type HandOverOptions = {
  /** Address of the collector's ingest listener, such as `http://127.0.0.1:9465`; the path is added. */
  readonly url: string
  /** Ingest token of this service, sent as `Authorization: Bearer …`. It never appears in a message. */
  readonly token?: string
  /**
   * Milliseconds that a hand-over may take in all, its one repetition included.
   * @default 3000
   */
  readonly timeoutMs?: number
  /**
   * Folder in which final counters wait that could not be handed over: when `close()` finds no collector, when the process
   * exits without it, and at an uncaught exception. The next process with the same folder and service hands them over.
   * It must outlive the process (on a container: a volume). Services may share it. It holds no token.
   * @default none: counters that cannot be handed over are lost, and the collector declares them as in doubt
   */
  readonly spool?: string
}

/** Both clocks that the SDK reads. */
export type TimeSource = {
  /** Monotonic milliseconds; durations are differences of it. */
  now(): number
  /** Milliseconds since the Unix epoch, for what is told to others. */
  epoch(): number
}

/** An event as it was booked. */
export type BookedEvent = {
  readonly journey: string
  readonly step: string
  readonly outcome: Outcome
  /** Time on the step's clock. */
  readonly elapsedMs: number
  /** What `fail()` or `exclude()` was told. */
  readonly reason?: string
}

/** Measuring in a cluster of `node:cluster`. */
export type ClusterOptions = {
  /**
   * Milliseconds between two messages of a worker. What a worker counted since its last one is lost when it is killed.
   * @default 1000
   */
  readonly intervalMs?: number
}

export type RecorderOptions = {
  /** The registry that the service's `/metrics` prints. */
  readonly registry: MetricRegistry
  /** The service's name, the one by which the collector knows this target. */
  readonly service: string
  /** @default none: nothing is handed over, and what happens after the last scrape is lost */
  readonly handOver?: HandOverOptions
  /**
   * One process to the outside, for `node:cluster`: give it in the primary and in the workers alike. Workers then register
   * nothing and tell their counters to the primary, which exposes the sum, keeps what workers counted that are gone, and
   * hands it over. The primary must make its recorder before it forks. In a process without a cluster it changes nothing.
   * @default none: each process speaks for itself
   */
  readonly cluster?: ClusterOptions
  /**
   * Told about every request and job that was booked, with the reason that no label carries: for a log, a span or a
   * test. Runs inside the request; its errors are ignored.
   * @default none
   */
  readonly onEvent?: (event: BookedEvent) => void
  /**
   * Told what the SDK could not do, at most once a minute per kind. Its errors are ignored.
   * @default none: the SDK prints nothing
   */
  readonly onProblem?: (problem: SdkProblem) => void
  /**
   * For tests that move the clock themselves.
   * @default the process's monotonic clock and the system's date
   */
  readonly time?: TimeSource
}

/** The token is a function, so that nothing can print it by accident. */
export type HandOverTarget = {
  readonly url: URL
  readonly token?: () => string
  readonly timeoutMs: number
  readonly spool?: Spool
}

/** Options with their defaults in place. */
export type ResolvedOptions = {
  readonly registry: MetricRegistry
  readonly service: string
  readonly handOver: HandOverTarget | undefined
  /** Milliseconds between a worker's messages; undefined without a cluster. */
  readonly clusterIntervalMs: number | undefined
  readonly onEvent: ((event: BookedEvent) => void) | undefined
  readonly onProblem: ((problem: SdkProblem) => void) | undefined
  readonly time: TimeSource
}

const HAND_OVER_TIMEOUT_MS = 3000
const CLUSTER_INTERVAL_MS = 1000
const SYSTEM_TIME: TimeSource = { now: () => performance.now(), epoch: () => Date.now() }

/**
 * Checks and copies the options, so that a later change of the caller's object changes nothing.
 * @throws Error when a service cannot be measured with them: this happens while it starts, before any request.
 */
export function resolveOptions(options: RecorderOptions, handOverPath: string): ResolvedOptions {
  if (options.service === '') throw new Error('Expected `service` to be the name of this service, got an empty text.')
  return {
    registry: options.registry,
    service: options.service,
    handOver: options.handOver === undefined ? undefined : resolveHandOver(options.handOver, handOverPath),
    clusterIntervalMs: options.cluster === undefined ? undefined : resolveInterval(options.cluster),
    onEvent: options.onEvent,
    onProblem: options.onProblem,
    time: options.time ?? SYSTEM_TIME,
  }
}

function resolveInterval({ intervalMs = CLUSTER_INTERVAL_MS }: ClusterOptions): number {
  if (intervalMs >= 10 && intervalMs <= 60_000) return intervalMs
  throw new Error(`Expected \`cluster.intervalMs\` to be from 10 to 60000, got ${intervalMs}.`)
}

function resolveHandOver(options: HandOverOptions, path: string): HandOverTarget {
  const { url, token, timeoutMs = HAND_OVER_TIMEOUT_MS, spool } = options
  // Neither address nor token is repeated in a message: an address may carry credentials.
  const target = URL.canParse(url) ? new URL(url) : undefined
  if (target === undefined || !/^https?:$/.test(target.protocol) || target.username !== '' || target.password !== '') {
    throw new Error('Expected `handOver.url` to be an absolute http or https address without credentials.')
  }
  if (token !== undefined && !/^[\x21-\x7e]+$/.test(token)) {
    throw new Error('Expected `handOver.token` to be printable ASCII without spaces.')
  }
  if (!(timeoutMs > 0 && timeoutMs <= 60_000)) {
    throw new Error(`Expected \`handOver.timeoutMs\` to be above 0 and at most 60000, got ${timeoutMs}.`)
  }
  if (spool === '') throw new Error('Expected `handOver.spool` to be a folder, got an empty text.')
  target.pathname = `${target.pathname.replace(/\/+$/, '')}${path}`
  return {
    url: target,
    timeoutMs,
    ...(token === undefined ? {} : { token: () => token }),
    // Absolute from the start, so that a change of the working directory moves nothing.
    ...(spool === undefined ? {} : { spool: createSpool(resolve(spool)) }),
  }
}
