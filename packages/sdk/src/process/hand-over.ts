import type { HandOver } from '@tabiji/core/journey'
import type { HandOverTarget } from './target.ts'

/** How handing the final counters over ended. `spooled`: they wait in the spool folder for the next start. */
export type Closed =
  | { readonly accepted: true }
  | { readonly accepted: false; readonly reason: 'not-configured' }
  /** The collector answered and said no; saying the same again would not help. */
  | { readonly accepted: false; readonly reason: 'refused'; readonly status: number; readonly spooled?: true }
  /** No answer, or answers of a collector that could not do it (5xx), until the time was up. */
  | { readonly accepted: false; readonly reason: 'unreachable'; readonly code: string; readonly spooled?: true }

type Told = Exclude<Closed, { reason: 'not-configured' }>
type Failed = Exclude<Told, { accepted: true }>

/** Pause before the one repetition, at most: long enough for a listener that is just coming back. */
const PAUSE_MS = 250

/**
 * Posts the counters, and once more when the collector could not be reached or could not do it. A hand-over is
 * cumulative, so a repetition of one that did arrive changes nothing. Never rejects. Every failure is told by a status
 * or an error code only: the texts of errors may repeat the header with the token.
 */
export async function handOver(target: HandOverTarget, body: HandOver): Promise<Told> {
  const signal = AbortSignal.timeout(target.timeoutMs)
  const text = JSON.stringify(body)
  const first = await post(target, text, signal)
  if (first.accepted || first.reason !== 'unreachable' || signal.aborted) return first
  await pause(Math.min(PAUSE_MS, target.timeoutMs / 4))
  if (signal.aborted) return first
  return post(target, text, signal)
}

async function post(target: HandOverTarget, body: string, signal: AbortSignal): Promise<Told> {
  const headers: Record<string, string> = { 'content-type': 'application/json' }
  if (target.token !== undefined) headers['authorization'] = `Bearer ${target.token()}`
  try {
    // A redirect is an answer like any other, so that the token goes to the configured address and nowhere else.
    const response = await fetch(target.url, { method: 'POST', headers, body, signal, redirect: 'manual' })
    await response.body?.cancel()
    return judge(response.status)
  } catch (error) {
    return { accepted: false, reason: 'unreachable', code: codeOf(error) }
  }
}

function judge(status: number): Told {
  if (status >= 200 && status < 300) return { accepted: true }
  if (status >= 500) return { accepted: false, reason: 'unreachable', code: `HTTP ${status}` }
  return { accepted: false, reason: 'refused', status }
}

/** The sentence for a person that goes with a failure. */
export function describeFailure(failed: Failed, spooled: boolean): string {
  const why =
    failed.reason === 'refused' ? `refused them with HTTP ${failed.status}` : `was unreachable: ${failed.code}`
  const kept = spooled ? ' They wait in the spool.' : ''
  return `The final counters were not handed over: the collector ${why}.${kept}`
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'UNKNOWN'
  const { cause } = error
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code
  return error.name
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms))
}
