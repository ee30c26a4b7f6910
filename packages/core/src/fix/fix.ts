import { dateOf, dayRange, daysBetween } from '../time/index.ts'
import { type FixEvent, type FixHistory, type FixKind, inEffect, type TicketRef } from './event.ts'

/**
 * `accepted` is a risk that somebody answers for until a date; after it the fix is open again. `merged` is the same as another
 * fix, which goes on for both.
 */
export const FIX_STATES = ['open', 'done', 'dropped', 'accepted', 'merged'] as const
export type FixState = (typeof FIX_STATES)[number]

/** Who answers for a risk, why, and through which date. */
export type Acceptance = { readonly approver: string; readonly reason: string; readonly until: string }

/** A fix as its events tell it. */
export type Fix = {
  /** `FIX-0117`, for people. */
  readonly key: string
  readonly title: string
  readonly kind: FixKind
  readonly incident?: string
  readonly journey?: string
  readonly cause?: string
  /** Absent: nobody has it. */
  readonly owner?: string
  /** When it came into the list. */
  readonly createdAt: number
  /** Since which date it is owed: a part or a duplicate inherits the earliest (incident.md §3.2). */
  readonly since: string
  /** The date that was promised first; moving the fix never changes it. */
  readonly firstDue: string
  readonly due: string
  /** Nobody has stated a date yet: both follow from the level of the incident. */
  readonly dueIsDefault?: true
  /** How often the due date was moved to a later one. */
  readonly postponements: number
  readonly state: FixState
  /** When it was last done; kept when it is reopened. */
  readonly doneAt?: number
  /** Present while the state is `accepted`. */
  readonly acceptance?: Acceptance
  /** Why it cannot go on, and since when. */
  readonly blocked?: { readonly since: number; readonly reason?: string }
  readonly ticket?: TicketRef
  /** The fix that it was a part of. */
  readonly splitFrom?: string
  /** The fix that goes on for it; present while the state is `merged`. */
  readonly mergedInto?: string
}

/** The key of the nth fix, counted from 1. */
export function fixKey(number: number): string {
  return `FIX-${String(number).padStart(4, '0')}`
}

/**
 * The fix as it was at an instant (milliseconds), with what took effect in that very millisecond. A date ends at midnight
 * of the zone, and so does an acceptance: through its last day the risk is accepted, from the next day on the fix is open.
 *
 * @returns `undefined` when nothing had happened by then.
 * @throws RangeError when the first event is not `added`: such a log was not written by us.
 */
export function foldFix(history: FixHistory, at: number, zone: string): Fix | undefined {
  const [first, ...rest] = inEffect(history).events.filter((event) => event.at <= at)
  if (first === undefined) return undefined
  if (first.type !== 'added') throw new RangeError(`Expected ${history.key} to begin with added, got ${first.type}`)
  const { type: _, at: createdAt, by: __, happenedAt: ___, ahead: ____, due, splitFrom, ...stated } = first
  const since = earlier(dateOf(createdAt, zone), splitFrom?.since)
  const added: Fix = {
    key: history.key,
    ...stated,
    createdAt,
    since,
    firstDue: due,
    due,
    postponements: 0,
    state: 'open',
    ...(splitFrom !== undefined && { splitFrom: splitFrom.key }),
  } as const
  return expire(
    rest.reduce((fix, event) => apply(fix, event, zone), added),
    at,
    zone,
  )
}

function earlier(date: string, other = date): string {
  return other < date ? other : date
}

function expire(fix: Fix, at: number, zone: string): Fix {
  const { acceptance, ...rest } = fix
  if (acceptance === undefined || at < dayRange(acceptance.until, zone).to) return fix
  return { ...rest, state: 'open' }
}

function apply(fix: Fix, event: FixEvent, zone: string): Fix {
  switch (event.type) {
    case 'added':
      throw new RangeError(`Expected ${fix.key} to be added once, got a second event added`)
    case 'moved':
      return move(fix, event.due, zone, event.at)
    case 'done':
    case 'reopened':
    case 'undropped':
    case 'dropped':
    case 'accepted':
    case 'merged':
      return turn(fix, event)
    case 'absorbed':
      return { ...fix, since: earlier(fix.since, event.since) }
    default:
      return describe(fix, event)
  }
}

/**
 * Where nobody states a date the default is the promise: whoever adds a fix is told it. In a tracker nobody is, and a ticket often
 * gets its date only after it was created: there a date that is stated by the next day is the promise.
 */
function move(fix: Fix, due: string, zone: string, at: number): Fix {
  const { dueIsDefault, ...rest } = fix
  const age = daysBetween(dateOf(fix.createdAt, zone), dateOf(at, zone))
  if (dueIsDefault === true && fix.ticket !== undefined && age <= 1) return { ...rest, firstDue: due, due }
  return { ...rest, due, postponements: fix.postponements + (due > fix.due ? 1 : 0) }
}

type Turn = Extract<FixEvent, { type: 'done' | 'reopened' | 'undropped' | 'dropped' | 'accepted' | 'merged' }>

/** Another state, and nothing that belonged to the one before. */
function turn(fix: Fix, event: Turn): Fix {
  const { acceptance: _, mergedInto: __, ...rest } = fix
  switch (event.type) {
    case 'done': {
      const { blocked: ___, ...finished } = rest
      return { ...finished, state: 'done', doneAt: event.at }
    }
    case 'reopened':
    case 'undropped':
      return { ...rest, state: 'open' }
    case 'dropped':
      return { ...rest, state: 'dropped' }
    case 'merged':
      return { ...rest, state: 'merged', mergedInto: event.into }
    case 'accepted': {
      const { approver, reason, until } = event
      return { ...rest, state: 'accepted', acceptance: { approver, reason, until } }
    }
  }
}

type Description = Extract<
  FixEvent,
  { type: 'assigned' | 'blocked' | 'unblocked' | 'retitled' | 'reclassified' | 'linked' }
>

function describe(fix: Fix, event: Description): Fix {
  switch (event.type) {
    case 'assigned': {
      const { owner: _, ...unowned } = fix
      return { ...unowned, ...(event.owner !== undefined && { owner: event.owner }) }
    }
    case 'blocked': {
      const reason = event.reason === undefined ? {} : { reason: event.reason }
      return { ...fix, blocked: { since: fix.blocked?.since ?? event.at, ...reason } }
    }
    case 'unblocked': {
      const { blocked: _, ...free } = fix
      return free
    }
    case 'retitled':
      return { ...fix, title: event.title }
    case 'linked':
      return { ...fix, ticket: event.ticket }
    case 'reclassified': {
      const { type: _, at: __, by: ___, happenedAt: ____, ahead: _____, ...changes } = event
      return { ...fix, ...changes }
    }
  }
}
