import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { createExpositionParser } from '../app/app.ts'

/** An address of a service's `/metrics`. */
export type Place = {
  /** What may be told of it: origin and path. The address itself may hold a secret. */
  readonly shown: string
  readonly url: string
  readonly token?: () => string
}

export type Sample = { readonly name: string; readonly labels: ReadonlyMap<string, string>; readonly value: number }

export type TargetRead =
  | { readonly ok: true; readonly samples: readonly Sample[]; readonly date: string | undefined }
  | { readonly ok: false; readonly failure: 'unreachable' | 'status' | 'content'; readonly message: string }

const LIMITS = { maxBytes: 16_000_000, maxSeries: 200_000, maxLabelBytes: 4_096 }

/** Reads a target over a connection of its own, so that each reading may come to another process. Never throws. */
export async function readTarget(place: Place, wanted: ReadonlySet<string>, timeoutMs: number): Promise<TargetRead> {
  const got = await get(place, timeoutMs)
  if (typeof got === 'string') return { ok: false, failure: 'unreachable', message: got }
  const { status, type, date, body } = got
  if (status !== 200) return { ok: false, failure: 'status', message: `it answers with HTTP ${status}` }
  const media = (type ?? 'text/plain').split(';', 1)[0]?.trim() ?? ''
  if (media !== 'text/plain' && media !== 'application/openmetrics-text') {
    return { ok: false, failure: 'content', message: `it answers with ${media}` }
  }
  const parser = createExpositionParser(LIMITS, wanted)
  const parsed = parser.parse(body, media === 'text/plain' ? 'text' : 'openmetrics')
  if (!parsed.ok) return { ok: false, failure: 'content', message: parsed.message }
  const { series, numbers } = parsed
  return {
    ok: true,
    samples: series.map(({ name, labels }, i) => ({ name, labels: pairs(labels), value: numbers[i] ?? 0 })),
    date,
  }
}

function pairs(labels: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (let i = 0; i + 1 < labels.length; i += 2) found.set(labels[i] ?? '', labels[i + 1] ?? '')
  return found
}

type Got = {
  readonly status: number
  readonly type: string | undefined
  readonly date: string | undefined
  readonly body: Buffer
}

/** @returns the answer, or why there is none; it names no address */
function get({ url, token }: Place, timeoutMs: number): Promise<Got | string> {
  return new Promise((done) => {
    const headers = {
      accept: 'text/plain;version=0.0.4',
      ...(token !== undefined && { authorization: `Bearer ${token()}` }),
    }
    const ask = url.startsWith('https:') ? requestHttps : requestHttp
    const asked = ask(url, { agent: false, headers }, (response) => {
      const chunks: Buffer[] = []
      let length = 0
      response.on('data', (chunk: Buffer) => {
        length += chunk.length
        if (length <= LIMITS.maxBytes) chunks.push(chunk)
        else asked.destroy(new Error(`the answer is longer than ${LIMITS.maxBytes} bytes`))
      })
      response.on('error', (error) => done(reasonOf(error)))
      response.on('end', () => {
        const { 'content-type': type, date } = response.headers
        done({ status: response.statusCode ?? 0, type, date, body: Buffer.concat(chunks) })
      })
    })
    const timer = setTimeout(() => asked.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
    asked.on('error', (error) => done(reasonOf(error)))
    asked.on('close', () => clearTimeout(timer))
    asked.end()
  })
}

function reasonOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException
  return code === undefined ? error.message : `the connection failed (${code})`
}
