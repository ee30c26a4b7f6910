import type { AlertStore } from '../../ports/alert-store.ts'
import type { Check } from '../../ports/api.ts'
import type { ReadOutcome } from './read.ts'

/** Who writes to the store. */
export type StorePart = 'readings' | 'evaluation' | 'delivery' | 'checkpoint' | 'keeping' | 'answers'

/** What was last heard of each part of the house. */
export type Health = {
  evaluated(at: number): void
  /** When an evaluation was last finished, milliseconds; 0 when never. */
  evaluatedAt(): number
  /** The store took, or refused, what a part of the house wrote; each part is judged by its own last write. */
  wrote(part: StorePart, error?: unknown): void
  /** Something was written for certain: what was refused before is history. */
  wroteAgain(): void
  /** Whether the last write of any part was refused. */
  isRefused(): boolean
  /** What is wrong with the store's file, as it was last looked at. */
  looked(trouble: string | undefined): void
  read(outcome: Heard): void
  /** A source is not read any more. */
  left(source: string): void
  /** What is wrong with a list of targets; nothing when it could be had and all of it is used. */
  listed(discovery: string, trouble: string | undefined): void
  /** How many files of secrets, certificates, calendars and checklists cannot be used as they are now. */
  rotated(broken: number): void
  /** How many problems the newest journeys file had; 0 when it was taken. */
  reloaded(problems: number): void
  checks(now: number): readonly Check[]
}

/** What came of reading a target or asking an engine. */
type Heard = Pick<ReadOutcome, 'booked'> & {
  readonly source: { readonly name: string }
  readonly result: { readonly ok: true } | { readonly ok: false; readonly message: string }
}

/** Evaluations that may fail to come before the collector is called useless. */
const MISSED_EVALUATIONS = 3

/** A page that is owed for longer than this is a broken bell. */
const PAGE_OWED_MS = 120_000

export function createHealth(alerts: Pick<AlertStore, 'oldestOwed'>, intervalMs: number): Health {
  const state = { evaluatedAt: 0, trouble: '', damage: '', refused: 0, broken: 0 }
  const refusals = new Map<StorePart, string>()
  const unread = new Map<string, string>()
  const lists = new Map<string, string>()
  return {
    evaluated: (at) => {
      state.evaluatedAt = at
    },
    evaluatedAt: () => state.evaluatedAt,
    wrote: (part, error) => {
      if (error === undefined) refusals.delete(part)
      else if (isDamage(error)) state.damage = error.message
      else refusals.set(part, error instanceof Error ? error.message : String(error))
    },
    wroteAgain: () => refusals.clear(),
    isRefused: () => refusals.size > 0,
    looked: (trouble) => {
      state.trouble = trouble ?? ''
    },
    read: ({ source, result, booked }) => {
      if (result.ok && booked) unread.delete(source.name)
      else unread.set(source.name, result.ok ? 'read, but it could not be written down' : result.message)
    },
    left: (source) => void unread.delete(source),
    listed: (discovery, trouble) => {
      if (trouble === undefined) lists.delete(discovery)
      else lists.set(discovery, trouble)
    },
    rotated: (broken) => {
      state.broken = broken
    },
    reloaded: (problems) => {
      state.refused = problems
    },
    checks: (now) => [
      storeCheck(state.trouble || damageOf(state.damage), refusals),
      evaluationCheck(state.evaluatedAt, now, intervalMs),
      targetsCheck(unread, lists),
      deliveryCheck(alerts.oldestOwed(1, now), now),
      fileCheck(state.refused),
      secretsCheck(state.broken),
    ],
  }
}

/** Pages that nobody happens to read look well; once damage was met, only another file mends it. */
function isDamage(error: unknown): error is Error {
  const { code } = Object(error) as { readonly code?: unknown }
  return error instanceof Error && /^SQLITE_(CORRUPT|NOTADB)/.test(String(code))
}

function damageOf(message: string): string {
  return message && `the store is damaged (${message}); stop the collector and use tabiji restore`
}

function storeCheck(trouble: string, refusals: ReadonlyMap<StorePart, string>): Check {
  const name = 'store'
  if (trouble !== '') return { name, status: 'failed', message: trouble }
  if (refusals.size === 0) return { name, status: 'ok', message: 'the last write was taken' }
  const told = [...refusals].map(([part, error]) => `${part}: ${error}`).join('; ')
  return { name, status: 'failed', message: `the last write was refused; ${told}` }
}

function evaluationCheck(at: number, now: number, intervalMs: number): Check {
  const name = 'evaluation'
  if (at === 0) return { name, status: 'failed', message: 'no evaluation has been finished yet' }
  const late = now - at > MISSED_EVALUATIONS * intervalMs
  const message = `the last evaluation was finished ${Math.max(0, Math.round((now - at) / 1000))} s ago`
  return { name, status: late ? 'failed' : 'ok', message }
}

function targetsCheck(unread: ReadonlyMap<string, string>, lists: ReadonlyMap<string, string>): Check {
  const name = 'targets'
  if (unread.size + lists.size === 0) return { name, status: 'ok', message: 'all targets could be read' }
  const first = (found: ReadonlyMap<string, string>) =>
    [...found].slice(0, 5).map(([of, message]) => `${of}: ${message}`)
  const counts = unread.size > 0 ? [`${unread.size} could not be read`] : []
  const message = [...counts, ...first(unread), ...first(lists)].join('; ')
  return { name, status: 'degraded', message }
}

function deliveryCheck(oldest: number | undefined, now: number): Check {
  if (oldest === undefined || now - oldest < PAGE_OWED_MS) {
    return { name: 'delivery', status: 'ok', message: 'no page is overdue' }
  }
  const message = `a level 1 notification has been owed for ${Math.round((now - oldest) / 1000)} s`
  return { name: 'delivery', status: 'degraded', message }
}

function fileCheck(problems: number): Check {
  if (problems === 0) return { name: 'journeys', status: 'ok', message: 'the newest journeys file is in force' }
  const message = `the newest journeys file was refused for ${problems} problem(s); the one before it is in force`
  return { name: 'journeys', status: 'degraded', message }
}

function secretsCheck(broken: number): Check {
  const name = 'secrets'
  if (broken === 0)
    return { name, status: 'ok', message: 'secrets, certificates, calendars and checklists are as their files are' }
  const message = `${broken} file(s) of secrets, certificates, calendars or checklists cannot be used; what they held before is in force`
  return { name, status: 'degraded', message }
}
