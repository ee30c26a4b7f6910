import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Rule } from '../event/rule.ts'
import type { Handler, Next } from './express.ts'
import { type HonoContext, type HonoHandler, nodePairOf } from './hono.ts'
import { type KoaContext, type KoaHandler, watchThrown } from './koa.ts'
import type { Requests } from './requests.ts'

/** A handler that routes of express, connect, koa and hono take alike: it goes by what it is called with. */
export type StepHandler = Handler & KoaHandler & HonoHandler

type Called =
  | [request: IncomingMessage, response: ServerResponse, next: Next]
  | [context: KoaContext, next: () => Promise<unknown>]
  | [context: HonoContext, next: () => Promise<void>]

/** Declares the step of the requests that pass here. */
export function stepHandler(requests: Requests, rule: Rule): StepHandler {
  const claim = (request: IncomingMessage, response: ServerResponse) => {
    const event = requests.begin(request, response)
    requests.claim(event, rule, request, response)
    return event
  }
  return handlerOf((...[first, second, next]) => {
    if (next !== undefined) {
      claim(first as IncomingMessage, second as ServerResponse)
      return next()
    }
    const go = second as () => Promise<void>
    if ('env' in first) {
      const pair = nodePairOf(first)
      if (pair !== undefined) claim(pair.incoming, pair.outgoing).context = first
      return go()
    }
    const { req, res } = first as KoaContext
    claim(req, res)
    return watchThrown(res, go)
  })
}

/** A handler that only reports that its step is not declared, and goes on. */
export function undeclaredHandler(tell: () => void): StepHandler {
  return handlerOf((...[, second, next]) => {
    tell()
    return next === undefined ? (second as () => Promise<void>)() : next()
  })
}

/** Three parameters, written out: express counts them. */
function handlerOf(handle: (...called: Called) => unknown): StepHandler {
  return ((first: never, second: never, next: never) => handle(first, second, next)) as StepHandler
}
