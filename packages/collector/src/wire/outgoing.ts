import { lookup } from 'node:dns'
import { TLSSocket } from 'node:tls'
import { Agent, buildConnector, Client, type Dispatcher } from 'undici'
import type { Certificates, Trust } from './access.ts'
import { isForbiddenAddress, literalAddress } from './address.ts'
import { type Answer, type Broken, exchange } from './exchange.ts'
import { FORBIDDEN, ForbiddenAddress, guarded, type LookUp } from './guarded-lookup.ts'
import { createRooms, type Room } from './rooms.ts'

/** What came of one request to the world. The body is complete. */
export type OutgoingResult =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly bytes: Buffer
      /** The bytes as UTF-8, decoded when it is asked for. */
      readonly body: string
      /** Each `Set-Cookie` by itself. */
      readonly cookies?: readonly string[]
    }
  | {
      readonly kind: 'failed'
      readonly failure: 'unreachable' | 'timeout' | 'too_large' | 'forbidden_address'
      /** Never holds the address: a path or a query may be a secret. */
      readonly message: string
      /** The request may have arrived though no answer came. */
      readonly ambiguous: boolean
      /** What the system or the library calls it, such as `ECONNREFUSED`, where either said so. */
      readonly code?: string
      /** Of an answer that was too large. */
      readonly status?: number
    }

export type OutgoingRequest = {
  readonly url: string
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** For the whole of it: connecting, sending, and reading the answer. */
  readonly timeoutMs: number
  /** Longest answer that is read. */
  readonly maxBytes: number
  /** No other request follows soon: the connection ends with the answer instead of waiting for one. */
  readonly isLast?: boolean
  /** The same function for all requests that may share a connection. */
  readonly trust?: Trust
}

/** The one way out of the collector. Redirects are answers like any other: credentials never follow one. */
export type Outgoing = {
  send(outgoing: OutgoingRequest, signal: AbortSignal): Promise<OutgoingResult>
  /** The same for answers that are read and forgotten: once `use` is over, the memory of its bytes holds another one. */
  sendAndUse<Used>(
    outgoing: OutgoingRequest,
    signal: AbortSignal,
    use: (result: OutgoingResult) => Promise<Used>,
  ): Promise<Used>
  /** Ends idle connections. */
  close(): Promise<void>
}

/** How long a connection waits for the next request when its server does not say how long it will. */
const KEPT_MS = 10_000

/** A connection is given up this much before its server would end it, so that no request meets its end. */
const EARLIER_MS = 1_000

/** For how long the connection of an answer is kept for the next request, milliseconds. */
export function keptMs(headers: Readonly<Record<string, string>>): number {
  const [, seconds] = /(?:^|[,\s])timeout=(\d{1,6})/i.exec(headers['keep-alive'] ?? '') ?? []
  return seconds === undefined ? KEPT_MS : Number(seconds) * 1000 - EARLIER_MS
}

/** What connections of a way out do besides. */
export type Connecting = {
  /** Told of the certificate of each new TLS connection: its host, and until when it is valid (milliseconds). */
  readonly onCertificate?: (host: string, expiresAt: number) => void
}

/**
 * Makes every connection check the address that DNS gave, not the name.
 *
 * @param lookUp how host names are resolved; default `dns.lookup`
 */
export function createOutgoing(lookUp: LookUp = lookup, { onCertificate }: Connecting = {}): Outgoing {
  const known = new Map<Trust | undefined, Exits>()
  const rooms = createRooms()
  const exitsFor = (trust: Trust | undefined): Exits => {
    const certificates = trust?.()
    const found = known.get(trust)
    if (found !== undefined && found.certificates === certificates) return found
    // What is under way by the old certificates may end; nobody waits for it.
    found?.agent.close().catch(() => undefined)
    const plain = { lookup: guarded(lookUp), ...(certificates !== undefined && tlsOf(certificates)) }
    const connect = onCertificate === undefined ? plain : showing(buildConnector(plain), onCertificate)
    const agent = new Agent({ connect, keepAliveTimeout: KEPT_MS, keepAliveTimeoutThreshold: EARLIER_MS })
    const made = { certificates, agent, once: (origin: string) => new Client(origin, { connect }) }
    known.set(trust, made)
    return made
  }
  return {
    send: (outgoing, signal) => send(outgoing, signal, exitsFor(outgoing.trust)),
    sendAndUse: (outgoing, signal, use) =>
      rooms.lend(async (room) => use(await send(outgoing, signal, exitsFor(outgoing.trust), room))),
    close: async () => {
      await Promise.all([...known.values()].map(({ agent }) => agent.close()))
    },
  }
}

