import type { Place } from '../problem/index.ts'
import { onWall } from '../time/index.ts'
import type { FixEvent, FixHistory, FixKind } from './event.ts'
import { foldFix } from './fix.ts'
import { followTicket } from './ticket.ts'
import { knownOf } from './ticket-known.ts'
import type { Ticket, TicketContext } from './ticket-told.ts'

/**
 * A row of a table of fixes, as somebody keeps them in a spreadsheet. Dates are `YYYY-MM-DD`; `created` and `ended` may have a time
 * of the zone's clocks behind it (`YYYY-MM-DDTHH:MM`).
 */
export type FixRow = {
  /** Where it begins, and where its incident stands, in the file that it was read from. */
  readonly at: { readonly row: Place; readonly incident: Place }
  readonly id: string
  readonly title: string
  readonly state: 'open' | 'done' | 'dropped'
  readonly owner?: string
  readonly due?: string
  /** What was promised first, where the table keeps it beside the date of now. */
  readonly firstDue?: string
  readonly kind?: FixKind
  readonly incident?: string
  readonly cause?: string
  readonly created?: string
  /** When it was done or dropped. */
  readonly ended?: string
  readonly url?: string
  /** Absent where the table does not say either. */
  readonly blocked?: boolean
  readonly blockedReason?: string
}

/**
 * What a row adds to its fix, oldest first; nothing when all of it is known. A row is a ticket that is told whole, and followed like
 * one. What it keeps of the past is told first, as of when it was created: the first promise, then the date that it was moved to.
 *
 * @param history of the fix of this row; without events when it has none yet
 * @param tracker what the table is called among the trackers
 */
export function followRow(
  history: FixHistory,
  row: FixRow,
  tracker: string,
  { now, zone, incidents }: Pick<TicketContext, 'now' | 'zone' | 'incidents'>,
): readonly FixEvent[] {
  const context = { now, zone, incidents, ...knownOf(history) }
  const { cameBackAt: back } = context
  const ticket = ticketOf(row, tracker, { now, zone, back })
  const isNew = history.events.length === 0
  if (!isNew || row.due === undefined) return followTicket(foldFix(history, now, zone), ticket, context)
  // Since when it is blocked the table does not say.
  const { stateAt: _, blocked: __, blockedReason: ___, ...open } = { ...ticket, state: 'open' } as const
  const past = [{ ...open, due: row.firstDue ?? row.due }, open]
  const events: FixEvent[] = []
  const after = () => foldFix({ key: history.key, events }, now, zone)
  for (const told of past) {
    events.push(...followTicket(after(), told, context).map((event) => ({ ...event, happenedAt: ticket.createdAt })))
  }
  return [...events, ...followTicket(after(), ticket, context)]
}

type Moment = { readonly now: number; readonly zone: string; readonly back: number | undefined }

function ticketOf(row: FixRow, tracker: string, { now, zone, back }: Moment): Ticket {
  const { at: _, created, ended, url, firstDue: __, ...stated } = row
  // A row that does not say when it ended says nothing newer than the incident that opened its fix again.
  const stateAt = ended === undefined ? back : instantOf(ended, zone)
  return {
    ...stated,
    tracker,
    url: url ?? `${tracker}#${row.id}`,
    createdAt: created === undefined ? now : instantOf(created, zone),
    ...(stateAt !== undefined && row.state !== 'open' && { stateAt }),
  }
}

function instantOf(local: string, zone: string): number {
  return onWall(local.includes('T') ? local : `${local}T00:00`, zone)
}
