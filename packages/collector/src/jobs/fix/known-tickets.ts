import {
  type Fix,
  type FixHistory,
  foldFix,
  markOf,
  movedAway,
  movedHere,
  type Ticket,
  type TicketRef,
  type TicketTie,
} from '@tabiji/core/fix'
import type { WorkStore } from '../../ports/work-store.ts'
import { pageOf, type TicketLinks } from './ticket-links.ts'

/** What a ticket is to the fixes that are known. */
type TicketPlace =
  | { readonly kind: 'followed'; readonly key: string }
  /** A fix that has no ticket yet, or whose ticket has become this one. */
  | { readonly kind: 'joins'; readonly key: string }
  /** A fix was worked on there before; it is followed elsewhere now. */
  | { readonly kind: 'former'; readonly key: string }
  /** A fix came from there, which was not known yet. */
  | { readonly kind: 'origin'; readonly key: string; readonly present: TicketRef }
  | { readonly kind: 'doubt'; readonly key: string; readonly present: TicketRef }
  | { readonly kind: 'stranger' }

export type KnownTickets = {
  placeOf(ticket: Ticket): TicketPlace
  /** The fix that is followed by a ticket. */
  followed(ticket: Pick<Ticket, 'tracker' | 'id'>): string | undefined
  /** A fix has changed. */
  renew(history: FixHistory): void
}

/** Which fix belongs to which ticket: the one that is followed, those before it, and the one that carries its mark. */
export function knownTickets(store: WorkStore, zone: string, links: TicketLinks): KnownTickets {
  const fixes = new Map<string, Fix>()
  const [followed, former] = [new Map<string, string>(), new Map<string, string>()]
  const [marks, pages] = [new Map<string, string>(), new Map<string, string>()]
  const renew = (history: FixHistory) => {
    const fix = foldFix(history, Number.POSITIVE_INFINITY, zone)
    if (fix === undefined) return
    fixes.set(fix.key, fix)
    marks.set(markOf(fix), fix.key)
    for (const ticket of ticketsIn(history)) {
      followed.delete(nameOf(ticket))
      former.set(nameOf(ticket), fix.key)
      pages.set(pageOf(ticket.url), fix.key)
    }
    if (fix.ticket === undefined) return
    former.delete(nameOf(fix.ticket))
    followed.set(nameOf(fix.ticket), fix.key)
  }
  for (const history of store.fixHistories()) renew(history)

  /** A duplicate is the fix that goes on for it. */
  const standing = (key: string | undefined): Fix | undefined => {
    let fix = fixes.get(key ?? '')
    for (let steps = 0; fix?.mergedInto !== undefined && steps < MOST_MERGES; steps++) fix = fixes.get(fix.mergedInto)
    return fix
  }
  const tied = (ticket: Ticket): readonly (readonly [Fix, TicketTie])[] => {
    const marked = standing(marks.get(ticket.mark ?? ''))
    const linked = (ticket.links ?? []).map((link) => standing(pages.get(pageOf(link))))
    const all = [[marked, 'mark'] as const, ...linked.map((fix) => [fix, 'link'] as const)]
    return all.flatMap(([fix, tie]) => (fix === undefined ? [] : [[fix, tie] as const]))
  }
  const placeOf = (ticket: Ticket): TicketPlace => {
    const name = nameOf(ticket)
    const key = followed.get(name)
    if (key !== undefined) return { kind: 'followed', key }
    const before = former.get(name)
    if (before !== undefined) {
      return { kind: fixes.get(before)?.ticket?.gone === true ? 'joins' : 'former', key: before }
    }
    const ticketless = fixes.get(marks.get(ticket.mark ?? '') ?? '')
    if (ticketless !== undefined && ticketless.ticket === undefined) return { kind: 'joins', key: ticketless.key }
    // Whoever copies the text of a ticket in one tracker makes another fix.
    for (const [fix, tie] of tied(ticket)) {
      if (fix.ticket === undefined || fix.ticket.tracker === ticket.tracker) continue
      const isSure = movedHere(fix, ticket, tie)
      return isSure ? { kind: 'joins', key: fix.key } : { kind: 'doubt', key: fix.key, present: fix.ticket }
    }
    const onward = standing(links.keyTo(ticket.url, ticket.tracker))
    if (onward?.ticket === undefined) return { kind: 'stranger' }
    return { kind: movedAway(onward, ticket) ? 'origin' : 'doubt', key: onward.key, present: onward.ticket }
  }
  return {
    placeOf,
    renew,
    followed: (ticket) => followed.get(nameOf(ticket)),
  }
}

/** Longer chains of duplicates nobody makes. */
const MOST_MERGES = 100

/** All tickets that a fix has had. */
function ticketsIn({ events }: FixHistory): readonly TicketRef[] {
  return events.flatMap((event) => {
    const ticket = event.type === 'added' || event.type === 'linked' ? event.ticket : undefined
    return ticket === undefined ? [] : [ticket]
  })
}

export function nameOf({ tracker, id }: Pick<Ticket, 'tracker' | 'id'>): string {
  return JSON.stringify([tracker, id])
}
