import type { Fix, Ticket, TicketAside, TicketRef } from '@tabiji/core/fix'
import type { Tracker, TrackerReading } from '../../ports/tracker.ts'

/** What came of asking for the tickets that a reading of all did not bring. */
export type Missing =
  | {
      readonly ok: true
      /** `known`: by what name it was asked for, and is known here. */
      readonly found: readonly { readonly known: TicketRef; readonly ticket: Ticket }[]
      readonly gone: readonly TicketRef[]
      readonly aside: readonly TicketAside[]
    }
  | Extract<TrackerReading, { ok: false }>

export const NONE_MISSING: Extract<Missing, { ok: true }> = { ok: true, found: [], gone: [], aside: [] }

/** So many are asked for after one reading of all: each costs a request. */
const MOST_ASKED = 50

/**
 * A list tells neither of a ticket that was deleted nor of one that was transferred, which it shows as another. So those that are
 * open here and not in it are asked for one by one; the closed ones too when it shows a ticket that nobody knows, which may be one of them.
 * Whoever is not asked for is asked for after another reading.
 */
export type AskMissing = (
  fixes: readonly Fix[],
  reading: Extract<TrackerReading, { ok: true }>,
  signal: AbortSignal,
) => Promise<Missing>

export function createAskMissing(tracker: Tracker): AskMissing {
  const askedAt = new Map<string, number>()
  let turn = 0
  return async (fixes, reading, signal) => {
    turn++
    const told = new Set([...reading.tickets.map(({ id }) => id), ...(reading.aside ?? []).map(({ url }) => url)])
    const known = new Set(fixes.map(({ ticket }) => ticket?.id))
    const strangers = reading.tickets.filter(({ id }) => !known.has(id))
    const mayBeRenamed = tracker.renames === true && strangers.length > 0
    const titles = new Set(strangers.map(({ title }) => title))
    const rank = (fix: Fix, { id, gone }: TicketRef) => [
      ...[!titles.has(fix.title), gone === true, fix.state !== 'open'].map(Number),
      askedAt.get(id) ?? 0,
    ]
    const missing = fixes
      .flatMap((fix) => (fix.ticket === undefined ? [] : [{ fix, ticket: fix.ticket }]))
      .filter(({ ticket: { id, url } }) => !told.has(id) && !told.has(url))
      .filter(({ fix: { state } }) => state === 'open' || (state !== 'merged' && mayBeRenamed))
      .map(({ fix, ticket }) => ({ ticket, rank: rank(fix, ticket) }))
      .sort((a, b) => compare(a.rank, b.rank))
      .map(({ ticket }) => ticket)
    const asked = missing.slice(0, MOST_ASKED)
    const still = new Set(missing.map(({ id }) => id))
    for (const id of askedAt.keys()) if (!still.has(id)) askedAt.delete(id)
    for (const { id } of asked) askedAt.set(id, turn)
    return askEach(asked, (ticket) => tracker.ask(ticket, signal))
  }
}

async function askEach(
  asked: readonly TicketRef[],
  ask: (ticket: TicketRef) => ReturnType<Tracker['ask']>,
): Promise<Missing> {
  const found: { known: TicketRef; ticket: Ticket }[] = []
  const gone: TicketRef[] = []
  const aside: TicketAside[] = []
  for (const known of asked) {
    const answer = await ask(known)
    switch (answer.kind) {
      case 'found':
        found.push({ known, ticket: answer.ticket })
        break
      case 'gone':
        gone.push(known)
        break
      case 'elsewhere':
        aside.push({ url: known.url, why: 'its page is not one of this tracker' })
        break
      case 'aside':
        aside.push({ url: known.url, why: answer.why })
        break
      case 'failed': {
        const { message, waitMs } = answer
        return { ok: false, message, ...(waitMs !== undefined && { waitMs }) }
      }
    }
  }
  return { ok: true, found, gone, aside }
}

function compare(a: readonly number[], b: readonly number[]): number {
  return a.map((one, i) => one - (b[i] ?? 0)).find((difference) => difference !== 0) ?? 0
}
