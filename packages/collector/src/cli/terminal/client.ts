import { z } from 'zod'
import { CliError, EXIT } from './exit.ts'

/** The collector's API, as JSON documents. Whatever is not a good answer is thrown as a {@link CliError}. */
export type Client = {
  /** @param path below `/api/v1`, beginning with a slash; @param query what is undefined is left out */
  get(path: string, query?: Readonly<Record<string, string | undefined>>): Promise<unknown>
  /** @param key the same request again under the same key is answered as the first time, and does nothing more */
  post(path: string, body: object, key?: string): Promise<unknown>
  /** A file, byte for byte. */
  getBytes(path: string): Promise<Uint8Array>
}

type ClientOptions = {
  /** Where the collector is; a path in it is kept, for a collector behind a proxy. */
  readonly url: URL
  /** A function, so that nothing can print it by accident. */
  readonly token?: () => string
  readonly timeoutMs: number
  /** The command as people type it, for "point to another one". */
  readonly command: string
}

export function createClient(options: ClientOptions): Client {
  return {
    get: (path, query = {}) => {
      const stated = Object.entries(query).filter((pair): pair is [string, string] => pair[1] !== undefined)
      const search = new URLSearchParams(stated).toString()
      return ask(options, search === '' ? path : `${path}?${search}`, { method: 'GET' })
    },
    post: (path, body, key) => {
      const headers = { 'content-type': 'application/json', ...(key !== undefined && { 'idempotency-key': key }) }
      return ask(options, path, { method: 'POST', headers, body: JSON.stringify(body) })
    },
    getBytes: async (path) => {
      const { status, bytes } = await send(options, path, { method: 'GET' })
      if (status !== 200) readAnswer(options, status, parseJson(Buffer.from(bytes).toString()))
      return bytes
    },
  }
}

async function ask(options: ClientOptions, path: string, init: RequestInit): Promise<unknown> {
  const { status, bytes } = await send(options, path, init)
  return readAnswer(options, status, parseJson(Buffer.from(bytes).toString()))
}

async function send(options: ClientOptions, path: string, init: RequestInit) {
  const address = `${baseOf(options.url)}/api/v1${path}`
  const headers = {
    ...init.headers,
    accept: 'application/json',
    ...(options.token !== undefined && { authorization: `Bearer ${options.token()}` }),
  }
  try {
    const signal = AbortSignal.timeout(options.timeoutMs)
    const response = await fetch(address, { ...init, headers, signal, redirect: 'manual' })
    return { status: response.status, bytes: new Uint8Array(await response.arrayBuffer()) }
  } catch (error) {
    throw unreachable(options, reasonOf(error, options.timeoutMs), error)
  }
}

/** Loose, so that `--json` shows all that the collector said about a problem. */
const place = z.object({ file: z.string(), line: z.int(), column: z.int() })
const complaint = z.looseObject({
  code: z.string(),
  message: z.string(),
  hint: z.string().optional(),
  at: place.optional(),
})
const refused = z.object({ error: z.object({ ...complaint.shape, problems: z.array(complaint).default([]) }) })

function readAnswer(options: ClientOptions, status: number, document: unknown): unknown {
  const error = refused.safeParse(document).data?.error
  if (status === 401 || status === 403) throw notAllowed(options, status, error?.message)
  if (status >= 200 && status < 300 && document !== undefined) return document
  if (error !== undefined && status < 500 && status !== 429) {
    const { problems, ...first } = error
    throw new CliError(EXIT.no, withoutUndefined(first), problems.map(withoutUndefined))
  }
  const where = baseOf(options.url)
  if (status >= 300 && status < 400) {
    const message = `${where} answers with a redirect (HTTP ${status}), which is not followed: the token is for that address only`
    const hint = 'give the final address with `--url`'
    throw new CliError(EXIT.unreachable, { code: 'CLI_REDIRECT', message, hint })
  }
  const message = `${where} does not answer as a collector (HTTP ${status}${error === undefined ? '' : `: ${error.message}`})`
  const hint = 'look into the log of the collector, or give another address with `--url`'
  throw new CliError(EXIT.unreachable, { code: 'CLI_UNEXPECTED_ANSWER', message, hint })
}

/** Reads an answer by its schema. What does not fit was not written by a collector that this program knows. */
export function readDocument<Schema extends z.ZodType>(document: unknown, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(document)
  if (parsed.success) return parsed.data
  const where = parsed.error.issues[0]?.path.join('.') ?? ''
  const message = `the collector's answer is not what this version of tabiji can read (at "${where}")`
  const hint = 'use the same version of tabiji on both sides'
  throw new CliError(EXIT.unreachable, { code: 'CLI_UNEXPECTED_ANSWER', message, hint })
}

function unreachable({ url, command }: ClientOptions, reason: string, cause: unknown): CliError {
  const message = `cannot reach the collector at ${baseOf(url)} (${reason})`
  const hint = `start it with \`tabiji up\`, or point to another one: \`${command} --url https://…\``
  return new CliError(EXIT.unreachable, { code: 'CLI_UNREACHABLE', message, hint }, [], { cause })
}

function notAllowed({ url, token }: ClientOptions, status: number, said = 'not allowed'): CliError {
  const message = `the collector at ${baseOf(url)} refuses this (HTTP ${status}: ${said})`
  const hint =
    token === undefined
      ? 'put a token of `listen.api.tokens` into a file and its path into TABIJI_TOKEN_FILE'
      : 'use a token of `listen.api.tokens` that may do this; the one in TABIJI_TOKEN_FILE or TABIJI_TOKEN may not'
  return new CliError(EXIT.notAllowed, { code: 'CLI_NOT_ALLOWED', message, hint })
}

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection closed by the other side',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name server does not answer',
  UND_ERR_SOCKET: 'connection closed by the other side',
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`
  const cause = error instanceof Error ? error.cause : undefined
  const code = Object(cause) as { code?: unknown; message?: unknown }
  return REASONS[String(code.code)] ?? String(code.code ?? code.message ?? 'connection failed')
}

function baseOf(url: URL): string {
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

function withoutUndefined({ hint, at, ...rest }: z.output<typeof complaint>) {
  return { ...rest, ...(hint !== undefined && { hint }), ...(at !== undefined && { at }) }
}
