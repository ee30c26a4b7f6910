import type { Told } from '../incident/index.ts'
import { dateOf, dayRange, daysBetween, isoIn } from '../time/index.ts'
import { type FixEvent, type FixHistory, type FixKind, inEffect, type TicketRef } from './event.ts'
import { type Acceptance, type Fix, type FixState, foldFix } from './fix.ts'

/** What leaves the process about a fix: plain JSON, instants in ISO 8601 with the zone's offset, dates as `YYYY-MM-DD`. */
export type FixSummary = {
  readonly key: string
  readonly title: string
  readonly kind: FixKind
  readonly state: FixState
  readonly incident?: string
  readonly journey?: string
  readonly cause?: string
  readonly owner?: string
  /** The date on which it was added. */
  readonly created: string
  /** The date since which it is owed, where that is earlier: it is a part of an older fix, or an older one was the same. */
  readonly since?: string
  readonly firstDue: string
  readonly due: string
  readonly postponements: number
  /** Dates since the due date while it is open; 0 otherwise. */
  readonly overdueDays: number
  readonly doneAt?: string
  readonly acceptance?: Acceptance
  /** Nobody has stated a date: it follows from the level of the incident. */
  readonly dueIsDefault?: true
  readonly blocked?: { readonly since: string; readonly reason?: string }
  readonly ticket?: TicketRef
  readonly splitFrom?: string
  readonly mergedInto?: string
}

/** The fix in plain JSON, looked at in the instant `now` (milliseconds). */
export function summarizeFix(fix: Fix, now: number, zone: string): FixSummary {
  const { createdAt, since, doneAt, blocked, ...told } = fix
  const created = dateOf(createdAt, zone)
  const late = fix.state === 'open' ? Math.max(0, daysBetween(fix.due, dateOf(now, zone))) : 0
  return {
    ...told,
    created,
    overdueDays: late,
    ...(since < created && { since }),
    ...(blocked !== undefined && { blocked: { ...blocked, since: isoIn(blocked.since, zone) } }),
    ...(doneAt !== undefined && { doneAt: isoIn(doneAt, zone) }),
  }
}

/** The order of a list to work through: open ones first, the most overdue on top, then by due date and key. */
export function compareFixes(a: FixSummary, b: FixSummary): number {
  const closed = Number(a.state !== 'open') - Number(b.state !== 'open')
  return closed || b.overdueDays - a.overdueDays || compare(a.due, b.due) || compare(a.key, b.key)
}

/** One transition of a fix with the state that it led to, as plain JSON. */
export type FixTransition = (Omitted<Told<FixEvent, 'at'>> | { readonly type: 'expired'; readonly at: string }) & {
  readonly state: FixState
  /** When it was recorded, where that was later than when it took effect. */
  readonly recordedAt?: string
}

type Omitted<Event> = Event extends unknown ? Omit<Event, 'happenedAt' | 'ahead'> : never

/**
 * Every transition of a fix, oldest first. The end of an acceptance is nobody's act, so no event tells of it: it stands
 * here at the first instant after the last accepted day, unless something else had been recorded by then.
 *
 * @param now milliseconds; what comes after it is left out
 */
export function fixTransitions(history: FixHistory, now: number, zone: string): readonly FixTransition[] {
  const { key, events } = inEffect(history)
  const past = events.filter(({ at }) => at <= now)
  return past.flatMap((event, i) => {
    const after = foldFix({ key, events: past.slice(0, i + 1) }, event.at, zone)
    if (after === undefined) return []
    const recorded = history.events[i]?.at ?? event.at
    const told: FixTransition = {
      ...event,
      at: isoIn(event.at, zone),
      state: after.state,
      ...(recorded > event.at && { recordedAt: isoIn(recorded, zone) }),
    }
    const end = after.acceptance === undefined ? undefined : dayRange(after.acceptance.until, zone).to
    if (end === undefined || end > (past[i + 1]?.at ?? now)) return [told]
    return [told, { type: 'expired', at: isoIn(end, zone), state: 'open' }]
  })
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
