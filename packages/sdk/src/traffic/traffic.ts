import type { IncomingMessage, ServerResponse } from 'node:http'
import type { OpenEvent } from '../event/events.ts'

/** Looks at one request, from its beginning; for coverage by examples and for learning. */
export type Watch = (event: OpenEvent, request: IncomingMessage, response: ServerResponse) => void

/** All requests, whether a step claims them or not. Two numbers that grow: more they do not cost unless somebody watches. */
export type Traffic = {
  requests: number
  claimed: number
  readonly watches: readonly Watch[]
}
