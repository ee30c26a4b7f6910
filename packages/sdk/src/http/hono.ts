import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Match, Requests } from './requests.ts'

/** What is needed of a hono context. `env` holds Node's request and response when `@hono/node-server` serves it. */
export type HonoContext = { readonly env: unknown; readonly error: Error | undefined }
export type HonoHandler = (context: HonoContext, next: () => Promise<void>) => Promise<void>

type NodePair = { readonly incoming: IncomingMessage; readonly outgoing: ServerResponse }

export function honoMiddleware(requests: Requests, match: Match | undefined): HonoHandler {
  return (context, next) => {
    const pair = nodePairOf(context)
    if (pair !== undefined) {
      const event = requests.begin(pair.incoming, pair.outgoing)
      // Hono keeps what was thrown in its context, and lets nobody but its error handler know at the time.
      event.context = context
      requests.claimByRoute(event, match, pair.incoming, pair.outgoing)
    }
    return next()
  }
}

/** @returns undefined in another runtime, or in a test without a server: there is no connection whose end could be seen. */
export function nodePairOf({ env }: HonoContext): NodePair | undefined {
  if (typeof env !== 'object' || env === null || !('incoming' in env) || !('outgoing' in env)) return undefined
  return env.incoming === undefined ? undefined : (env as NodePair)
}