/** The same as options of Node's TLS. */
export function tlsOf({ ca, identity, serverName }: Certificates) {
  return {
    ...(ca !== undefined && { ca }),
    ...(identity !== undefined && { cert: identity.cert, key: identity.key() }),
    ...(serverName !== undefined && { servername: serverName }),
  }
}

/** Shows the certificate of each connection that is made. */
function showing(
  connector: buildConnector.connector,
  onCertificate: NonNullable<Connecting['onCertificate']>,
): buildConnector.connector {
  return (options, callback) =>
    connector(options, (...[error, socket]) => {
      if (error !== null) return callback(error, null)
      if (socket instanceof TLSSocket) {
        const expiresAt = Date.parse(socket.getPeerCertificate().valid_to)
        if (!Number.isNaN(expiresAt)) onCertificate(options.hostname, expiresAt)
      }
      callback(null, socket)
    })
}

/** Made once: the library would make one, with its stack, for each request. */
const OVER = new Error('The request is over')

/** Ways out: one that keeps connections and what it takes to share them, and one for a single request. */
type Exits = {
  readonly certificates: Certificates | undefined
  readonly agent: Agent
  once(origin: string): Dispatcher
}

async function send(
  outgoing: OutgoingRequest,
  signal: AbortSignal,
  exits: Exits,
  room?: Room,
): Promise<OutgoingResult> {
  const { url, method, headers = {}, body = null, timeoutMs, maxBytes, isLast = false } = outgoing
  if (!URL.canParse(url)) return failed('unreachable', 'Expected an address as http://… or https://…', false)
  const address = new URL(url)
  const literal = literalAddress(address)
  if (literal !== undefined && isForbiddenAddress(literal)) return forbidden()
  const path = `${address.pathname}${address.search}`
  const options = { origin: address.origin, path, method, headers, body, reset: isLast }
  const exit = isLast && /^https?:$/.test(address.protocol) ? exits.once(address.origin) : exits.agent
  const result = await exchange(exit, options, { timeoutMs, maxBytes, ...(room !== undefined && { room }) }, signal)
  // Nobody waits for its end, and what could go wrong with that has no one to be told to.
  if (exit !== exits.agent) exit.destroy(OVER).catch(() => undefined)
  return 'by' in result ? failure(result, timeoutMs) : answered(result, maxBytes)
}

function answered({ status, headers, bytes, cookies }: Answer, maxBytes: number): OutgoingResult {
  if (bytes === undefined) {
    const message = `Expected an answer of at most ${maxBytes} bytes, but it goes on`
    return { kind: 'failed', failure: 'too_large', message, ambiguous: true, status }
  }
  return {
    kind: 'answer',
    status,
    headers,
    bytes,
    cookies,
    get body() {
      return bytes.toString('utf8')
    },
  }
}

function failure({ by, sent, error }: Broken, timeoutMs: number): OutgoingResult {
  if (error instanceof ForbiddenAddress) return forbidden()
  if (by === 'time') return failed('timeout', `Expected an answer within ${timeoutMs} ms, got none`, sent)
  if (by === 'caller') return failed('unreachable', 'The request was called off before an answer came', sent)
  return { ...failed('unreachable', `The connection failed (${codeOf(error)})`, sent), code: codeOf(error) }
}

function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : String(name)
}

function forbidden(): OutgoingResult {
  return failed('forbidden_address', FORBIDDEN, false)
}

type Failed = Extract<OutgoingResult, { kind: 'failed' }>

function failed(failure: Failed['failure'], message: string, ambiguous: boolean): Failed {
  return { kind: 'failed', failure, message, ambiguous }
}
