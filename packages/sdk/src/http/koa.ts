import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Match, noteThrown, type Requests } from './requests.ts'

/** What is needed of a koa context. */
export type KoaContext = {
  readonly req: IncomingMessage
  readonly res: ServerResponse
  /** The target as the client sent it; mounted apps see a shortened one. */
  readonly originalUrl?: string
}
export type KoaHandler = (context: KoaContext, next: () => Promise<unknown>) => Promise<unknown>

/** Sees what is thrown behind it; an error that a middleware behind it turns into an answer counts as that answer. */
export function koaMiddleware(requests: Requests, match: Match | undefined): KoaHandler {
  return (context, next) => {
    const event = requests.begin(context.req, context.res)
    requests.claimByRoute(event, match, context.req, context.res, context.originalUrl)
    return watchThrown(context.res, next)
  }
}

/** Goes on, and remembers an error that comes back. */
export async function watchThrown(response: ServerResponse, next: () => Promise<unknown>): Promise<unknown> {
  try {
    return await next()
  } catch (error) {
    noteThrown(error, response)
    throw error
  }
}
