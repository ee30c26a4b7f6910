import type { Ticket, TicketAside } from '@tabiji/core/fix'
import type { TrackerReading } from '../ports/tracker.ts'

/** What turning all pages of a list once brought. */
export type Walk = {
  readonly ok: true
  readonly pages: number
  readonly tickets: readonly Ticket[]
  readonly aside: readonly TicketAside[]
}

type Failure = Extract<TrackerReading, { readonly ok: false }>

/** When more than so many are not as they are documented, something else is the matter than an odd ticket. */
export const MAX_ASIDE = 100

/** A list that goes on changing is read again by the clock: then all that was seen is told. */
const MAX_WALKS = 4

/**
 * Walks through a list until two walks in a row show the same. A ticket that leaves the list while pages are turned makes another
 * slip to a page that was turned already, so that it is on none of those that follow. On one page nothing can.
 *
 * @returns what is in the list, and the walks, the newest first
 */
export async function walkUntilSettled<Found extends Walk>(
  walk: () => Promise<Found | Failure>,
): Promise<Settled<Found> | Failure> {
  const first = await walk()
  if (!first.ok) return first
  let walks: readonly [Found, ...Found[]] = [first]
  while (walks.length < MAX_WALKS) {
    const [last, before] = walks
    if (last.pages === 1 || (before !== undefined && namesIn(last) === namesIn(before))) {
      return { ok: true, walks, tickets: last.tickets, aside: last.aside }
    }
    const next = await walk()
    if (!next.ok) return next
    walks = [next, ...walks]
  }
  return { ok: true, walks, ...unionOf(walks) }
}

type Settled<Found extends Walk> = Pick<Walk, 'ok' | 'tickets' | 'aside'> & {
  readonly walks: readonly [Found, ...Found[]]
}

function namesIn({ tickets, aside }: Walk): string {
  return [...tickets.map(({ id }) => id), ...aside.map(({ url }) => url)].join('\n')
}

/** Each by the newest walk that showed it. */
function unionOf(walks: readonly Walk[]): Pick<Walk, 'tickets' | 'aside'> {
  const tickets: Ticket[] = []
  const aside: TicketAside[] = []
  const told = new Set<string>()
  for (const walk of walks) {
    const isNews = ({ url }: { readonly url: string }) => !told.has(url)
    tickets.push(...walk.tickets.filter(isNews))
    aside.push(...walk.aside.filter(isNews))
    for (const { url } of [...walk.tickets, ...walk.aside]) told.add(url)
  }
  return { tickets, aside }
}
