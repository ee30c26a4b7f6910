import { foldFix, type Ticket, type TicketAside } from '@tabiji/core/fix'
import { DAY, MINUTE } from '@tabiji/core/time'
import type { Tracker, TrackerReading } from '../../ports/tracker.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { createAskMissing, type Missing, NONE_MISSING } from './missing-tickets.ts'
import { bringsStranger, recordTickets } from './record-tickets.ts'
import type { TicketLinks } from './ticket-links.ts'
import type { TicketWrites } from './ticket-writes.ts'

export type FixSync = {
  /** Reads the tracker once and records what is new. Never rejects. */
  turn(signal: AbortSignal): Promise<void>
}

type Parts = {
  readonly tracker: Tracker
  readonly store: WorkStore
  /** Shared by all trackers. */
  readonly links: TicketLinks
  readonly writes: TicketWrites
  readonly zone: () => string
  readonly now: () => number
  /** Told of each reading: how many events it added, or why it failed. */
  readonly onTurn: (outcome: SyncOutcome) => void
}

export type SyncOutcome =
  /** `aside`: all tickets that cannot be read, also those that this reading did not bring again. */
  | { readonly ok: true; readonly events: number; readonly aside: readonly TicketAside[] }
  | { readonly ok: false; readonly message: string }

/** A change is read again for so long: it may be listed a little after it was made. */
const OVERLAP_MS = 5 * MINUTE

/**
 * Follows the tickets of a tracker. The first reading after a start, one each day, and any that shows a ticket that nobody knows, is
 * of all tickets, so whatever was missed is found; the others are of what has changed since the last one that succeeded, by the
 * tracker's own clock. A tracker that is down keeps that place: nothing is lost but time.
 */
export function createFixSync(parts: Parts): FixSync {
  const { now, onTurn } = parts
  const read = createRead(parts)
  let since: number | undefined
  let wholeAt = Number.NEGATIVE_INFINITY
  let quietUntil = 0
  const odd = new Map<string, TicketAside>()
  let waiting: readonly Ticket[] = []
  return {
    turn: async (signal) => {
      if (now() < quietUntil) return
      try {
        const began = now()
        const got = await read(began - wholeAt >= DAY ? undefined : since, signal)
        if (signal.aborted) return
        if (!got.ok) {
          quietUntil = now() + (got.waitMs ?? 0)
          return onTurn(got)
        }
        const { reading, missing, isWhole } = got
        const { events, doubts } = recordTickets(reading, missing, isWhole ? [] : waiting, parts)
        since = reading.until - OVERLAP_MS
        if (isWhole) {
          wholeAt = began
          odd.clear()
        }
        for (const { url } of reading.tickets) odd.delete(url)
        for (const one of [...(reading.aside ?? []), ...missing.aside]) odd.set(one.url, one)
        waiting = doubts.map(({ ticket }) => ticket)
        const aside = [...odd.values(), ...doubts.map((one) => one.aside)]
        onTurn({ ok: true, events, aside: aside.slice(0, MOST_ASIDE) })
      } catch (error) {
        onTurn({ ok: false, message: error instanceof Error ? error.message : String(error) })
      }
    },
  }
}

/** So many are told of; the others are told of when these are mended. */
const MOST_ASIDE = 200

type Succeeded<Result extends { readonly ok: boolean }> = Extract<Result, { ok: true }>
type Read =
  | {
      readonly ok: true
      readonly reading: Succeeded<TrackerReading>
      readonly missing: Succeeded<Missing>
      readonly isWhole: boolean
    }
  | Extract<TrackerReading, { ok: false }>

/** Reads what has changed, or all and then what that did not show. */
function createRead(parts: Parts) {
  const { tracker, store, zone } = parts
  const askMissing = createAskMissing(tracker)
  return async (since: number | undefined, signal: AbortSignal): Promise<Read> => {
    let isWhole = since === undefined
    let reading = await tracker.read(since, signal)
    // It may be one that is known, which was transferred: what it was is in no list of what has changed.
    if (reading.ok && !isWhole && tracker.renames === true && bringsStranger(reading.tickets, parts)) {
      isWhole = true
      reading = await tracker.read(undefined, signal)
    }
    if (!reading.ok) return reading
    if (!isWhole) return { ok: true, reading, missing: NONE_MISSING, isWhole }
    const fixes = store
      .fixHistories()
      .flatMap((history) => foldFix(history, Number.POSITIVE_INFINITY, zone()) ?? [])
      .filter(({ ticket }) => ticket?.tracker === tracker.name)
    const missing = await askMissing(fixes, reading, signal)
    return missing.ok ? { ok: true, reading, missing, isWhole } : missing
  }
}
