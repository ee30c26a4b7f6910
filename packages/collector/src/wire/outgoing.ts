import { lookup } from 'node:dns'
import type { Certificates, Trust } from './access.ts'
import { isForbiddenAddress, literalAddress } from './address.ts'
import { type Answer, type Broken, exchange } from './exchange.ts'
import { createExits, type Exits } from './exits.ts'
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
      /** What the system or Node calls it, such as `ECONNREFUSED`, where either said so. */
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
  close(): void
}

/**
 * Makes every connection check the address that DNS gave, not the name.
 *
 * @param lookUp how host names are resolved; default `dns.lookup`
 * @param onCertificate told of the certificate of each new TLS connection: its host, and until when it is valid (milliseconds)
 */
export function createOutgoing(
  lookUp: LookUp = lookup,
  onCertificate?: (host: string, expiresAt: number) => void,
): Outgoing {
  const known = new Map<Trust | undefined, { readonly certificates: Certificates | undefined; readonly exits: Exits }>()
  const rooms = createRooms()
  const exitsFor = (trust: Trust | undefined): Exits => {
    const certificates = trust?.()
    const found = known.get(trust)
    if (found !== undefined && found.certificates === certificates) return found.exits
    found?.exits.close()
    const exits = createExits({ lookup: guarded(lookUp), certificates, onCertificate })
    known.set(trust, { certificates, exits })
    return exits
  }
  return {
    send: (outgoing, signal) => send(outgoing, signal, exitsFor(outgoing.trust)),
    sendAndUse: (outgoing, signal, use) =>
      rooms.lend(async (room) => use(await send(outgoing, signal, exitsFor(outgoing.trust), room))),
    close: () => {
      for (const { exits } of known.values()) exits.close()
    },
  }
}

async function send(
  outgoing: OutgoingRequest,
  signal: AbortSignal,
  exits: Exits,
  room?: Room,
): Promise<OutgoingResult> {
  const { url, method, headers: given = {}, body, timeoutMs, maxBytes, isLast = false } = outgoing
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (address === undefined || !/^https?:$/.test(address.protocol)) {
    return failed('unreachable', 'Expected an address as http://… or https://…', false)
  }
  const literal = literalAddress(address)
  if (literal !== undefined && isForbiddenAddress(literal)) return forbidden()
  // Told for every method: of some Node thinks that they carry nothing.
  const headers = body === undefined ? given : { ...given, 'content-length': String(Buffer.byteLength(body)) }
  const limits = { timeoutMs, maxBytes, ...(room !== undefined && { room }) }
  const result = await exchange(exits, { address, method, headers, isLast }, body, limits, signal)
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
