import type { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Origin } from '../event/borrowed.ts'
import type { Ending } from '../event/decide.ts'
import type { Events, OpenEvent } from '../event/events.ts'
import type { Rule } from '../event/rule.ts'
import type { TimeSource } from '../event/time-source.ts'
import type { Traffic } from '../traffic/traffic.ts'

export type Next = (error?: unknown) => void
/** An express middleware or route handler, stated with Node's own types: it needs no more than they have. */
export type Handler = (request: IncomingMessage, response: ServerResponse, next: Next) => void
/** An express error middleware, which express tells from others by its four parameters. */
export type ErrorHandler = (error: unknown, request: IncomingMessage, response: ServerResponse, next: Next) => void

/** Finds the step of a request by its method and path; undefined for a request of no step. */
export type Match = (method: string, path: string) => Rule | undefined

export type Http = {
  /** Begins the clock of every request, and declares the step where `match` knows it. */
  express(match: Match | undefined): Handler
  /** Declares the step of the requests that pass here. */
  step(rule: Rule): Handler
  expressError(): ErrorHandler
  /** The event of a response, if the SDK has seen it. */
  eventOf(response: ServerResponse): OpenEvent | undefined
}

/**
 * Measures requests at the `close` of their response, which comes whether the answer was finished or the connection is
 * gone. The event is kept by its response, so that two layers that see one request book it once, and so that no
 * measurement depends on the async context, which some body parsers and pools lose.
 */
export function createHttp(
  events: Events,
  time: TimeSource,
  current: AsyncLocalStorage<OpenEvent>,
  rules: readonly Rule[],
  traffic: Traffic,
  originOf: ((request: IncomingMessage) => Origin | undefined) | undefined,
): Http {
  const carried = new WeakMap<ServerResponse, OpenEvent>()
  const anyBodyClock = rules.some((rule) => rule.clock === 'body')

  const attach = (request: IncomingMessage, response: ServerResponse): OpenEvent => {
    let event = carried.get(response)
    if (event === undefined) {
      event = events.begin(time.now())
      carried.set(response, event)
      if (originOf !== undefined) event.origin = originOf(request)
      if (anyBodyClock) watchBody(event, request, time)
      traffic.requests += 1
      for (const watch of traffic.watches) watch(event, request, response)
    }
    // Entered on every request, always: an event entered now and then would be seen by later requests of its connection.
    current.enterWith(event)
    return event
  }

  const bind = (event: OpenEvent, rule: Rule, request: IncomingMessage, response: ServerResponse) => {
    const known = event.rule !== undefined
    events.bind(event, rule)
    if (rule.clock === 'headers') watchHeaders(event, response, time)
    if (known) return
    traffic.claimed += 1
    const end = () => settle(events, event, request, response)
    if (response.closed) end()
    else response.once('close', end)
  }

  return {
    express: (match) => (request, response, next) => {
      const event = attach(request, response)
      const rule = match?.(request.method ?? '', pathOf(request))
      if (rule !== undefined && event.rule === undefined) bind(event, rule, request, response)
      next()
    },
    step: (rule) => (request, response, next) => {
      bind(attach(request, response), rule, request, response)
      next()
    },
    expressError: () => (error, request, response, next) => {
      const event = carried.get(response)
      // What is thrown once the client has left may be thrown because it left.
      if (event !== undefined && isOurFault(error) && !request.socket.destroyed) event.threw = true
      next(error)
    },
    eventOf: (response) => carried.get(response),
  }
}

function settle(events: Events, event: OpenEvent, request: IncomingMessage, response: ServerResponse): void {
  // Only a response that the service itself destroyed with an error carries one; a client that leaves sets none.
  if (response.errored) event.threw = true
  const answer = answerOf(response)
  // Answered without reading the upload to its end: the answer did not wait for it, so neither does the clock.
  if (event.bodyAt === undefined && (request.complete || answer === 'whole')) event.bodyAt = event.startedAt
  events.settle(event, answer, response.statusCode)
}

function answerOf(response: ServerResponse): Ending['answer'] {
  if (response.writableFinished) return 'whole'
  return response.headersSent ? 'begun' : 'none'
}

function watchBody(event: OpenEvent, request: IncomingMessage, time: TimeSource): void {
  const { 'content-length': length, 'transfer-encoding': chunked } = request.headers
  const awaited = (chunked !== undefined || Number(length ?? 0) > 0) && !request.readableEnded
  if (!awaited) {
    event.bodyAt = event.startedAt
    return
  }
  request.once('end', () => {
    event.bodyAt = time.now()
  })
}

/** Node has no event for "headers sent"; every way of sending them goes through the response's `writeHead`. */
function watchHeaders(event: OpenEvent, response: ServerResponse, time: TimeSource): void {
  const { writeHead } = response
  response.writeHead = function (this: ServerResponse, ...head: unknown[]) {
    event.headersAt ??= time.now()
    return Reflect.apply(writeHead, this, head)
  }
}

/** An error with a 4xx status, as body parsers throw, says that the request was wrong or was broken off. */
function isOurFault(error: unknown): boolean {
  const status = typeof error === 'object' && error !== null && 'status' in error ? error.status : undefined
  return !(typeof status === 'number' && status >= 400 && status < 500)
}

function pathOf(request: IncomingMessage): string {
  // Express shortens `url` inside a mounted router and keeps the whole in `originalUrl`.
  const whole = 'originalUrl' in request && typeof request.originalUrl === 'string' ? request.originalUrl : request.url
  const [path = ''] = (whole ?? '').split('?', 1)
  return path
}
