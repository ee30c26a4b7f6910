import { type Problem, refusal } from '../problem/index.ts'
import { isoIn } from './calendar.ts'
import { DAY } from './duration.ts'
import { recurrenceMistake, recurrencesOf } from './recurrence.ts'

/** Why a typed time is refused that {@link parseInstant} cannot read. @param field names it in the command */
export function unreadableInstant(code: string, field: string, typed: string, zone: string): Problem {
  const message = `Expected \`${field}\` to be one instant on the clocks of ${zone}, got "${typed}"`
  const hint = 'write HH:MM for today, or a time with its offset such as 2026-10-20T13:02+09:00'
  return refusal(code, message, hint, [field])
}

/** How long a stretch may be that people state with `from`, `to` and `rrule`, and how its refusals are called. */
export type StretchRules = {
  /** Begins each code: `CORRECTION` gives `CORRECTION_ORDER`. */
  readonly code: string
  readonly longestDays: number
  /** What to do instead of a longer one. */
  readonly tooLong: string
  /** How far a recurrence is looked through for its first time. */
  readonly ahead: { readonly days: number; readonly words: string }
}

/** Everything that speaks against a stated stretch. Times in milliseconds; what could not be read is told elsewhere. */
export function stretchProblems(
  { from, to, rrule }: { readonly from: number | undefined; readonly to: number | undefined; readonly rrule?: string },
  zone: string,
  rules: StretchRules,
): readonly Problem[] {
  return [
    ...(from === undefined || to === undefined ? [] : lengthProblems(from, to, zone, rules)),
    ...(rrule === undefined ? [] : recurrenceProblems(rrule, from, zone, rules)),
  ]
}

function lengthProblems(from: number, to: number, zone: string, { code, longestDays, tooLong }: StretchRules) {
  if (to <= from) {
    const message = `Expected \`to\` to be after \`from\` (${isoIn(from, zone)}), got ${isoIn(to, zone)}`
    return [refusal(`${code}_ORDER`, message, undefined, ['to'])]
  }
  if (to - from <= longestDays * DAY) return []
  const message = `Expected a stretch of at most ${longestDays} days, got ${Math.ceil((to - from) / DAY)} days`
  return [refusal(`${code}_TOO_LONG`, message, tooLong, ['to'])]
}

/** A rule that does not give its own beginning would place every stretch where nobody meant it. */
function recurrenceProblems(rrule: string, from: number | undefined, zone: string, { code, ahead }: StretchRules) {
  const mistake = recurrenceMistake(rrule)
  const hint = 'write FREQ=WEEKLY;BYDAY=SU, FREQ=DAILY;COUNT=5 or FREQ=MONTHLY;BYDAY=1SU;UNTIL=20261231T150000Z'
  if (mistake !== undefined) {
    return [refusal(`${code}_RRULE`, `Expected \`rrule\` to be a recurrence rule: ${mistake}`, hint, ['rrule'])]
  }
  if (from === undefined) return []
  const [first] = recurrencesOf(rrule, from, zone, { from, to: from + ahead.days * DAY })
  if (first === from) return []
  const message = `Expected \`from\` to be a time that \`rrule\` gives, got ${isoIn(from, zone)}`
  const next =
    first === undefined ? `the rule gives none in the ${ahead.words} after it` : `the next is ${isoIn(first, zone)}`
  return [refusal(`${code}_RRULE`, message, next, ['from'])]
}
