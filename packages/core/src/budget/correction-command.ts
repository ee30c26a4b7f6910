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
import { DAY, isoIn, parseInstant } from '../time/index.ts'
import { recurrenceMistake, recurrencesOf } from '../time/recurrence.ts'
import type { Correction, CorrectionCategory, Withdrawal } from './correction.ts'

/** The longest stretch: whoever excludes more than a month has nothing left to promise. */
const LONGEST = 31 * DAY

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
    ...(from === undefined ? [unreadable('from', request.from, zone)] : []),
    ...(to === undefined ? [unreadable('to', request.to, zone)] : []),
    ...(from === undefined || to === undefined ? [] : checkStretch(from, to, zone)),
    ...(rrule === undefined ? [] : checkRule(rrule, from, zone)),
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

function unreadable(field: 'from' | 'to', typed: string, zone: string): Problem {
  const message = `Expected \`${field}\` to be one instant on the clocks of ${zone}, got "${typed}"`
  const hint = 'write HH:MM for today, or a time with its offset such as 2026-10-20T13:02+09:00'
  return refusal('CORRECTION_TIME', message, hint, [field])
}

function checkStretch(from: number, to: number, zone: string): readonly Problem[] {
  if (to <= from) {
    const message = `Expected \`to\` to be after \`from\` (${isoIn(from, zone)}), got ${isoIn(to, zone)}`
    return [refusal('CORRECTION_ORDER', message, undefined, ['to'])]
  }
  if (to - from <= LONGEST) return []
  const message = `Expected a stretch of at most 31 days, got ${Math.ceil((to - from) / DAY)} days`
  const hint = 'exclude what was not the service’s doing; what was promised wrongly is mended in the journeys file'
  return [refusal('CORRECTION_TOO_LONG', message, hint, ['to'])]
}

function checkRule(rrule: string, from: number | undefined, zone: string): readonly Problem[] {
  const mistake = recurrenceMistake(rrule)
  const hint = 'write FREQ=WEEKLY;BYDAY=SU, FREQ=DAILY;COUNT=5 or FREQ=MONTHLY;BYDAY=1SU;UNTIL=20261231T150000Z'
  if (mistake !== undefined) {
    return [refusal('CORRECTION_RRULE', `Expected \`rrule\` to be a recurrence rule: ${mistake}`, hint, ['rrule'])]
  }
  if (from === undefined) return []
  const [first] = recurrencesOf(rrule, from, zone, { from, to: from + 400 * DAY })
  if (first === from) return []
  const message = `Expected \`from\` to be a time that \`rrule\` gives, got ${isoIn(from, zone)}`
  const next =
    first === undefined ? 'the rule gives none in the 400 days after it' : `the next is ${isoIn(first, zone)}`
  return [refusal('CORRECTION_RRULE', message, next, ['from'])]
}
