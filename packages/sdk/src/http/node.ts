import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Match, noteThrown, type Requests } from './requests.ts'

/** What `http.createServer` takes. */
export type Listener = (request: IncomingMessage, response: ServerResponse) => unknown

/** A listener that is measured; what it throws or rejects with stays its own. */
export function nodeListener(requests: Requests, match: Match | undefined, listener: Listener): Listener {
  return (request, response) => {
    const event = requests.begin(request, response)
    requests.claimByRoute(event, match, request, response)
    try {
      const answered = listener(request, response)
      return answered instanceof Promise ? answered.catch((error: unknown) => throwOn(error, response)) : answered
    } catch (error) {
      return throwOn(error, response)
    }
  }
}

function throwOn(error: unknown, response: ServerResponse): never {
  noteThrown(error, response)
  throw error
}
