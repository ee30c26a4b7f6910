import { request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { LABEL, METRIC, OUTCOMES } from '@tabiji/core/journey'
import { createExpositionParser } from '../app/app.ts'

/** An address of a service's `/metrics`. */
export type Place = {
  /** Origin and path; the address itself may hold a secret. */
  readonly shown: string
  readonly url: string
  readonly token?: () => string
}

/** What one reading of a target said. */
export type Said = {
  readonly processes: readonly { readonly id: string; readonly fingerprint: string; readonly startedAt: string }[]
  /** Events by `journey/step`, all outcomes together. */
  readonly events: ReadonlyMap<string, number>
  readonly dropped: ReadonlyMap<string, number>
  /** Distinct paths by the name of a metric that labels by path. */
  readonly paths: ReadonlyMap<string, number>
  /** The target's clock minus ours in milliseconds, as far as its `Date` header tells; undefined without one. */
  readonly clockMs: number | undefined
}

export type Probed =
  | { readonly ok: true; readonly said: Said }
  | { readonly ok: false; readonly failure: ProbeFailure; readonly message: string }
type ProbeFailure = 'unreachable' | 'status' | 'content'

const LIMITS = { maxBytes: 16_000_000, maxSeries: 200_000, maxLabelBytes: 4_096 }
const BY_PATH: ReadonlySet<string> = new Set(
  [
    'http_request_duration_seconds',
    'http_request_duration_ms',
    'http_server_request_duration_seconds',
    'http_server_request_duration',
    'http_server_duration',
  ].map((name) => `${name}_count`),
)
const PATH_LABELS: readonly string[] = ['path', 'route', 'http_route', 'url', 'uri']
const WANTED: ReadonlySet<string> = new Set([METRIC.events, METRIC.definition, METRIC.dropped, ...BY_PATH])

/** Reads a target over a connection of its own, so that each reading may come to another process. */
export async function probe(place: Place, timeoutMs: number, now: () => number): Promise<Probed> {
  const began = now()
  const got = await get(place, timeoutMs)
  if (typeof got === 'string') return { ok: false, failure: 'unreachable', message: got }
  const { status, type, date, body } = got
  if (status !== 200) return { ok: false, failure: 'status', message: `it answers with HTTP ${status}` }
  const [media = ''] = (type ?? 'text/plain').split(';')
  const format =
    media.trim() === 'application/openmetrics-text' ? 'openmetrics' : media.trim() === 'text/plain' ? 'text' : undefined
  if (format === undefined) return { ok: false, failure: 'content', message: `it answers with ${media.trim()}` }
  const parsed = createExpositionParser(LIMITS, WANTED).parse(body, format)
  if (!parsed.ok) return { ok: false, failure: 'content', message: parsed.message }
  const samples = parsed.series.map(({ name, labels }, i) => ({
    name,
    labels: pairs(labels),
    value: parsed.numbers[i] ?? 0,
  }))
  // A Date header is cut to whole seconds; half of one is the least wrong.
  const clockMs =
    date === undefined || Number.isNaN(Date.parse(date)) ? undefined : Date.parse(date) + 500 - (began + now()) / 2
  return { ok: true, said: { ...saidBy(samples), clockMs } }
}

type Sample = { readonly name: string; readonly labels: ReadonlyMap<string, string>; readonly value: number }

function saidBy(samples: readonly Sample[]): Omit<Said, 'clockMs'> {
  const events = new Map<string, number>()
  const dropped = new Map<string, number>()
  const paths = new Map<string, Set<string>>()
  const processes: Said['processes'][number][] = []
  for (const { name, labels, value } of samples) {
    const label = (key: string) => labels.get(key) ?? ''
    if (name === METRIC.definition) {
      processes.push({
        id: label(LABEL.processId),
        fingerprint: label(LABEL.fingerprint),
        startedAt: label(LABEL.startedAt),
      })
    } else if (name === METRIC.events && OUTCOMES.some((outcome) => outcome === label(LABEL.outcome))) {
      const step = `${label(LABEL.journey)}/${label(LABEL.step)}`
      events.set(step, (events.get(step) ?? 0) + value)
    } else if (name === METRIC.dropped) dropped.set(label(LABEL.reason), value)
    else if (BY_PATH.has(name)) {
      const path = PATH_LABELS.map((key) => labels.get(key)).find((found) => found !== undefined)
      if (path !== undefined) paths.set(name, (paths.get(name) ?? new Set()).add(path))
    }
  }
  return { processes, events, dropped, paths: new Map([...paths].map(([name, found]) => [name, found.size])) }
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
