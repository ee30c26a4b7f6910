import type { Outcome } from '@tabiji/core/journey'
import type { BookedEvent } from './booked-event.ts'
import type { Borrowed, Origin } from './borrowed.ts'
import type { Candidates } from './candidates.ts'
import type { Cells } from './cells.ts'
import { decide, type Ending } from './decide.ts'
import type { Dropped } from './dropped.ts'
import type { Exemplars } from './exemplars.ts'
import type { Probed } from './probed.ts'
import type { Rule } from './rule.ts'
import type { TimeSource } from './time-source.ts'
import { harmless, type Trace, type Tracer } from './trace.ts'

/** An event that is going on. One mutable record holds all that is known of it, and is what the verdict reads. */
export type OpenEvent = { -readonly [Key in keyof Ending]: Ending[Key] } & {
  /** Whose event it is: where several recorders see a request, that of the one which declared its step last. */
  owner: Events
  /** Undefined until the request has told which step it is; an event that never does is never booked. */
  rule: Rule | undefined
  /** On the monotonic clock, as all its times. */
  startedAt: number
  /** When the request's body had been received completely. */
  bodyAt: number | undefined
  /** When the answer's headers were sent; watched only for a step whose clock stops there. */
  headersAt: number | undefined
  /** Whether an error was thrown in the middle of the answer, where nothing could tell the client any more. */
  brokenOff: boolean
  /** Where a framework notes an error that was thrown, for those that tell nobody at the time. */
  context: { readonly error?: unknown } | undefined
  reason: string | undefined
  /** The journey of another service that it belongs to, where its word is taken. */
  origin: Origin | undefined
  /** A probe caused it, and proved that: it is counted apart. */
  probed: boolean
  /** The route's template, where the framework says it at the beginning of a request. */
  template: string | undefined
  settled: boolean
  /** The trace in which it began. Undefined without a tracer. */
  trace: Trace | undefined
}

/** The events that are going on, from their beginning to their verdict. */
export type Events = {
  /** Monotonic milliseconds. */
  now(): number
  begin(startedAt: number): OpenEvent
  /**
   * Declares the step. The last declaration wins, so that a route may be more precise than what stands before it; so does
   * the recorder that makes it, and the one before books nothing.
   */
  bind(event: OpenEvent, rule: Rule): void
  /** Lets go of an event that another recorder books. */
  release(event: OpenEvent): void
  /** Decides and books, once; later calls change nothing. */
  settle(event: OpenEvent, answer: Ending['answer'], status?: number): void
  /** Books an event that the service measured itself. */
  tally(rule: Rule, outcome: Outcome, elapsedMs: number): void
  /** Marks an event; a failure stays a failure whatever is said later. */
  mark(event: OpenEvent | undefined, mark: 'fail' | 'exclude', reason: string): void
  /** Books everything that is still open as not finished in the shutdown's grace. */
  expire(): void
  /** Resolves once no event is open. */
  idle(): Promise<void>
  /** From now on events remember the trace in which they begin. One tracer; the last one given counts. */
  traceBy(tracer: Tracer): void
  /** From now on `watcher` sees each event as it is booked. One watcher; undefined takes it away. */
  watch(watcher: Watcher | undefined): void
}

/** Sees what is booked. Runs inside the request, so it must be quick and must not throw. */
type Watcher = (rule: Rule, outcome: Outcome, elapsedMs: number) => void

