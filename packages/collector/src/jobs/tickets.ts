import { draftTicket, type Fix, foldFix, type TicketRef } from '@tabiji/core/fix'
import { checkKnown, type Problem, refusal } from '@tabiji/core/problem'
import type { TicketDesk, Ticketed } from '../ports/ticket-desk.ts'
import type { Tracker } from '../ports/tracker.ts'
import type { Result, Work } from '../ports/work.ts'
import type { WorkStore } from '../ports/work-store.ts'
import { findIncident } from './incidents.ts'
import { momentAfter } from './moment.ts'

type Parts = {
  readonly trackers: readonly Tracker[]
  readonly store: WorkStore
  readonly work: Pick<Work, 'fix'>
  readonly zone: () => string
  readonly language: 'en' | 'ja'
  readonly now: () => number
  /** Ends with the daemon. */
  readonly ending: AbortSignal
}

/** Whoever asks waits for the answer, so it comes before they give up; what was created later is found by the next try. */
const PATIENCE_MS = 9_000

/** Creates tickets, for each fix one after another: two that ask at once get the same ticket. */
export function createTicketDesk(parts: Parts): TicketDesk {
  const underWay = new Map<string, Promise<unknown>>()
  return {
    createTicket: (key, tracker, by) => {
      const turn = (underWay.get(key) ?? Promise.resolve()).then(() => create(parts, key, tracker, by))
      const settled = turn.catch(() => undefined)
      underWay.set(key, settled)
      void settled.then(() => underWay.get(key) === settled && underWay.delete(key))
      return turn
    },
  }
}

async function create(parts: Parts, key: string, name: string | undefined, by?: string): Promise<Result<Ticketed>> {
  const { trackers, store, work, language, ending } = parts
  const known = work.fix(key)
  if (!known.ok) return known
  const fix = fixOf(parts, key)
  if (fix === undefined) throw new RangeError(`Expected ${key} to be known, got nothing`)
  const tracker = name === undefined ? trackers[0] : trackers.find((one) => one.name === name)
  const problems = checkTracker(name, trackers)
  if (tracker === undefined || problems.length > 0) return { ok: false, problems }
  const standing = checkFix(fix, tracker)
  if (standing.length > 0) return { ok: false, problems: standing }
  if (fix.ticket !== undefined) return known
  const incident = fix.incident === undefined ? undefined : findIncident(store, fix.incident)
  const signal = AbortSignal.any([ending, AbortSignal.timeout(PATIENCE_MS)])
  const made = await tracker.create(draftTicket(fix, incident, language), signal)
  if (!made.ok) return { ok: false, problems: [notCreated(key, tracker, made.message)] }
  link(parts, key, made.ticket, by)
  const after = work.fix(key)
  return after.ok ? { ok: true, value: { ...after.value, ...(made.note !== undefined && { note: made.note }) } } : after
}

function fixOf({ store, zone, now }: Parts, key: string): Fix | undefined {
  const history = store.fixHistory(key)
  return foldFix(history, momentAfter(history.events, now()), zone())
}

function checkTracker(name: string | undefined, trackers: readonly Tracker[]): readonly Problem[] {
  if (trackers.length === 0) {
    const hint = 'list one under `trackers` in the configuration'
    return [refusal('TRACKER_NONE', 'Expected a tracker to create the ticket in, got none', hint)]
  }
  if (name === undefined) return []
  const names = trackers.map((one) => one.name)
  return checkKnown('TRACKER_UNKNOWN', 'tracker', name, names)
}

function checkFix({ key, state, ticket }: Fix, tracker: Tracker): readonly Problem[] {
  if (ticket !== undefined && ticket.tracker !== tracker.name) {
    return [refusal('FIX_STATE', `${key} is worked on in ${ticket.tracker} already`, `see ${ticket.url}`)]
  }
  if (state === 'open' || ticket !== undefined) return []
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
