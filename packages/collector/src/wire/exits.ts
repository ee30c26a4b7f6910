import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { LookupFunction, Socket } from 'node:net'
import { createSecureContext, TLSSocket } from 'node:tls'
import { type Certificates, tlsOf } from './access.ts'

/** A request that is about to leave. */
export type Leaving = {
  /** `http:` or `https:`; user and password in it are nobody's business. */
  readonly address: URL
  readonly method: string
  readonly headers: OutgoingHttpHeaders
  /** No other request follows soon: the connection ends with the answer instead of waiting for one. */
  readonly isLast: boolean
}

/** The ways out that all requests with the same certificates share. */
export type Exits = {
  /**
   * @param onConnection called when there is a connection to write to; before that nothing has left
   * @throws Error with a `code`, when the request cannot be written at all
   */
  request(leaving: Leaving, onConnection: () => void): ClientRequest
  /** Ends idle connections and keeps none any more. What is under way may end. */
  close(): void
}

export type Connecting = {
  readonly lookup: LookupFunction
  readonly certificates?: Certificates | undefined
  /** Told of the certificate of each new TLS connection: its host, and until when it is valid (milliseconds). */
  readonly onCertificate?: ((host: string, expiresAt: number) => void) | undefined
}

/** Node's ways out: one that keeps connections, and one for those that end with their answer. */
type Pair = { readonly kept: HttpAgent; readonly once: HttpAgent }

/** How long a connection waits for the next request when its server does not say how long it will. */
const KEPT_MS = 10_000

/** A connection is given up this much before its server would end it, so that no request meets its end. */
const EARLIER_MS = 1_000

/** For how long the connection of an answer is kept for the next request, milliseconds. */
export function keptMs(headers: Readonly<IncomingHttpHeaders>): number {
  const [, seconds] = /(?:^|[,\s])timeout=(\d{1,6})/i.exec(String(headers['keep-alive'] ?? '')) ?? []
  return seconds === undefined ? KEPT_MS : Number(seconds) * 1000 - EARLIER_MS
}

/** Makes every connection by what the caller says of names and certificates. */
export function createExits({ lookup, certificates, onCertificate }: Connecting): Exits {
  const waiting = new WeakMap<object, number>()
  let isClosed = false
  const kept = <Agent extends HttpAgent>(agent: Agent) =>
    limited(agent, (connection) => (isClosed ? 0 : (waiting.get(connection) ?? 0)))
  const plain: Pair = { kept: kept(new HttpAgent({ keepAlive: true, lookup })), once: new HttpAgent({ lookup }) }
  let secure: Pair | undefined
  const securePair = (): Pair => {
    const options = { lookup, ...contextOf(certificates) }
    return { kept: kept(new HttpsAgent({ ...options, keepAlive: true })), once: new HttpsAgent(options) }
  }
  const pairFor = (isSecure: boolean): Pair => {
    if (!isSecure) return plain
    secure ??= securePair()
    return secure
  }
  return {
    request: ({ address, method, headers, isLast }, onConnection) => {
      const { hostname, port, pathname, search } = address
      const isSecure = address.protocol === 'https:'
      const pair = pairFor(isSecure)
      const asked = (isSecure ? httpsRequest : httpRequest)({
        // The brackets of an IPv6 address belong to the URL.
        hostname: hostname.replace(/^\[(.*)\]$/, '$1'),
        port,
        path: `${pathname}${search}`,
        method,
        headers,
        agent: isLast ? pair.once : pair.kept,
      })
      asked.once('socket', (connection) => {
        if (asked.reusedSocket) return onConnection()
        connection.once(isSecure ? 'secureConnect' : 'connect', () => {
          if (onCertificate !== undefined && connection instanceof TLSSocket) show(connection, hostname, onCertificate)
          onConnection()
        })
      })
      asked.once('response', ({ socket, headers: answered }) => waiting.set(socket, keptMs(answered)))
      return asked
    },
    close: () => {
      isClosed = true
      for (const pair of [plain, secure]) {
        for (const idle of Object.values(pair?.kept.freeSockets ?? {}).flat()) idle?.destroy()
      }
    },
  }
}

/** Certificates are read once, not for each connection: that costs more than a request. */
function contextOf(certificates: Certificates | undefined) {
  const { servername, ...files } = certificates === undefined ? {} : tlsOf(certificates)
  return { secureContext: createSecureContext(files), ...(servername !== undefined && { servername }) }
}

/** By itself Node lets connections wait for as long as the server does, if need be for ever. */
function limited<Agent extends HttpAgent>(agent: Agent, msFor: (connection: object) => number): Agent {
  const keepSocketAlive = agent.keepSocketAlive.bind(agent)
  agent.keepSocketAlive = (connection) => {
    const forMs = msFor(connection)
    if (forMs <= 0) return false
    keepSocketAlive(connection)
    // An idle connection whose time is over is ended by the agent itself.
    ;(connection as Socket).setTimeout(forMs)
    return true
  }
  return agent
}

function show(connection: TLSSocket, host: string, onCertificate: (host: string, expiresAt: number) => void): void {
  const expiresAt = Date.parse(connection.getPeerCertificate().valid_to)
  if (!Number.isNaN(expiresAt)) onCertificate(host, expiresAt)
}
