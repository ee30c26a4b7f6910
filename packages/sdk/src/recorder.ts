import { AsyncLocalStorage } from 'node:async_hooks'
import cluster from 'node:cluster'
import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { type Definition, HAND_OVER_PATH, HAND_OVER_SCHEMA, type HandOver, type Outcome } from '@tabiji/core/journey'
import { createContext, type JourneyContext } from './context/context.ts'
import { createBorrowed } from './event/borrowed.ts'
import { createCandidates } from './event/candidates.ts'
import { createCells } from './event/cells.ts'
import { createDropped, createTelling } from './event/dropped.ts'
import { createEvents, type OpenEvent } from './event/events.ts'
import { createExemplars } from './event/exemplars.ts'
import { createRunner, type JobOptions, type JobScope } from './event/job.ts'
import { createProbed } from './event/probed.ts'
import { ruleFinder, rulesOf } from './event/rule.ts'
import { tracerOfIds } from './event/trace.ts'
import { familiesOf } from './expose/families.ts'
import { expose } from './expose/prometheus.ts'
import type { MetricRegistry } from './expose/registry.ts'
import { createFrameworks, type Frameworks } from './frameworks.ts'
import { createRequests, eventOf as eventOfResponse } from './http/requests.ts'
import { type RecorderOptions, type ResolvedOptions, resolveOptions } from './options.ts'
import { keepParts } from './parts.ts'
import { listenToWorkers, tellPrimary } from './process/cluster.ts'
import type { Closed } from './process/hand-over.ts'
import { type Counters, createClose, handOverSpooled } from './process/last-words.ts'
import { type ClosableServer, closeOnSignals, type ShutdownOptions } from './process/shutdown.ts'
import { type Coverage, coverageOf, createExamples } from './traffic/coverage.ts'
import { createLearning } from './traffic/learn.ts'
import type { Traffic } from './traffic/traffic.ts'
import type { JourneyOf, StepOf } from './typed-steps.ts'
import { SDK_VERSION } from './version.ts'

/** Measures the events of a service's journeys. Nothing it does throws into the service. */
export type Recorder<J extends Definition = Definition> = JourneyContext &
  Frameworks<J> & {
    /** Unique for this life of this process. */
    readonly processId: string
    /** ISO 8601: when the counters began at zero. */
    readonly startedAt: string
    /**
     * Runs a job as one event of a step. A thrown error is an `error` and is thrown on.
     * @returns what `job` returns.
     */
    run<Name extends JourneyOf<J>, T>(
      journey: Name,
      step: StepOf<J, Name>,
      job: (scope: JobScope) => T | PromiseLike<T>,
      options?: JobOptions,
    ): Promise<T>
    /**
     * Prepares booking of events that the service measures itself, such as messages of a socket.
     * @returns a function that books one event: its outcome and its duration in milliseconds. It allocates nothing.
     */
    tally<Name extends JourneyOf<J>>(
      journey: Name,
      step: StepOf<J, Name>,
    ): (outcome: Outcome, elapsedMs: number) => void
    /**
     * Makes the event that is going on an error, whatever its status will be. Found by the async context; pass the
     * response where that may have been lost, as in callbacks of pooled connections.
     */
    fail(reason: string, response?: ServerResponse): void
    /** Takes the event that is going on out of the numbers: it was not the service's doing. Found as by {@link fail}. */
    exclude(reason: string, response?: ServerResponse): void
    /**
     * Says how many requests of this process belong to a journey. It counts what passes the middleware, so that has to
     * stand before the routes.
     */
    coverage(): Coverage
    /**
     * Hands the final counters over, and pushes them where `@tabiji/sdk/node` pushes. Settles within the hand-over's time
     * limit and never rejects; says whether they were accepted. Called again it answers the same, unless events were
     * booked since, which are then handed over too.
     */
    close(): Promise<Closed>
    /**
     * Installs handlers for SIGTERM and SIGINT that stop the server, wait for open events, hand the counters over and let
     * the process end with 128 + n. Without this call the SDK touches no signal.
     * @returns a function that removes the handlers.
     */
    closeOnSignals(server: ClosableServer, options?: ShutdownOptions): () => void
  }

type Known = { readonly fingerprint: string; readonly service: string; readonly recorder: Recorder }
const known = new WeakMap<MetricRegistry, Known>()

/**
 * Sets up measuring. Called again for the same registry with the same journeys and service (a module loaded anew) it
 * returns the recorder that is there, so that no count is lost.
 * @throws Error for options that cannot work, or a registry that is taken by another definition, at start-up.
 */
export function createRecorder<J extends Definition>(journeys: J, options: RecorderOptions): Recorder<J> {
  const { registry, service } = options
  if (registry === undefined) return build(journeys, options)
  const before = known.get(registry)
  if (before === undefined) {
    const recorder = build(journeys, options)
    known.set(registry, { fingerprint: journeys.fingerprint, service, recorder })
    return recorder
  }
  if (before.fingerprint === journeys.fingerprint && before.service === service) return before.recorder
  throw new Error(
    `This registry already measures ${before.service} by the journeys ${before.fingerprint}; ` +
      `expected the same, got ${service} by ${journeys.fingerprint}.`,
  )
}

