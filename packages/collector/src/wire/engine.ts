import type { Trust } from './access.ts'
import { type EngineAnswer, type EngineFailed, type EngineFailure, readAnswer } from './engine/answer.ts'
import type { Outgoing } from './outgoing.ts'

/** How a Prometheus-compatible engine is reached. */
export type EngineAccess = {
  /** What stands before `/api/v1`; a path is kept, as in `https://mimir.example/prometheus`. */
  readonly url: string
  /** Asked at every request: credentials, and the tenant. */
  readonly headers: () => Readonly<Record<string, string>>
  readonly timeoutMs: number
  /** For an https address whose certificate is from an authority of one's own, or that wants one of ours. */
  readonly trust?: Trust
}

export type EngineLimits = {
  /** Of an answer. */
  readonly maxBytes: number
  readonly maxSeries: number
}

/** Times in milliseconds since the Unix epoch. */
type Stretch = { readonly from: number; readonly to: number }

/** The query API of Prometheus, Thanos, Mimir and VictoriaMetrics. Never throws: the world's failures are values. */
export type Engine = {
  /** What an expression comes to at a time: at most one sample per series. */
  instant(expr: string, at: number, signal: AbortSignal): Promise<EngineAnswer>
  /** What it comes to at every step from the beginning of the stretch to its end, both included. */
  range(expr: string, stretch: Stretch & { readonly stepMs: number }, signal: AbortSignal): Promise<EngineAnswer>
  /**
   * The samples of the selector as they were scraped, each with its own time, after `from` and up to `to`. The engine
   * leaves out the marks of stale series: a series that ended just has no more samples.
   */
  raw(selector: string, stretch: Stretch, signal: AbortSignal): Promise<EngineAnswer>
}

/**
 * Thanos and VictoriaMetrics answer with what they have when a part of them is gone, unless they are told not to. Those
 * that do not know the words ignore them. Series of replicas are put together where the engine can.
 */
const WHOLE = { partial_response: 'false', deny_partial_response: '1', dedup: 'true' }

export function createEngine(access: EngineAccess, outgoing: Outgoing, limits: EngineLimits): Engine {
  const ask = async (path: string, form: Readonly<Record<string, string>>, signal: AbortSignal) => {
    const { timeoutMs, trust } = access
    const body = new URLSearchParams({ ...form, ...WHOLE, timeout: `${timeoutMs}ms` }).toString()
    const headers = { ...access.headers(), ...FORM }
    const url = addressOf(access.url, path)
    const { maxBytes } = limits
    const request = {
      url,
      method: 'POST',
      headers,
      body,
      timeoutMs,
      maxBytes,
      ...(trust !== undefined && { trust }),
    } as const
    const answer = await outgoing.send(request, signal)
    if (answer.kind === 'failed') return failed(answer.failure, answer.message)
    return readAnswer(answer.status, answer.bytes, limits.maxSeries)
  }
  return {
    instant: (query, at, signal) => ask('query', { query, time: seconds(at) }, signal),
    range: (query, { from, to, stepMs }, signal) =>
      ask('query_range', { query, start: seconds(from), end: seconds(to), step: seconds(stepMs) }, signal),
    raw: async (selector, { from, to }, signal) => {
      // Prometheus 2 takes a sample at the very beginning of the range as well, and 3 does not.
      const answer = await ask('query', { query: `${selector}[${to - from}ms]`, time: seconds(to) }, signal)
      if (!answer.ok) return answer
      const series = answer.series.map((one) => ({ ...one, samples: one.samples.filter(({ at }) => at > from) }))
      return { ...answer, series: series.filter(({ samples }) => samples.length > 0) }
    },
  }
}

const FORM = {
  accept: 'application/json',
  'accept-encoding': 'identity',
  'content-type': 'application/x-www-form-urlencoded',
}

function addressOf(base: string, path: string): string {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/api/v1/${path}`
  return url.href
}

/** Milliseconds as the API takes times and steps, without a rounding of its own. */
function seconds(ms: number): string {
  return (ms / 1000).toFixed(3)
}

function failed(failure: EngineFailure, message: string): EngineFailed {
  return { ok: false, failure, message }
}
