/** What a fix is for: that it never happens again, is seen sooner, hurts less, or is handled better. */
export const FIX_KINDS = ['prevent', 'detect', 'mitigate', 'process'] as const
export type FixKind = (typeof FIX_KINDS)[number]

/** Where a fix is worked on when a tracker has it: the name that the configuration gives the tracker, its id there, its page. */
export type TicketRef = {
  readonly tracker: string
  readonly id: string
  readonly url: string
  /** Its tracker shows it no more: it was deleted, or put where we may not look. */
  readonly gone?: true
}

/**
 * What every event carries: when it was recorded (milliseconds), by whom, when that is known, and when it happened, when
 * somebody else says so: a tracker that closed a ticket an hour before we read it. That is said by their clock, which was `ahead` of
 * ours (milliseconds; absent: by nothing that matters).
 */
type Recorded = { readonly at: number; readonly by?: string; readonly happenedAt?: number; readonly ahead?: number }

/** What a fix belongs to. */
type Belonging = {
  readonly incident?: string
  readonly journey?: string
  readonly cause?: string
}

/** One thing that was recorded about a fix. Dates are `YYYY-MM-DD` in the zone of the journeys file. Append-only. */
export type FixEvent = Recorded &
  (
    | ({
        readonly type: 'added'
        readonly title: string
        readonly kind: FixKind
        readonly owner?: string
        readonly due: string
        /** Nobody stated the date: it follows from the level of the incident. */
        readonly dueIsDefault?: true
        readonly ticket?: TicketRef
        /** The fix that it is a part of, and since which date that one is owed. */
        readonly splitFrom?: { readonly key: string; readonly since: string }
      } & Belonging)
    | { readonly type: 'moved'; readonly due: string; readonly reason: string }
    | { readonly type: 'done' }
    | { readonly type: 'reopened'; readonly reason: string; readonly incident?: string }
    | { readonly type: 'dropped'; readonly reason: string }
    | { readonly type: 'undropped'; readonly reason: string }
    | { readonly type: 'accepted'; readonly approver: string; readonly reason: string; readonly until: string }
    /** Without an owner: nobody has it any more. */
    | { readonly type: 'assigned'; readonly owner?: string }
    | { readonly type: 'blocked'; readonly reason?: string }
    | { readonly type: 'unblocked' }
    | { readonly type: 'retitled'; readonly title: string }
    | ({ readonly type: 'reclassified'; readonly kind?: FixKind } & Belonging)
    | { readonly type: 'linked'; readonly ticket: TicketRef }
    /** It is the same as another one, which goes on for both. */
    | { readonly type: 'merged'; readonly into: string }
    /** Another one turned out to be the same; since which date that one is owed. */
    | { readonly type: 'absorbed'; readonly key: string; readonly since: string }
  )

/** Everything that was recorded about one fix, in the order in which it was recorded. */
export type FixHistory = { readonly key: string; readonly events: readonly FixEvent[] }

/**
 * The events with the instants at which they took effect: when they happened, where that was said and is not after the record,
 * but never before what was recorded earlier. So what is learnt late counts where it belongs, and the order of the log stays
 * the order of things; events that took effect together stand as they were recorded. Applied twice it changes nothing.
 */
export function inEffect({ key, events }: FixHistory): FixHistory {
  let last = Number.NEGATIVE_INFINITY
  return {
    key,
    events: events.map((event) => {
      const { happenedAt = event.at, ahead = 0, ...rest } = event
      last = Math.max(last, Math.min(happenedAt - ahead, event.at))
      return { ...rest, at: last }
    }),
  }
}
