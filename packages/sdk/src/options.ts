import type { ContextOptions } from './context/context.ts'
import type { BookedEvent } from './event/booked-event.ts'
import type { SdkProblem } from './event/dropped.ts'
import type { TimeSource } from './event/time-source.ts'
import type { TraceIds } from './event/trace.ts'
import type { MetricRegistry } from './expose/registry.ts'
import type { ClusterOptions } from './process/cluster.ts'
import { type HandOverOptions, type HandOverTarget, resolveHandOver } from './process/target.ts'
import { type CoverageOptions, resolveCoverage } from './traffic/coverage.ts'
import { type LearnTarget, learnTargetOf } from './traffic/learn.ts'

export type RecorderOptions = {
  /**
   * The registry that the service's `/metrics` prints.
   * @default none: the counts leave by `otel`, or at the end by `handOver`
   */
  readonly registry?: MetricRegistry
  /**
   * Says that `@tabiji/sdk/otel` reads this recorder, so that one that nobody reads is an error at the start instead of a
   * silence later.
   * @default false
   */
  readonly otel?: boolean
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
  /** @default none: no journey is taken from another service, and none is told to one */
  readonly context?: ContextOptions
  /**
   * Keeps examples of the requests that belong to no journey, for `coverage()`: methods and paths, ids masked.
   * @default none: such requests are counted and nothing is kept of them
   */
  readonly coverage?: CoverageOptions
  /**
   * Told about every request and job that was booked, with the reason that no label carries: for a log, a span or a
   * test. Runs inside the request; its errors are ignored.
   * @default none
   */
  readonly onEvent?: (event: BookedEvent) => void
  /**
   * Names the trace in which an event begins, for the exemplars of slow and failed events. `@tabiji/sdk/otel` and
   * `@tabiji/sdk/node` bring their own. Asked once per event; its errors are ignored.
   * @default none: no exemplars
   */
  readonly activeTrace?: () => TraceIds | undefined
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

/** Options with their defaults in place. */
export type ResolvedOptions = {
  readonly registry: MetricRegistry | undefined
  readonly service: string
  readonly handOver: HandOverTarget | undefined
  /** Milliseconds between a worker's messages; undefined without a cluster. */
  readonly clusterIntervalMs: number | undefined
  /** How many examples of requests outside all journeys are kept. */
  readonly examples: number | undefined
  readonly context: ContextOptions
  /** Undefined unless the environment says that this process shall learn. */
  readonly learn: LearnTarget | undefined
  readonly onEvent: ((event: BookedEvent) => void) | undefined
  readonly activeTrace: (() => TraceIds | undefined) | undefined
  readonly onProblem: ((problem: SdkProblem) => void) | undefined
  readonly time: TimeSource
}

const CLUSTER_INTERVAL_MS = 1000
const SYSTEM_TIME: TimeSource = { now: () => performance.now(), epoch: () => Date.now() }

/**
 * Checks and copies the options, so that a later change of the caller's object changes nothing.
 * @throws Error when a service cannot be measured with them: this happens while it starts, before any request.
 */
export function resolveOptions(options: RecorderOptions, handOverPath: string): ResolvedOptions {
  if (options.service === '') throw new Error('Expected `service` to be the name of this service, got an empty text.')
  if (options.registry === undefined && options.otel !== true && options.handOver === undefined) {
    throw new Error(
      'Expected a way out for the counts: `registry` for /metrics, `otel: true` for @tabiji/sdk/otel, or `handOver`; got none.',
    )
  }
  return {
    registry: options.registry,
    service: options.service,
    handOver: options.handOver === undefined ? undefined : resolveHandOver(options.handOver, handOverPath),
    clusterIntervalMs: options.cluster === undefined ? undefined : resolveInterval(options.cluster),
    examples: options.coverage === undefined ? undefined : resolveCoverage(options.coverage),
    context: options.context ?? {},
    learn: learnTargetOf(process.env),
    onEvent: options.onEvent,
    activeTrace: options.activeTrace,
    onProblem: options.onProblem,
    time: options.time ?? SYSTEM_TIME,
  }
}

function resolveInterval({ intervalMs = CLUSTER_INTERVAL_MS }: ClusterOptions): number {
  if (intervalMs >= 10 && intervalMs <= 60_000) return intervalMs
  throw new Error(`Expected \`cluster.intervalMs\` to be from 10 to 60000, got ${intervalMs}.`)
}
