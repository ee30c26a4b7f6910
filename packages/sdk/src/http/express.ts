import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Match, noteThrown, type Requests } from './requests.ts'

export type Next = (error?: unknown) => void
/** An express middleware or route handler, stated with Node's own types: it needs no more than they have. */
export type Handler = (request: IncomingMessage, response: ServerResponse, next: Next) => void
/** An express error middleware, which express tells from others by its four parameters. */
export type ErrorHandler = (error: unknown, request: IncomingMessage, response: ServerResponse, next: Next) => void

/** For express 4 and 5, connect, and whatever else takes their middleware. */
export function expressMiddleware(requests: Requests, match: Match | undefined): Handler {
  return (request, response, next) => {
    const event = requests.begin(request, response)
    requests.claimByRoute(event, match, request, response)
    next()
  }
}

export const expressError: ErrorHandler = (error, _request, response, next) => {
  noteThrown(error, response)
  next(error)
}
