import {
  checkKnown,
  checkText,
  type Decision,
  decide,
  hintFor,
  type Problem,
  refusal,
  type Scribe,
} from '../problem/index.ts'
import { isoIn, parseInstant } from '../time/index.ts'
import { type StretchRules, stretchProblems, unreadableInstant } from '../time/typed.ts'
import type { Correction, CorrectionCategory, Withdrawal } from './correction.ts'

/** Whoever excludes more than a month has nothing left to promise. */
const STRETCH: StretchRules = {
  code: 'CORRECTION',
  longestDays: 31,
  tooLong: 'exclude what was not the service’s doing; what was promised wrongly is mended in the journeys file',
  ahead: { days: 400, words: '400 days' },
}

/** What somebody wants to exclude. Times as they were typed; see `parseInstant`. */
export type CorrectionRequest = {
  readonly journeys: readonly string[]
  readonly objectives: readonly string[]
  readonly from: string
  readonly to: string
  readonly rrule?: string
  readonly category: CorrectionCategory
  readonly reason: string
}

/** What a decision about a correction needs to know. */
export type CorrectionContext = Scribe & {
  readonly zone: string
  /** Names of all journeys, and of all objectives over all journeys. */
  readonly journeys: readonly string[]
  readonly objectives: readonly string[]
}

/**
 * Decides whether a stretch is excluded. It may lie in the past, because that something was not the service's doing is often
 * known only afterwards, and in the future, because maintenance is planned.
 */
export function decideCorrection(
  request: CorrectionRequest,
  context: CorrectionContext,
): Decision<Omit<Correction, 'key'>> {
  const { journeys, objectives, rrule, category, reason } = request
  const { now, by, zone } = context
  const from = parseInstant(request.from, now, zone)
  const to = parseInstant(request.to, now, zone)
  const problems = [
    ...journeys.flatMap((name) => checkKnown('CORRECTION_UNKNOWN_JOURNEY', 'journey', name, context.journeys)),
    ...objectives.flatMap((id) => checkKnown('CORRECTION_UNKNOWN_OBJECTIVE', 'objective', id, context.objectives)),
    ...checkText('CORRECTION_REASON', 'reason', reason),
    ...(from === undefined ? [unreadableInstant('CORRECTION_TIME', 'from', request.from, zone)] : []),
    ...(to === undefined ? [unreadableInstant('CORRECTION_TIME', 'to', request.to, zone)] : []),
    ...stretchProblems({ from, to, ...(rrule !== undefined && { rrule }) }, zone, STRETCH),
  ]
  return decide(problems, {
    from: from ?? now,
    to: to ?? now,
    createdAt: now,
    ...(by !== undefined && { author: by }),
    category,
    reason: reason.trim(),
    appliesTo: [...new Set([...journeys, ...objectives])],
    zone,
    ...(rrule !== undefined && { rrule }),
  })
}

/** @param current the correction of `key`; absent when there is none */
export function decideWithdrawal(
  current: Correction | undefined,
  reason: string,
  {
    now,
    by,
    key,
    keys,
    zone,
  }: Scribe & { readonly key: string; readonly keys: readonly string[]; readonly zone: string },
): Decision<Withdrawal> {
  if (current === undefined) return decide([unknownCorrection(key, keys)])
  const problems = [...checkText('CORRECTION_REASON', 'reason', reason)]
  if (current.withdrawn !== undefined) {
    const message = `Expected ${key} to be active, but it was withdrawn at ${isoIn(current.withdrawn.at, zone)}`
    problems.push(refusal('CORRECTION_WITHDRAWN', message, 'to exclude the stretch after all, add another correction'))
  }
  return decide(problems, { at: now, ...(by !== undefined && { by }), reason: reason.trim() })
}

/** Why a key leads nowhere, with the nearest of the known ones. */
export function unknownCorrection(key: string, keys: readonly string[]): Problem {
  return refusal('CORRECTION_UNKNOWN', `There is no correction ${key}`, hintFor(key, keys))
}
