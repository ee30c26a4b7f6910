import { defaultDue } from './command.ts'
import type { FixEvent } from './event.ts'
import type { Fix } from './fix.ts'
import type { Ticket, TicketContext } from './ticket-told.ts'
import { REASON, saidAt, turnsOf, turnsUpTo } from './ticket-turns.ts'

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
    const blocked = blockedNow(ticket, { at: context.now, by: ticket.tracker })
    return [added(ticket, context), ...turnsUpTo(ticket, context), ...(isBlocked ? [blocked] : [])]
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
    at: now,
    by: tracker,
    ...saidAt(createdAt, ahead),
    type: 'added',
    title,
    kind,
    ticket: { tracker, id, url },
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
  ticket: Ticket,
  common: { readonly at: number; readonly by: string },
  blockedBy: string | undefined,
): readonly FixEvent[] {
  const { tracker, state, blocked, blockedReason } = ticket
  if (blocked === undefined || state !== 'open') return []
  const isNews = fix.blocked === undefined || (blockedBy === tracker && fix.blocked.reason !== blockedReason)
  if (blocked) return isNews ? [blockedNow(ticket, common)] : []
  return fix.blocked !== undefined && blockedBy === tracker ? [{ ...common, type: 'unblocked' }] : []
}

function blockedNow({ blockedReason: reason }: Ticket, common: { readonly at: number; readonly by: string }): FixEvent {
  return { ...common, type: 'blocked', ...(reason !== undefined && { reason }) }
}