function build(definition: Definition, given: RecorderOptions): Recorder {
  const options = resolveOptions(given, HAND_OVER_PATH)
  const { time } = options
  const rules = rulesOf(definition)
  const cells = createCells(rules)
  const tell = createTelling(options.onProblem, () => time.now())
  const dropped = createDropped(tell)
  const borrowed = createBorrowed(options.context.borrowed ?? {}, rules, dropped)
  const exemplars = createExemplars(rules, cells)
  const candidates = createCandidates(rules)
  const probed = createProbed(options.context.trust?.probes === undefined ? [] : rules)
  const events = createEvents(cells, borrowed, time, dropped, options.onEvent, exemplars, candidates, probed)
  if (options.activeTrace !== undefined) events.traceBy(tracerOfIds(options.activeTrace))
  const current = new AsyncLocalStorage<OpenEvent>()
  const examples = createExamples(options.examples)
  const { learn, service } = options
  const learning = learn && createLearning(learn, service, time, (message) => tell('learn', message))
  const watches = learning === undefined ? examples.watches : [...examples.watches, learning.watch]
  const traffic: Traffic = { requests: 0, claimed: 0, watches }
  const context = createContext(options.context, { definition, current, dropped, time })
  const requests = createRequests(events, current, rules, traffic, context.fromRequest, context.isProbe)
  const run = createRunner(events, time, current, context.fromCarried)
  const find = ruleFinder(rules)
  const identity = {
    processId: randomUUID(),
    fingerprint: definition.fingerprint,
    sdkVersion: SDK_VERSION,
    startedAt: new Date(time.epoch()).toISOString(),
  }
  const member = { ...identity, service: options.service, cells, borrowed, candidates, dropped, exemplars, probed }
  const isCluster = options.clusterIntervalMs !== undefined
  const isWorker = isCluster && cluster.isWorker
  const families = familiesOf({ rules, cells, borrowed, candidates, dropped, exemplars, probed, identity })
  if (!isWorker && options.registry !== undefined) expose(options.registry, families)
  if (isCluster && !isWorker) listenToWorkers(member, tell)

  const unknown = (journey: string, step: string) =>
    dropped.add('unknown-step', `The journeys file declares no step "${step}" of "${journey}".`)
  const eventOf = (response: ServerResponse | undefined) =>
    response === undefined ? current.getStore() : eventOfResponse(response)
  const finalCounters = (): HandOver => ({
    schema: HAND_OVER_SCHEMA,
    service: options.service,
    at: new Date(time.epoch()).toISOString(),
    final: true,
    ...identity,
    steps: rules.map(({ journey, step, index }) => ({ journey, step, counts: cells.counts(index) })),
    ...(borrowed.pairs.length > 0 && {
      dependencies: borrowed.pairs.map((pair, i) => ({ ...pair, counts: borrowed.counts(i) })),
    }),
  })
  const handOver = isWorker
    ? tellPrimary(member, options.clusterIntervalMs, events.expire)
    : closing(options, { final: finalCounters, total: cells.total, expire: events.expire }, tell)
  const ends: (() => Promise<unknown>)[] = []
  const close = async (): Promise<Closed> => {
    const [closed] = await Promise.all([handOver(), Promise.allSettled(ends.map((end) => end()))])
    return closed
  }
  const atClose = (end: () => Promise<unknown>) => void ends.push(end)
  const parts = { service: options.service, identity, families, events, current, time, isWorker, isCluster, atClose }

  const recorder: Recorder = {
    ...context.forService,
    ...createFrameworks(definition, rules, requests, { find, unknown }),
    processId: identity.processId,
    startedAt: identity.startedAt,
    run(journey, step, job, jobOptions) {
      const rule = find(journey, step)
      if (rule === undefined) unknown(journey, step)
      return run(rule, job, jobOptions)
    },
    tally(journey, step) {
      const rule = find(journey, step)
      if (rule === undefined) return () => unknown(journey, step)
      return (outcome, elapsedMs) => events.tally(rule, outcome, elapsedMs)
    },
    fail: (reason, response) => events.mark(eventOf(response), 'fail', reason),
    exclude: (reason, response) => events.mark(eventOf(response), 'exclude', reason),
    coverage: () => coverageOf(traffic, examples.list()),
    close,
    closeOnSignals: (server, shutdown = {}) => closeOnSignals(server, events, close, shutdown),
  }
  keepParts(recorder, parts)
  return recorder
}

function closing(
  { handOver, service, time }: ResolvedOptions,
  counters: Counters,
  tell: (kind: 'hand-over' | 'spool', message: string) => void,
): () => Promise<Closed> {
  if (handOver === undefined) return async () => ({ accepted: false, reason: 'not-configured' })
  handOverSpooled(handOver, service, () => time.epoch(), tell)
  return createClose(handOver, counters, tell)
}
