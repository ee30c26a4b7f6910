import { draftTicket, type Fix, foldFix, type TicketRef } from '@tabiji/core/fix'
import type { Definition } from '@tabiji/core/journey'
import { type Problem, refusal } from '@tabiji/core/problem'
import type { AlertStore } from '../../ports/alert-store.ts'
import type { TicketDesk, Ticketed, TicketWish } from '../../ports/ticket-desk.ts'
import type { Tracker } from '../../ports/tracker.ts'
import type { Result, Work } from '../../ports/work.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { findIncident } from '../incident/incidents.ts'
import { momentAfter } from '../loop/moment.ts'
import { followTicketAt } from './ticket-follow.ts'
import type { TicketLinks } from './ticket-links.ts'
import { moveFix } from './ticket-move.ts'
import { answeredSpot, type RuledTracker, spotOf, subjectOf } from './ticket-spot.ts'
import type { TicketWrites } from './ticket-writes.ts'

type Parts = {
  readonly trackers: readonly RuledTracker[]
  readonly store: WorkStore
  readonly alerts: Pick<AlertStore, 'findEpisode'>
  readonly links: TicketLinks
  readonly writes: TicketWrites
  readonly work: Pick<Work, 'fix' | 'changeFix' | 'checkFix'>
  readonly definition: () => Definition
  readonly language: 'en' | 'ja'
  readonly now: () => number
  /** Called with a ticket of which it is known now whose it is. */
  readonly onAnswer: (tracker: string, url: string) => void
  /** Ends with the daemon. */
  readonly ending: AbortSignal
}

/** Whoever asks waits for the answer, so it comes before they give up; what was created later is found by the next try. */
const PATIENCE_MS = 9_000

/** Works on tickets, for each fix one after another: two that ask at once get the same ticket. */
export function createTicketDesk(parts: Parts): TicketDesk {
  const underWay = new Map<string, Promise<unknown>>()
  const inTurn = <Answer>(key: string, act: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> => {
    const patience = () => AbortSignal.any([parts.ending, AbortSignal.timeout(PATIENCE_MS)])
    const turn = (underWay.get(key) ?? Promise.resolve()).then(() => act(patience()))
    const settled = turn.catch(() => undefined)
    underWay.set(key, settled)
    void settled.then(() => underWay.get(key) === settled && underWay.delete(key))
    return turn
  }
  const trackers = parts.trackers.map(({ tracker }) => tracker)
  const zone = () => parts.definition().timeZone
  return {
    createTicket: (key, wish, by) => inTurn(key, (signal) => create(parts, key, wish, by, signal)),
    spotFor: (wish, about) => answeredSpot(spotOf(parts.trackers, wish, subjectOf(parts, about))),
    moveFix: (key, request, by) =>
      inTurn(key, async (signal) => {
        const known = parts.work.fix(key)
        const fix = known.ok ? fixOf(parts, key) : undefined
        if (fix === undefined) return known
        const tracker = trackers.find(({ name }) => name === fix.ticket?.tracker)
        return moveFix(parts, fix, tracker, { ...request, by }, signal)
      }),
    followTicket: (url, as, by) =>
      inTurn(as ?? url, (signal) => followTicketAt({ ...parts, trackers, zone }, { url, as, by }, signal)),
  }
}

async function create(
  parts: Parts,
  key: string,
  wish: TicketWish,
  by: string | undefined,
  signal: AbortSignal,
): Promise<Result<Ticketed>> {
  const { store, work, language } = parts
  const known = work.fix(key)
  if (!known.ok) return known
  const fix = fixOf(parts, key)
  if (fix === undefined) throw new RangeError(`Expected ${key} to be known, got nothing`)
  const spot = spotOf(parts.trackers, wish, subjectOf(parts, fix))
  if (!spot.ok) return spot
  const { tracker, place } = spot.value
  const standing = checkFix(fix, wish, tracker)
  if (standing.length > 0) return { ok: false, problems: standing }
  if (fix.ticket !== undefined) return known
  const incident = fix.incident === undefined ? undefined : findIncident(store, fix.incident)
  const made = await tracker.create(draftTicket(fix, incident, language), place, signal)
  if (!made.ok) return { ok: false, problems: [notCreated(key, tracker, made.message)] }
  link(parts, key, made.ticket, by)
  const after = work.fix(key)
  return after.ok ? { ok: true, value: { ...after.value, ...(made.note !== undefined && { note: made.note }) } } : after
}

function fixOf({ store, definition, now }: Parts, key: string): Fix | undefined {
  const history = store.fixHistory(key)
  return foldFix(history, momentAfter(history.events, now()), definition().timeZone)
}

/** One that has a ticket keeps it wherever it is, unless another tracker is asked for by name. */
function checkFix({ key, state, ticket }: Fix, wish: TicketWish, tracker: Tracker): readonly Problem[] {
  if (ticket !== undefined) {
    if (wish.tracker === undefined || ticket.tracker === tracker.name) return []
    return [refusal('FIX_STATE', `${key} is worked on in ${ticket.tracker} already`, `see ${ticket.url}`)]
  }
  if (state === 'open') return []
  const hint = 'take it back into the list first'
  return [refusal('FIX_STATE', `Expected ${key} to be open for a ticket, but it is ${state}`, hint)]
}

function notCreated(key: string, tracker: Tracker, why: string): Problem {
  const hint = 'try it again when that is mended: a ticket that was created all the same is found then'
  return refusal('TRACKER_FAILED', `The ticket of ${key} was not created in ${tracker.name}: ${why}`, hint)
}

/** A reading may have seen the ticket in the meantime, and linked it by its mark. */
function link(parts: Parts, key: string, { tracker, id, url }: TicketRef, by?: string): void {
  const { store, now } = parts
  store.transact(() => {
    if (fixOf(parts, key)?.ticket !== undefined) return
    const at = momentAfter(store.fixHistory(key).events, now())
    store.appendFix(key, [{ at, ...(by !== undefined && { by }), type: 'linked', ticket: { tracker, id, url } }])
  })
}
