import type { AsyncLocalStorage } from 'node:async_hooks'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Origin } from '../event/borrowed.ts'
import type { Ending } from '../event/decide.ts'
import type { Events, OpenEvent } from '../event/events.ts'
import type { Rule } from '../event/rule.ts'
import type { Traffic } from '../traffic/traffic.ts'
import { watchQueued } from './queued.ts'

/** Finds the step of a request by its method and path; undefined for a request of no step. */
export type Match = (method: string, path: string) => Rule | undefined

/** What every framework's file stands on: requests and responses of Node, whoever routes them. */
export type Requests = {
  /** Begins the clock of a request, once, and makes its event the one that is going on. */
  begin(request: IncomingMessage, response: ServerResponse): OpenEvent
  /** Declares the step of a request that has begun; the last declaration wins. */
  claim(event: OpenEvent, rule: Rule, request: IncomingMessage, response: ServerResponse): void
  /**
   * Declares the step by the route, unless one is declared already.
   * @param target the request's target as the client sent it, with its query; of the request itself by default
   */
  claimByRoute(
    event: OpenEvent,
    match: Match | undefined,
    request: IncomingMessage,
    response: ServerResponse,
    target?: string,
  ): void
}

/**
 * The event is kept on its response: two layers that see one request book it once, and no measurement depends on the
 * async context, which some body parsers and pools lose. Shared by all copies of the SDK in a process (as when one part
 * of a service imports it and another requires it), so the number goes up when what an event holds changes.
 */
const EVENT = Symbol.for('tabiji.event.2')
type Carrier = { [EVENT]?: OpenEvent }

/** The event of a response, if the SDK has seen it. */
export function eventOf(response: ServerResponse): OpenEvent | undefined {
  return (response as Carrier)[EVENT]
}

/** Measures requests at the `close` of their response, which comes whether the answer was finished or the connection is gone. */
export function createRequests(
  events: Events,
  current: AsyncLocalStorage<OpenEvent>,
  rules: readonly Rule[],
  traffic: Traffic,
  originOf: ((request: IncomingMessage) => Origin | undefined) | undefined,
  isProbe: ((request: IncomingMessage) => boolean) | undefined,
): Requests {
  const anyBodyClock = rules.some((rule) => rule.clock === 'body')

  const claim: Requests['claim'] = (event, rule, request, response) => {
    const known = event.rule !== undefined
    if (event.owner !== events) {
      event.origin = originOf?.(request)
      event.probed = isProbe?.(request) === true
    } else if (!known) traffic.claimed += 1
    events.bind(event, rule)
    if (rule.clock === 'headers') watchHeaders(event, response)
    if (known) return
    if (response.closed || request.socket.destroyed) return settle(event, request, response)
    response.on('close', onClose)
    // Not yet the turn of a request that was sent behind another: its response closes only once it has had its turn.
    if (response.socket === null) watchQueued(request.socket, event)
  }

  return {
    begin(request, response) {
      let event = eventOf(response)
      if (event === undefined) {
        event = events.begin(events.now())
        ;(response as Carrier)[EVENT] = event
        if (originOf !== undefined) event.origin = originOf(request)
        if (isProbe !== undefined) event.probed = isProbe(request)
        traffic.requests += 1
        for (const watch of traffic.watches) watch(event, request, response)
      }
      if (anyBodyClock) watchBody(event, request)
      // Entered on every request, always: an event entered now and then would be seen by later requests of its connection.
      current.enterWith(event)
      return event
    },
    claim,
    claimByRoute(event, match, request, response, target = targetOf(request)) {
      if (match === undefined || event.rule !== undefined) return
      const [path = ''] = target.split('?', 1)
      const rule = match(request.method ?? '', path)
      if (rule !== undefined) claim(event, rule, request, response)
    },
  }
}

/** Remembers that an error was thrown while a request was answered. */
export function noteThrown(error: unknown, response: ServerResponse): void {
  const event = eventOf(response)
  // What is thrown once the client has left may be thrown because it left.
  if (event === undefined || !isOurFault(error) || response.req.socket.destroyed) return
  event.threw = true
  if (response.headersSent && !response.writableEnded) event.brokenOff = true
}

function onClose(this: ServerResponse): void {
  const event = eventOf(this)
  if (event !== undefined) settle(event, this.req, this)
}

function settle(event: OpenEvent, request: IncomingMessage, response: ServerResponse): void {
  const answer = answerOf(event, response)
  if (answer !== 'whole' && (wasCutByService(request, response) || isOurFault(event.context?.error, false))) {
    event.threw = true
  }
  // Answered without reading the upload to its end: the answer did not wait for it, so neither does the clock.
  if (event.bodyAt === undefined && (request.complete || answer === 'whole')) event.bodyAt = event.startedAt
  event.owner.settle(event, answer, response.statusCode)
}

function answerOf(event: OpenEvent, response: ServerResponse): Ending['answer'] {
  if (response.writableFinished && !response.errored && !event.brokenOff) return 'whole'
  return response.headersSent ? 'begun' : 'none'
}

/**
 * Whether it was the service that ended the connection before the answer was whole. A client that leaves is always seen
 * on the socket, by its end or by an error. A service that gives up an upload has its reasons, which are not known here.
 */
function wasCutByService(request: IncomingMessage, response: ServerResponse): boolean {
  if (response.errored) return true
  const { socket } = request
  return request.complete && socket.destroyed && !socket.errored && !socket.readableEnded && response.socket !== null
}

const BODY = Symbol.for('tabiji.body.1')
type BodyCarrier = { [BODY]?: OpenEvent }

function watchBody(event: OpenEvent, request: IncomingMessage & BodyCarrier): void {
  if (event.bodyAt !== undefined || request[BODY] !== undefined) return
  const { 'content-length': length, 'transfer-encoding': chunked } = request.headers
  const awaited = (chunked !== undefined || Number(length ?? 0) > 0) && !request.readableEnded
  if (!awaited) {
    event.bodyAt = event.startedAt
    return
  }
  request[BODY] = event
  request.on('end', onBodyEnd)
}

function onBodyEnd(this: IncomingMessage & BodyCarrier): void {
  const event = this[BODY]
  if (event !== undefined) event.bodyAt = event.owner.now()
}

/** Node has no event for "headers sent"; every way of sending them goes through the response's `writeHead`. */
function watchHeaders(event: OpenEvent, response: ServerResponse): void {
  const { writeHead } = response
  response.writeHead = function (this: ServerResponse, ...head: unknown[]) {
    event.headersAt ??= event.owner.now()
    return Reflect.apply(writeHead, this, head)
  }
}

/**
 * An error with a 4xx status, as body parsers throw, says that the request was wrong or was broken off.
 * @param unknown what holds for a value that says nothing, not even that something was thrown
 */
function isOurFault(error: unknown, unknown = true): boolean {
  if (error === undefined) return unknown
  if (typeof error !== 'object' || error === null) return true
  const status = 'status' in error ? error.status : 'statusCode' in error ? error.statusCode : undefined
  return !(typeof status === 'number' && status >= 400 && status < 500)
}

function targetOf(request: IncomingMessage): string {
  // Express shortens `url` inside a mounted router and keeps the whole in `originalUrl`.
  const whole = 'originalUrl' in request && typeof request.originalUrl === 'string' ? request.originalUrl : request.url
  return whole ?? ''
}
