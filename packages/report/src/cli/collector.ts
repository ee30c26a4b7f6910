import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { isMonth } from '@tabiji/core/time'
import { EXIT, type Failure, failed, type Result, succeeded } from './failure.ts'
import { MOST_BYTES, readText, reasonOf } from './read.ts'
import type { CollectorSource } from './request.ts'
import { teamRefusal } from './team.ts'

export type Collector = CollectorSource & { readonly token?: string; readonly stop: AbortSignal }

/** The last month that is over in the collector's zone; it answers `{"latestComplete":"YYYY-MM",…}`, or null for none. */
export async function latestMonth(collector: Collector): Promise<Result<string>> {
  const asked = await ask(collector, '/api/v1/months')
  if (!asked.ok) return asked
  const { value } = asked
  const latest = typeof value === 'object' && value !== null && 'latestComplete' in value ? value.latestComplete : ''
  if (typeof latest === 'string' && isMonth(latest)) return succeeded(latest)
  if (latest === null) {
    return failed({
      code: 'NO_MONTH',
      exit: EXIT.no,
      message: `no month is over yet in the books of the collector at ${collector.url}`,
      fix: 'name the running month to get a draft, such as `tabiji-report 2026-10`',
    })
  }
  return failed(notOurs(collector, 'its list of months does not name `latestComplete` as YYYY-MM'))
}

/** The facts of a month as the collector wrote them; nothing in them has been checked. */
export function monthFacts(collector: Collector, month: string): Promise<Result<unknown>> {
  return ask(collector, `/api/v1/months/${month}/facts${narrowing(collector)}`)
}

/** What was frozen of a month, unchecked; nothing of a month that was not issued, or of a collector that issues none. */
export async function issuedFacts(
  collector: Collector,
  month: string,
): Promise<Result<{ readonly facts: unknown; readonly issue: unknown } | undefined>> {
  const asked = await ask(collector, `/api/v1/reports/${month}/facts${narrowing(collector)}`)
  if (!asked.ok) return asked.failure.code === 'NO_FACTS' ? succeeded(undefined) : asked
  const { facts, issue } = Object(asked.value) as { facts?: unknown; issue?: unknown }
  if (facts === undefined || issue === undefined) return failed(notOurs(collector, 'what it issued has no facts'))
  return succeeded({ facts, issue })
}

const narrowing = ({ team }: Collector): string => (team === undefined ? '' : `?team=${encodeURIComponent(team)}`)

/** One request, one time limit over all of it. Redirects are not followed: the token is meant for this address only. */
async function ask(collector: Collector, path: string): Promise<Result<unknown>> {
  const { url, token, timeoutMs, stop } = collector
  const { signal, release } = limited(stop, timeoutMs)
  const headers = { accept: 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) }
  try {
    const response = await fetch(url + path, { headers, redirect: 'manual', signal })
    const body = response.body === null ? '' : await readText(streamOf(response.body), signal)
    if (body === undefined) return failed(notOurs(collector, `its answer is longer than ${MOST_BYTES} bytes`))
    if (response.status !== 200) return failed(refusal(collector, path, response.status, parse(body)))
    const value = parse(body)
    return value === undefined ? failed(notOurs(collector, 'its answer is not JSON')) : succeeded(value)
  } catch (thrown) {
    stop.throwIfAborted()
    return failed(unreachable(collector, signal.aborted ? `no answer within ${timeoutMs} ms` : reasonOf(thrown)))
  } finally {
    release()
  }
}

/**
 * A signal that fires when the person stops or the time is over, whichever is first. Built by hand, because on Node 20
 * `AbortSignal.any` may lose an `AbortSignal.timeout` to the garbage collector, and then nothing ever fires.
 */
function limited(stop: AbortSignal, timeoutMs: number): { readonly signal: AbortSignal; readonly release: () => void } {
  const ending = new AbortController()
  const end = () => ending.abort()
  const timer = setTimeout(end, timeoutMs)
  stop.addEventListener('abort', end)
  const release = () => {
    clearTimeout(timer)
    stop.removeEventListener('abort', end)
  }
  return { signal: ending.signal, release }
}

/** The same class under two declarations: the global one and that of node:stream/web. */
function streamOf(body: Response['body'] & object): Readable {
  return Readable.fromWeb(body as ReadableStream)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function refusal(collector: Collector, path: string, status: number, body: unknown): Failure {
  const { url, token } = collector
  const told = messageIn(body)
  const where = `${url}${path}`
  const why = told === undefined ? {} : { why: `the collector says: ${told}` }
  if (status === 401 || status === 403) {
    const fix = token === undefined ? 'set TABIJI_TOKEN_FILE or TABIJI_TOKEN' : 'use a token that may read reports'
    return { code: 'NOT_ALLOWED', exit: EXIT.notAllowed, message: `not allowed: ${where} (${status})`, ...why, fix }
  }
  if (status >= 300 && status < 400) {
    const fix = 'let --url name the address where the collector really is; redirects are not followed'
    return { code: 'REDIRECTED', exit: EXIT.unreachable, message: `${where} points elsewhere (${status})`, fix }
  }
  const ofTeam = teamRefusal(body, collector)
  if (ofTeam !== undefined) return ofTeam
  if (status < 500 && status !== 408 && status !== 429) {
    const fix = 'name a month that has begun and that the collector has seen; check that --url is a collector'
    return { code: 'NO_FACTS', exit: EXIT.no, message: `no facts at ${where} (${status})`, ...why, fix }
  }
  return { ...unreachable(collector, `it answered ${status}`), ...why }
}

function unreachable({ url }: Collector, reason: string): Failure {
  return {
    code: 'UNREACHABLE',
    exit: EXIT.unreachable,
    message: `cannot reach the collector at ${url} (${reason})`,
    fix: 'start it with `tabiji up`, or point to another one with --url, or read a file with --facts',
  }
}

function notOurs({ url }: Collector, why: string): Failure {
  const message = `what answers at ${url} does not speak like a collector`
  return { code: 'NOT_A_COLLECTOR', exit: EXIT.unreachable, message, why, fix: 'check --url' }
}

const LONGEST_QUOTE = 200

/** The sentence in `{"error":{"message":…}}`, cut; anything else is not repeated. */
function messageIn(body: unknown): string | undefined {
  const error = (body as { error?: unknown } | null | undefined)?.error
  const message = (error as { message?: unknown } | null | undefined)?.message
  return typeof message === 'string' && message !== '' ? message.slice(0, LONGEST_QUOTE) : undefined
}
