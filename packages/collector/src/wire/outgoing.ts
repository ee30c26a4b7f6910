import { type LookupAddress, type LookupAllOptions, type LookupOptions, lookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent, type Dispatcher, request } from 'undici'
import { isForbiddenAddress, literalAddress } from './address.ts'

/** What came of one request to the world. The body is complete. */
export type OutgoingResult =
  | {
      readonly kind: 'answer'
      readonly status: number
      readonly headers: Readonly<Record<string, string>>
      readonly bytes: Buffer
      /** The bytes as UTF-8, decoded when it is asked for. */
      readonly body: string
    }
  | {
      readonly kind: 'failed'
      readonly failure: 'unreachable' | 'timeout' | 'too_large' | 'forbidden_address'
      /** Never holds the address: a path or a query may be a secret. */
      readonly message: string
      /** The request may have arrived though no answer came. */
      readonly ambiguous: boolean
      /** Of an answer that was too large. */
      readonly status?: number
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

/** Finds all addresses of a host, as `dns.lookup` does. */
export type LookUp = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void

/**
 * Makes every connection check the address that DNS gave, not the name.
 *
 * @param lookUp how host names are resolved; default `dns.lookup`
 */
export function createOutgoing(lookUp: LookUp = lookup): Outgoing {
  const agent = new Agent({ connect: { lookup: guarded(lookUp) }, keepAliveTimeout: 10_000 })
  return {
    send: (outgoing, signal) => send(outgoing, signal, agent),
    close: () => agent.close(),
  }
}

async function send(outgoing: OutgoingRequest, signal: AbortSignal, agent: Dispatcher): Promise<OutgoingResult> {
  const { url, method, headers = {}, body = null, timeoutMs, maxBytes } = outgoing
  if (!URL.canParse(url)) return failed('unreachable', 'Expected an address as http://… or https://…', false)
  const literal = literalAddress(new URL(url))
  if (literal !== undefined && isForbiddenAddress(literal)) return forbidden()
  const limit = limitTime(signal, timeoutMs)
  try {
    const options = { method, headers, body, dispatcher: agent, signal: limit.signal }
    const answer = await request(url, options)
    const bytes = await readAll(answer.body, maxBytes)
    if (bytes === undefined) {
      const message = `Expected an answer of at most ${maxBytes} bytes, but it goes on`
      return { kind: 'failed', failure: 'too_large', message, ambiguous: true, status: answer.statusCode }
    }
    return {
      kind: 'answer',
      status: answer.statusCode,
      headers: flat(answer.headers),
      bytes,
      get body() {
        return bytes.toString('utf8')
      },
    }
  } catch (error) {
    return failure(error, limit.ended(), timeoutMs)
  } finally {
    limit.clear()
  }
}

type TimeLimit = {
  readonly signal: AbortSignal
  ended(): 'time' | 'caller' | undefined
  clear(): void
}

/**
 * A signal that ends with the caller's or after the time, and tells by which of them. Once it is cleared nothing is left
 * of it: neither a timer that runs on after the answer, nor a listener at the caller's signal, which lives as long as
 * the daemon.
 */
function limitTime(caller: AbortSignal, timeoutMs: number): TimeLimit {
  const controller = new AbortController()
  let ended: 'time' | 'caller' | undefined
  const end = (by: 'time' | 'caller') => {
    ended ??= by
    controller.abort()
  }
  const byCaller = () => end('caller')
  const timer = setTimeout(end, timeoutMs, 'time')
  if (caller.aborted) byCaller()
  else caller.addEventListener('abort', byCaller, { once: true })
  const clear = () => {
    clearTimeout(timer)
    caller.removeEventListener('abort', byCaller)
  }
  return { signal: controller.signal, ended: () => ended, clear }
}

async function readAll(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of body) {
    length += chunk.length
    // Leaving the loop destroys the stream, and with it the connection.
    if (length > maxBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

function failure(error: unknown, ended: 'time' | 'caller' | undefined, timeoutMs: number): OutgoingResult {
  if (error instanceof ForbiddenAddress) return forbidden()
  if (ended === 'time') return failed('timeout', `Expected an answer within ${timeoutMs} ms, got none`, true)
  if (ended === 'caller') return failed('unreachable', 'The request was called off before an answer came', true)
  const code = codeOf(error)
  return failed('unreachable', `The connection failed (${code})`, !NOTHING_SENT.test(code))
}

/** Codes of failures before the first byte of a request leaves: no name, no connection, no trust, no such request. */
const NOTHING_SENT =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|UND_ERR_INVALID_ARG|CERT_.*|ERR_TLS_CERT_.*|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_.*)$/

function codeOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { code?: unknown; name?: unknown }
  return typeof code === 'string' ? code : String(name)
}

function forbidden(): OutgoingResult {
  const message = 'Expected an address that services run on; link-local and metadata addresses are never called'
  return failed('forbidden_address', message, false)
}

type Failed = Extract<OutgoingResult, { kind: 'failed' }>

function failed(failure: Failed['failure'], message: string, ambiguous: boolean): Failed {
  return { kind: 'failed', failure, message, ambiguous }
}

class ForbiddenAddress extends Error {}

/** Resolves a name and refuses it when any of its addresses is forbidden, so that DNS cannot lead anywhere else. */
function guarded(lookUp: LookUp): LookupFunction {
  return (hostname, options: LookupOptions, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, [])
      if (addresses.some(({ address }) => isForbiddenAddress(address))) return callback(new ForbiddenAddress(), [])
      if (options.all === true) return callback(null, addresses)
      const [first] = addresses
      callback(null, first?.address ?? '', first?.family)
    })
  }
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, [value].flat().join(', ')]],
    ),
  )
}
