import { dateOf, monthRange } from '../time/index.ts'
import { type FixHistory, inEffect } from './event.ts'
import type { OpenFix } from './figures.ts'
import { type Fix, type FixState, foldFix } from './fix.ts'
import { monthsUpTo } from './month.ts'

/** A fix in the list of a month. Dates as `YYYY-MM-DD` in the file's zone. */
export type FixLine = Pick<
  OpenFix,
  | 'key'
  | 'title'
  | 'kind'
  | 'incident'
  | 'journey'
  | 'owner'
  | 'created'
  | 'firstDue'
  | 'due'
  | 'postponements'
  | 'ticket'
> & {
  readonly state: FixState
  /** When it was done; of no other state. */
  readonly done?: string
  /** Absent: it does not wait for anybody. */
  readonly blocked?: true
}

/**
 * Every fix that a figure of the month counts, as it stood when the month ended, by key: open at its start or end, new, done or
 * gone in it, first due in it, or of one of the months whose curves are told.
 *
 * @param asOf milliseconds; what happened later is not looked at
 */
export function fixLines(
  recorded: readonly FixHistory[],
  month: string,
  zone: string,
  asOf: number,
): readonly FixLine[] {
  const { from, to } = monthRange(month, zone)
  const last = Math.min(to - 1, asOf)
  const [oldest = month] = monthsUpTo(month)
  const counts = (fix: Fix, before: Fix | undefined) =>
    fix.state === 'open' ||
    before?.state === 'open' ||
    fix.since.slice(0, 7) >= oldest ||
    fix.createdAt >= from ||
    fix.firstDue.slice(0, 7) === month ||
    (fix.doneAt !== undefined && fix.doneAt >= from)
  return recorded
    .map(inEffect)
    .flatMap((history) => {
      const fix = foldFix(history, last, zone)
      return fix !== undefined && counts(fix, foldFix(history, from - 1, zone)) ? [lineOf(fix, zone)] : []
    })
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

function lineOf(fix: Fix, zone: string): FixLine {
  const { key, title, kind, state, incident, journey, owner, since, firstDue, due, postponements, ticket } = fix
  return {
    key,
    title,
    kind,
    state,
    ...(incident !== undefined && { incident }),
    ...(journey !== undefined && { journey }),
    ...(owner !== undefined && { owner }),
    created: since,
    firstDue,
    due,
    postponements,
    ...(state === 'done' && fix.doneAt !== undefined && { done: dateOf(fix.doneAt, zone) }),
    ...(state === 'open' && fix.blocked !== undefined && { blocked: true as const }),
    ...(ticket !== undefined && { ticket }),
  }
}
