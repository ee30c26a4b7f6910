import { setTimeout as pause } from 'node:timers/promises'
import {
  type Check,
  captureFrom,
  checkAnswer,
  fill,
  fillAddress,
  fillDocument,
  type ProbePlan,
  type ProbeStep,
  type StepRun,
  whyInconclusive,
} from '@tabiji/core/probe'
import type { Promises } from '../ports/probe.ts'
import type { References } from './probe-network.ts'
import type { Asked, Visit, Visited } from './probe-request.ts'

/** What the steps of one run share. Times by the clock that nobody sets. */
export type StepDesk = {
  readonly plan: ProbePlan
  readonly promises: Promises
  readonly visit: Visit
  /** Secrets, and what was captured. */
  readonly values: Map<string, string>
  readonly references: References
  readonly monotonic: () => number
  readonly signal: AbortSignal
  readonly endsAt: number
}

/** @returns undefined when the run was called off */
export async function runStep(step: ProbeStep, desk: StepDesk): Promise<StepRun | undefined> {
  const { promises, monotonic, signal } = desk
  const withinMs = step.withinMs ?? promises.get(step.step)
  const began = monotonic()
  const about = { step: step.step, request: `${step.method} ${step.url}`, withinMs: withinMs ?? 0 }
  const end = (rest: Partial<StepRun> & Pick<StepRun, 'outcome'>): StepRun => {
    const elapsedMs = Math.round(monotonic() - began)
    return { ...about, elapsedMs, requests: 0, checks: [], captured: [], ...rest }
  }
  if (withinMs === undefined) return end({ outcome: 'inconclusive', why: NO_STEP })
  if (began >= desk.endsAt) return end({ outcome: 'error', why: 'the time of the whole run was up before it' })
  const asked = request(step, desk.values)
  if (typeof asked === 'string') return end({ outcome: 'error', why: asked })
  const tried = await ask(step, asked, began, desk)
  if (signal.aborted) return undefined
  const { requests, visited, checks } = tried
  if (visited.kind === 'astray') return end({ outcome: 'error', requests, why: visited.why })
  if (visited.kind === 'failed') return end({ requests, ...(await unanswered(visited, desk)) })
  const elapsedMs = Math.round(monotonic() - began)
  const told = { elapsedMs, requests, status: visited.status, checks }
  const failed = checks.find(({ ok }) => !ok)
  if (failed !== undefined) return end({ ...told, outcome: 'error', why: `expected ${failed.what}, got ${failed.got}` })
  const { found, missing } = captureFrom(step.capture, visited)
  if (missing.length > 0) return end({ ...told, outcome: 'error', why: `the answer holds no ${missing.join(', ')}` })
  for (const [name, value] of found) desk.values.set(name, value)
  const captured = [...found.keys()]
  if (elapsedMs <= withinMs) return end({ ...told, captured, outcome: 'good' })
  return end({ ...told, captured, outcome: 'slow', why: `took ${elapsedMs} ms, promised within ${withinMs} ms` })
}

const NO_STEP = 'the journeys file in force has no such step'

type Tried = { readonly visited: Visited; readonly checks: readonly Check[]; readonly requests: number }

/** Asks once; where the step polls, until the answer is the expected one or its time is up. */
async function ask(step: ProbeStep, asked: Asked, began: number, desk: StepDesk): Promise<Tried> {
  const { visit, values, monotonic, signal } = desk
  const { pollMs = Number.POSITIVE_INFINITY } = step
  const until = Math.min(began + step.timeoutMs, desk.endsAt)
  let before: Omit<Tried, 'requests'> | undefined
  for (let requests = 1; ; requests++) {
    const leftMs = Math.max(1, Math.floor(until - monotonic()))
    const visited = await visit.send(asked, leftMs, signal)
    // Whoever had hardly any time left to answer says nothing: what was said before stands.
    if (before !== undefined && leftMs < pollMs && isLate(visited)) return { ...before, requests }
    const checks = visited.kind === 'answer' ? checkAnswer(step.expect, visited, values) : []
    const isExpected = visited.kind === 'answer' && checks.every(({ ok }) => ok)
    if (isExpected || visited.kind !== 'answer' || monotonic() + pollMs >= until) return { visited, checks, requests }
    before = { visited, checks }
    await pause(pollMs, undefined, { signal }).catch(() => undefined)
  }
}

function isLate(visited: Visited): boolean {
  return visited.kind === 'failed' && visited.failure === 'timeout'
}

/** What may stand in a header: anything else could begin another one. */
const HEADER = /^[\t\x20-\x7e\x80-\xff]*$/

/** @returns why the request cannot be made; never with a value in it */
function request(step: ProbeStep, values: ReadonlyMap<string, string>): Asked | string {
  const url = fillAddress(step.url, values)
  if (url === undefined) return 'a captured value cannot stand in the address'
  const headers = Object.fromEntries(Object.entries(step.headers).map(([name, text]) => [name, fill(text, values)]))
  const wrong = Object.keys(headers).find((name) => !HEADER.test(headers[name] ?? ''))
  if (wrong !== undefined) return `a captured value cannot stand in the header ${wrong}`
  const [type, body] = bodyOf(step, values)
  const content = type === undefined || headers['content-type'] !== undefined ? {} : { 'content-type': type }
  const method = step.method as Asked['method']
  return { url, method, headers: { ...content, ...headers }, ...(body !== undefined && { body }) }
}

function bodyOf({ body }: ProbeStep, values: ReadonlyMap<string, string>): readonly [type?: string, body?: string] {
  if (body === undefined) return []
  if (body.kind === 'json') return ['application/json', JSON.stringify(fillDocument(body.value, values))]
  if (body.kind === 'text') return ['text/plain; charset=utf-8', fill(body.value, values)]
  const fields = Object.entries(body.value).map(([name, text]): [string, string] => [name, fill(text, values)])
  return ['application/x-www-form-urlencoded', new URLSearchParams(fields).toString()]
}

/** A request without an answer: the service's failure, unless it says more about this machine or its network. */
async function unanswered(
  { failure, message, code = failure }: Extract<Visited, { kind: 'failed' }>,
  { references, signal }: StepDesk,
): Promise<Pick<StepRun, 'outcome' | 'why'>> {
  if (failure === 'forbidden_address') return { outcome: 'inconclusive', why: message }
  if (failure === 'too_large') return { outcome: 'error', why: message }
  const why = whyInconclusive(code, await references.reached(signal))
  return why === undefined ? { outcome: 'error', why: message } : { outcome: 'inconclusive', why }
}
