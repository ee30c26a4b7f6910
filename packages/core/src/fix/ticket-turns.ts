import type { FixEvent } from './event.ts'
import type { Fix } from './fix.ts'
import type { Ticket, TicketContext } from './ticket-told.ts'

/** Why a date or a state changed, for who reads the record: the reason itself is known in the tracker only. */
export const REASON = 'changed in the tracker'

/** All that a ticket tells of its state, for a fix that is new. */
export function turnsUpTo(ticket: Ticket, context: TicketContext): readonly FixEvent[] {
  const { state, events } = follow('open', ticket, ticket.turns ?? [], context)
  return [...events, ...(state === ticket.state ? [] : turns(state, ticket, context))]
}

/**
 * What a ticket tells of its state that its fix does not know. Where the tracker tells each change, those that nobody read in
 * time count at their own dates; else what it is now is compared with what it was.
 */
export function turnsOf(fix: Fix, ticket: Ticket, context: TicketContext): readonly FixEvent[] {
  switch (fix.state) {
    case 'merged':
      return []
    case 'accepted':
      return ticket.state === 'done' ? turns('open', ticket, context) : []
    default: {
      const missed = missedBy(ticket, context)
      const last = missed.at(-1)
      if (last === undefined) return settled(fix.state, ticket, context)
      const { state, events } = follow(fix.state, ticket, missed, context)
      // What an incident opened again is known to be older than the last of them.
      const { cameBackAt: _, closedAt: __, ...known } = context
      return [...events, ...settled(state, ticket, { ...known, ...(last.state === 'done' && { closedAt: last.at }) })]
    }
  }
}

type Standing = Ticket['state']

function missedBy({ turns = [] }: Ticket, { turnedAt, turnedHereAt, ahead = 0 }: TicketContext) {
  const since = Math.max(turnedAt ?? Number.NEGATIVE_INFINITY, (turnedHereAt ?? Number.NEGATIVE_INFINITY) + ahead)
  return turns.filter(({ at }) => at > since)
}

function follow(from: Standing, ticket: Ticket, told: NonNullable<Ticket['turns']>, context: TicketContext) {
  let state = from
  const events: FixEvent[] = []
  for (const turn of told) {
    if (turn.state === state) continue
    events.push(...turns(state, { ...ticket, state: turn.state, stateAt: turn.at }, context))
    state = turn.state
  }
  return { state, events }
}

function settled(state: Standing, ticket: Ticket, context: TicketContext): readonly FixEvent[] {
  const { now, cameBackAt, closedAt, ahead = 0 } = context
  if (state === 'done') {
    // What the tracker said then against what it says now, both by its own clock, however wrong that is.
    const wasClosedAgain = closedAt !== undefined && ticket.stateAt !== undefined && ticket.stateAt > closedAt
    return ticket.state === 'done' && !wasClosedAgain ? [] : turns('done', ticket, context)
  }
  // The incident is later news than the ticket, which nobody has opened again there.
  const wasClosedBefore =
    cameBackAt !== undefined && (ticket.stateAt === undefined ? now : ticket.stateAt - ahead) <= cameBackAt
  return ticket.state === state || wasClosedBefore ? [] : turns(state, ticket, context)
}

/** From a state to that of the ticket, through `open` where two ends follow each other: between them it was open again. */
function turns(
  from: Standing,
  { tracker: by, stateAt, state }: Ticket,
  { now, ahead }: TicketContext,
): readonly FixEvent[] {
  const common = { at: now, by, ...(stateAt !== undefined && saidAt(stateAt, ahead)) }
  const back = { done: 'reopened', dropped: 'undropped' } as const
  return [
    ...(from === 'open' ? [] : [{ ...common, type: back[from], reason: REASON } as const]),
    ...(state === 'done' ? [{ ...common, type: 'done' } as const] : []),
    ...(state === 'dropped' ? [{ ...common, type: 'dropped', reason: REASON } as const] : []),
  ]
}

/** When something happened by the clock of a tracker, and how that stood to ours. */
export function saidAt(happenedAt: number, ahead = 0): { readonly happenedAt: number; readonly ahead?: number } {
  return { happenedAt, ...(ahead !== 0 && { ahead }) }
}
