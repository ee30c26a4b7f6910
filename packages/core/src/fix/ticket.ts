import type { Level } from '../journey/index.ts'
import { defaultDue } from './command.ts'
import type { FixEvent, FixKind, TicketRef } from './event.ts'
import type { Fix } from './fix.ts'
import type { TicketKnown } from './ticket-known.ts'

/** A ticket as its tracker tells it. What the tracker does not say is absent, and is then left as it is known here. */
export type Ticket = Omit<TicketRef, 'gone'> & {
  readonly title: string
  readonly state: 'open' | 'done' | 'dropped'
  /** Since when it has that state (milliseconds), where the tracker says so. */
  readonly stateAt?: number
  readonly createdAt: number
  /** Nobody has it when absent. */
  readonly owner?: string
  /** `YYYY-MM-DD` */
  readonly due?: string
  readonly kind?: FixKind
  readonly incident?: string
  readonly cause?: string
  /** Whether it is said to be blocked; absent where the tracker does not say either. */
  readonly blocked?: boolean
  /** Of the fix that the ticket was created for (`markOf`). */
  readonly mark?: string
}

/** A ticket that its tracker does not tell as it documents; its fix stays as it was read last. `why` is for people. */
export type TicketAside = { readonly url: string; readonly why: string }

/** What following a ticket needs to know, beside what the history of its fix tells (`knownOf`). */
export type TicketContext = TicketKnown & {
  readonly now: number
  readonly zone: string
  readonly incidents: readonly { readonly key: string; readonly level?: Level }[]
  /** By how much the clock of the tracker is ahead of ours (milliseconds); absent: by nothing that matters. */
  readonly ahead?: number
}

/** Why a date or a state changed, for who reads the record: the reason itself is known in the tracker only. */
const REASON = 'changed in the tracker'

/**
 * What a reading of a ticket adds to its fix, oldest first; nothing when all of it is known. The tracker is the master of what it
 * states. So a reading that comes twice, late, or by another way changes nothing, and one that was missed is made good
 * by the next: each is told whole, never as a difference. A risk that was accepted here and a duplicate stay what they are until the
 * ticket is done; what an incident opened again is open until its ticket is closed after that.
 *
 * @param fix the fix of this ticket as it is at `now`; absent when the ticket has none yet
 */
export function followTicket(fix: Fix | undefined, ticket: Ticket, context: TicketContext): readonly FixEvent[] {
  if (fix === undefined) {
    const isBlocked = ticket.blocked === true && ticket.state === 'open'
    const blocked = { at: context.now, by: ticket.tracker, type: 'blocked' } as const
    return [added(ticket, context), ...turns('open', ticket, context), ...(isBlocked ? [blocked] : [])]
  }
  // The state first: what the tracker dates counts at its date, which nothing that is recorded before it may push on to now.
  return [...turnsOf(fix, ticket, context), ...described(fix, ticket, context)]
}

/** What a reading says whose ticket was asked for and is there no more: the fix stays what it was last. */
export function loseTicket({ ticket }: Fix, now: number): readonly FixEvent[] {
  if (ticket === undefined || ticket.gone === true) return []
  return [{ at: now, by: ticket.tracker, type: 'linked', ticket: { ...ticket, gone: true } }]
}

function added(ticket: Ticket, { now, zone, incidents, ahead }: TicketContext): FixEvent {
  const { tracker, id, url, title, createdAt, owner, due, kind = 'prevent', cause } = ticket
  const incident = incidents.find(({ key }) => key === ticket.incident)
  return {
    ...{ at: now, by: tracker, ...saidAt(createdAt, ahead), type: 'added', title, kind, ticket: { tracker, id, url } },
    ...(owner !== undefined && { owner }),
    ...(cause !== undefined && { cause }),
    ...(incident !== undefined && { incident: incident.key }),
    ...(due === undefined
      ? { due: defaultDue(Math.min(createdAt - (ahead ?? 0), now), incident?.level ?? 2, zone), dueIsDefault: true }
      : { due }),
  } as const
}

function described(fix: Fix, ticket: Ticket, { now, incidents, blockedBy }: TicketContext): readonly FixEvent[] {
  const { tracker, id, url, title, owner, due, kind, cause } = ticket
  const common = { at: now, by: tracker }
  const incident = incidents.some(({ key }) => key === ticket.incident) ? ticket.incident : undefined
  const belongs = {
    ...(kind !== undefined && kind !== fix.kind && { kind }),
    ...(incident !== undefined && incident !== fix.incident && { incident }),
    ...(cause !== undefined && cause !== fix.cause && { cause }),
  }
  return [
    ...(url === fix.ticket?.url && id === fix.ticket.id && fix.ticket.gone === undefined
      ? []
      : [{ ...common, type: 'linked', ticket: { tracker, id, url } } as const]),
    ...(title === fix.title ? [] : [{ ...common, type: 'retitled', title } as const]),
    ...(owner === fix.owner ? [] : [{ ...common, type: 'assigned', ...(owner !== undefined && { owner }) } as const]),
    ...(Object.keys(belongs).length === 0 ? [] : [{ ...common, type: 'reclassified', ...belongs } as const]),
    ...blocking(fix, ticket, { at: now, by: tracker }, blockedBy),
    // A date that is taken away was still promised; one that is stated is no default any more, though it be the same.
    ...(due === undefined || ticket.state !== 'open' || (due === fix.due && fix.dueIsDefault === undefined)
      ? []
      : [{ ...common, type: 'moved', due, reason: REASON } as const]),
  ]
}

/** What somebody called blocked here is for them to unblock: no label in the tracker says that it is not. */
function blocking(
  fix: Fix,
  { tracker, state, blocked }: Ticket,
  common: { readonly at: number; readonly by: string },
  blockedBy: string | undefined,
): readonly FixEvent[] {
  if (blocked === undefined || state !== 'open' || blocked === (fix.blocked !== undefined)) return []
  if (blocked) return [{ ...common, type: 'blocked' }]
  return blockedBy === tracker ? [{ ...common, type: 'unblocked' }] : []
}

function turnsOf(fix: Fix, ticket: Ticket, context: TicketContext): readonly FixEvent[] {
  const { now, cameBackAt, closedAt, ahead = 0 } = context
  switch (fix.state) {
    case 'merged':
      return []
    case 'accepted':
      return ticket.state === 'done' ? turns('open', ticket, context) : []
    case 'done': {
      // What the tracker said then against what it says now, both by its own clock, however wrong that is.
      const wasClosedAgain = closedAt !== undefined && ticket.stateAt !== undefined && ticket.stateAt > closedAt
      return ticket.state === 'done' && !wasClosedAgain ? [] : turns('done', ticket, context)
    }
    default: {
      // The incident is later news than the ticket, which nobody has opened again there.
      const wasClosedBefore =
        cameBackAt !== undefined && (ticket.stateAt === undefined ? now : ticket.stateAt - ahead) <= cameBackAt
      return ticket.state === fix.state || wasClosedBefore ? [] : turns(fix.state, ticket, context)
    }
  }
}

/** From a state to that of the ticket, through `open` where two ends follow each other: between them it was open again. */
function turns(
  from: 'open' | 'done' | 'dropped',
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
function saidAt(happenedAt: number, ahead = 0): { readonly happenedAt: number; readonly ahead?: number } {
  return { happenedAt, ...(ahead !== 0 && { ahead }) }
}
