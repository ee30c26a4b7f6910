import { dayRange } from '../time/index.ts'

/** What a fix is for: that it never happens again, is seen sooner, hurts less, or is handled better. */
export const FIX_KINDS = ['prevent', 'detect', 'mitigate', 'process'] as const
export type FixKind = (typeof FIX_KINDS)[number]

/** `accepted` is a risk that somebody answers for until a date; after it the fix is open again. */
export const FIX_STATES = ['open', 'done', 'dropped', 'accepted'] as const
export type FixState = (typeof FIX_STATES)[number]

/** What every event carries: when it was recorded (milliseconds) and by whom, when that is known. */
type Recorded = { readonly at: number; readonly by?: string }

/** One thing that was recorded about a fix. Dates are `YYYY-MM-DD` in the zone of the journeys file. Append-only. */
export type FixEvent = Recorded &
  (
    | {
        readonly type: 'added'
        readonly title: string
        readonly kind: FixKind
        readonly incident?: string
        readonly journey?: string
        readonly cause?: string
        readonly owner?: string
        readonly due: string
      }
    | { readonly type: 'moved'; readonly due: string; readonly reason: string }
    | { readonly type: 'done' }
    | { readonly type: 'reopened'; readonly reason: string }
    | { readonly type: 'dropped'; readonly reason: string }
    | { readonly type: 'undropped'; readonly reason: string }
    | { readonly type: 'accepted'; readonly approver: string; readonly reason: string; readonly until: string }
  )

/** Everything that was recorded about one fix, oldest first. */
export type FixHistory = { readonly key: string; readonly events: readonly FixEvent[] }

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
  readonly owner?: string
  readonly createdAt: number
  /** The date that was promised first; moving the fix never changes it. */
  readonly firstDue: string
  readonly due: string
  /** How often the due date was moved to a later one. */
  readonly postponements: number
  readonly state: FixState
  /** When it was last done; kept when it is reopened. */
  readonly doneAt?: number
  /** Present while the state is `accepted`. */
  readonly acceptance?: Acceptance
}

/** The key of the nth fix, counted from 1. */
export function fixKey(number: number): string {
  return `FIX-${String(number).padStart(4, '0')}`
}

/**
 * The fix as it was at an instant (milliseconds), with what was recorded in that very millisecond. A date ends at midnight
 * of the zone, and so does an acceptance: through its last day the risk is accepted, from the next day on the fix is open.
 *
 * @returns `undefined` when nothing had been recorded by then.
 * @throws RangeError when the first event is not `added`: such a log was not written by us.
 */
export function foldFix(history: FixHistory, at: number, zone: string): Fix | undefined {
  const [first, ...rest] = history.events.filter((event) => event.at <= at)
  if (first === undefined) return undefined
  if (first.type !== 'added') throw new RangeError(`Expected ${history.key} to begin with added, got ${first.type}`)
  const { type: _, at: createdAt, by: __, due, ...stated } = first
  const added: Fix = { key: history.key, ...stated, createdAt, firstDue: due, due, postponements: 0, state: 'open' }
  return expire(rest.reduce(apply, added), at, zone)
}

function expire(fix: Fix, at: number, zone: string): Fix {
  const { acceptance, ...rest } = fix
  if (acceptance === undefined || at < dayRange(acceptance.until, zone).to) return fix
  return { ...rest, state: 'open' }
}

function apply(fix: Fix, event: FixEvent): Fix {
  const { acceptance: _, ...rest } = fix
  switch (event.type) {
    case 'added':
      throw new RangeError(`Expected ${fix.key} to be added once, got a second event added`)
    case 'moved':
      return { ...fix, due: event.due, postponements: fix.postponements + (event.due > fix.due ? 1 : 0) }
    case 'done':
      return { ...rest, state: 'done', doneAt: event.at }
    case 'reopened':
    case 'undropped':
      return { ...rest, state: 'open' }
    case 'dropped':
      return { ...rest, state: 'dropped' }
    case 'accepted':
      return {
        ...rest,
        state: 'accepted',
        acceptance: { approver: event.approver, reason: event.reason, until: event.until },
      }
  }
}
