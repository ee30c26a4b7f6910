import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Match, Requests } from './requests.ts'

/** Node tells it before the request reaches the service's own code. */
const REQUEST_START = 'http.server.request.start'

type Started = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly server: Server }

/**
 * Measures the requests of every HTTP server of the process by the routes of the journeys file.
 * @param except a server whose requests are not the service's
 * @returns a function that stops it
 */
export function watchServers(requests: Requests, match: Match): () => void {
  const onStart = (message: unknown) => {
    const { request, response } = message as Started
    const event = requests.begin(request, response)
    requests.claimByRoute(event, match, request, response)
  }
  subscribe(REQUEST_START, onStart)
  return () => void unsubscribe(REQUEST_START, onStart)
}