export function createEvents(
  cells: Cells,
  borrowed: Borrowed,
  time: TimeSource,
  dropped: Dropped,
  onEvent: ((event: BookedEvent) => void) | undefined,
  exemplars: Exemplars,
  candidates: Candidates,
  probed: Probed,
): Events {
  const open = new Set<OpenEvent>()
  let waiting: (() => void)[] = []
  let activeTrace: Tracer | undefined
  let watcher: Watcher | undefined

  const book = (rule: Rule, outcome: Outcome, elapsedMs: number, trace: Trace | undefined) => {
    cells.record(rule.index, outcome, elapsedMs)
    if (watcher !== undefined) watcher(rule, outcome, elapsedMs)
    if (trace === undefined || outcome === 'good' || outcome === 'excluded') return
    const ids = trace.ids()
    if (ids) exemplars.keep(rule.index, outcome, ids, elapsedMs, time.epoch())
  }

  const release = (event: OpenEvent) => {
    open.delete(event)
    if (open.size > 0 || waiting.length === 0) return
    for (const done of waiting) done()
    waiting = []
  }

  const settle: Events['settle'] = (event, answer, status) => {
    const { rule } = event
    if (event.settled || rule === undefined) return
    event.settled = true
    event.answer = answer
    event.status = status
    event.elapsedMs = elapsed(event, rule, time.now())
    const outcome = decide(rule, event)
    if (event.probed) probed.record(rule, outcome)
    else {
      book(rule, outcome, event.elapsedMs, event.trace)
      if (rule.candidateMs !== undefined) candidates.judge(rule, event)
      if (event.origin !== undefined) borrowed.record(event.origin, rule, outcome)
    }
    if (onEvent !== undefined) tell(onEvent, event, rule, outcome)
    release(event)
  }

  const events: Events = {
    now: () => time.now(),
    begin: (startedAt) => ({
      owner: events,
      rule: undefined,
      startedAt,
      bodyAt: undefined,
      headersAt: undefined,
      brokenOff: false,
      context: undefined,
      mark: undefined,
      reason: undefined,
      origin: undefined,
      probed: false,
      threw: false,
      expired: false,
      template: undefined,
      settled: false,
      answer: 'none',
      status: undefined,
      elapsedMs: 0,
      trace: activeTrace?.(),
    }),
    bind(event, rule) {
      if (event.settled) return
      if (event.owner !== events) event.owner.release(event)
      event.owner = events
      event.rule = rule
      open.add(event)
      if (activeTrace === undefined) return
      // A route may run in a span of its own, within the one in which its request began.
      const here = activeTrace()
      event.trace ??= here
      for (const trace of new Set([event.trace, here])) trace?.stamp(rule.journey, rule.step)
    },
    release,
    settle,
    tally(rule, outcome, elapsedMs) {
      book(rule, outcome, elapsedMs, activeTrace?.())
      if (rule.candidateMs !== undefined) candidates.judgeTally(rule, outcome, elapsedMs)
    },
    mark(event, mark, reason) {
      if (event === undefined) {
        dropped.add('mark-without-event', `${mark}() was called where no event was going on.`)
      } else if (event.settled) {
        dropped.add('mark-after-end', `${mark}() was called after the event had been booked.`)
      } else if (event.mark !== 'fail') {
        event.mark = mark
        event.reason = reason
      }
    },
    expire() {
      for (const event of [...open]) {
        event.expired = true
        settle(event, 'none')
      }
    },
    idle: () => (open.size === 0 ? Promise.resolve() : new Promise((done) => waiting.push(done))),
    traceBy(tracer) {
      activeTrace = harmless(tracer)
    },
    watch(given) {
      watcher = given
    },
  }
  return events
}

/**
 * Time on the step's clock. A `body` clock that never began, because the upload did not arrive completely, stands at 0:
 * while the client is sending, the service owes nothing.
 */
function elapsed(event: OpenEvent, rule: Rule, now: number): number {
  if (rule.clock === 'headers') return (event.headersAt ?? now) - event.startedAt
  if (rule.clock === 'body') return event.bodyAt === undefined ? 0 : now - event.bodyAt
  return now - event.startedAt
}

function tell(onEvent: (event: BookedEvent) => void, event: OpenEvent, rule: Rule, outcome: Outcome): void {
  const { journey, step } = rule
  const reason = event.reason === undefined ? {} : { reason: event.reason }
  const { origin } = event
  const isOwn = event.probed || origin === undefined || origin.journey === journey
  const borrowed = isOwn ? {} : { borrowed: origin.journey }
  const probed = event.probed ? { probed: true as const } : {}
  try {
    onEvent({ journey, step, outcome, elapsedMs: event.elapsedMs, ...reason, ...borrowed, ...probed })
  } catch {
    // An observer that fails must not make the request fail that it was told about.
  }
}
