import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express, type RequestHandler } from 'express'
import helmet from 'helmet'
import { answerErrors, notFound, type Report } from './answer.ts'

/** A listener that is open. */
export type Door = {
  /** `http://127.0.0.1:7070`, with the port that was really taken. */
  readonly url: string
  /** Takes no new requests, lets the ones under way end for a moment, and then closes. */
  close(): Promise<void>
}

/** How long requests under way may still take when the door closes. */
const CLOSING_MS = 2_000

/** Slow senders must not hold a connection for ever. */
const REQUEST_TIMEOUT_MS = 30_000

/** Builds what answers behind one door: routers in order, then "there is no such page", then errors as JSON. */
export function createHouse(routers: readonly RequestHandler[], report: Report): Express {
  const house = express()
  house.disable('x-powered-by')
  house.disable('etag')
  // Pages and files that need more say so themselves.
  const nothing = { 'default-src': ["'none'"], 'base-uri': ["'none'"], 'frame-ancestors': ["'none'"] }
  house.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: nothing } }))
  for (const router of routers) house.use(router)
  house.use(notFound, answerErrors(report))
  return house
}

/** Opens a door. Rejects when the address cannot be taken. */
export async function openDoor(house: Express, host: string, port: number): Promise<Door> {
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS, headersTimeout: REQUEST_TIMEOUT_MS }, house)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const { port: taken } = server.address() as AddressInfo
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`, close: () => closeServer(server) }
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), CLOSING_MS)
    server.close(() => {
      clearTimeout(late)
      resolve()
    })
    server.closeIdleConnections()
  })
}
