import { type LookupOptions, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent, type Dispatcher, request } from 'undici'
import { isForbiddenAddress, literalAddress } from './address.ts'

/** What came of one request to the world. The body is text and complete. */
export type OutgoingResult =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly body: string
    }
  | {
      readonly kind: 'failed'
      readonly failure: 'unreachable' | 'timeout' | 'too_large' | 'forbidden_address'
      /** Never holds the address: a path or a query may be a secret. */
      readonly message: string
      /** The request may have arrived though no answer came. */
      readonly ambiguous: boolean
    }

export type OutgoingRequest = {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** For the whole of it: connecting, sending, and reading the answer. */
  readonly timeoutMs: number
  /** Longest answer that is read. */
  readonly maxBytes: number
}

/** The one way out of the collector. Redirects are answers like any other: credentials never follow one. */
export type Outgoing = {
  send(outgoing: OutgoingRequest, signal: AbortSignal): Promise<OutgoingResult>
  /** Ends idle connections. */
  close(): Promise<void>
}

/** Makes every connection check the address that DNS gave, not the name. */
export function createOutgoing(): Outgoing {
  const agent = new Agent({ connect: { lookup: guardedLookup }, keepAliveTimeout: 10_000 })
  return {
    send: (outgoing, signal) => send(outgoing, signal, agent),
    close: () => agent.close(),
  }
}

async function send(outgoing: OutgoingRequest, signal: AbortSignal, agent: Dispatcher): Promise<OutgoingResult> {
  const { url, method, headers = {}, body = null, timeoutMs, maxBytes } = outgoing
  const literal = literalAddress(new URL(url))
  if (literal !== undefined && isForbiddenAddress(literal)) return forbidden()
  const deadline = AbortSignal.timeout(timeoutMs)
  try {
    const answer = await request(url, {
      method,
      headers,
      body,
      dispatcher: agent,
      signal: AbortSignal.any([signal, deadline]),
    })
    const text = await readAll(answer.body, maxBytes)
    if (text === undefined) {
      const message = `Expected an answer of at most ${maxBytes} bytes, but it goes on`
      return { kind: 'failed', failure: 'too_large', message, ambiguous: true }
    }
    return { kind: 'answer', status: answer.statusCode, headers: flat(answer.headers), body: text }
  } catch (error) {
    return failure(error, deadline.aborted, timeoutMs)
  }
}

async function readAll(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    // Leaving the loop destroys the stream, and with it the connection.
    if (length > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function failure(error: unknown, timedOut: boolean, timeoutMs: number): OutgoingResult {
  if (error instanceof ForbiddenAddress) return forbidden()
  if (timedOut) {
    const message = `Expected an answer within ${timeoutMs} ms, got none`
    return { kind: 'failed', failure: 'timeout', message, ambiguous: true }
  }
  const code = codeOf(error)
  // Nothing was sent when the connection could not be made at all.
  const ambiguous = !NOT_CONNECTED.includes(code)
  return { kind: 'failed', failure: 'unreachable', message: `The connection failed (${code})`, ambiguous }
}

const NOT_CONNECTED = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]

function codeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : String(name)
}

function forbidden(): OutgoingResult {
  const message = 'Expected an address that services run on; link-local and metadata addresses are never called'
  return { kind: 'failed', failure: 'forbidden_address', message, ambiguous: false }
}

class ForbiddenAddress extends Error {}

/** Resolves a name and refuses it when any of its addresses is forbidden, so that DNS cannot lead anywhere else. */
const guardedLookup: LookupFunction = (hostname, options: LookupOptions, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error, [])
    if (addresses.some(({ address }) => isForbiddenAddress(address))) return callback(new ForbiddenAddress(), [])
    if (options.all === true) return callback(null, addresses)
    const [first] = addresses
    callback(null, first?.address ?? '', first?.family)
  })
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')]],
    ),
  )
}
