import { type Loop, startLoop } from '../jobs/schedule.ts'
import { createFixSync, type SyncOutcome } from '../jobs/sync-fixes.ts'
import { createTicketDesk } from '../jobs/tickets.ts'
import type { TicketDesk } from '../ports/ticket-desk.ts'
import { createGithubTracker } from '../trackers/github.ts'
import type { House } from './house.ts'

/** Where fixes are worked on. */
export type Trackers = {
  readonly tickets: TicketDesk
  /** Reads each tracker now, and then at its pace. */
  start(): readonly Loop[]
}

export function openTrackers(house: House, ending: AbortSignal): Trackers {
  const { config, stores, work, outgoing, now } = house
  const zone = () => house.judge().definition.timeZone
  const trackers = config.trackers.map((place) => ({
    tracker: createGithubTracker(place, outgoing, now),
    intervalMs: place.intervalMs,
  }))
  return {
    tickets: createTicketDesk({
      trackers: trackers.map(({ tracker }) => tracker),
      ...{ store: stores.work, work, zone, language: config.language, now, ending },
    }),
    start: () =>
      trackers.map(({ tracker, intervalMs }) => {
        const sync = createFixSync({ tracker, store: stores.work, zone, now, onTurn: tellOf(tracker.name, house) })
        const loop = startLoop(intervalMs, () => sync.turn(ending))
        loop.kick()
        return loop
      }),
  }
}

/** A failure is told once while it lasts, with how old the view is by then when it is over. */
function tellOf(tracker: string, { log, now }: House): (outcome: SyncOutcome) => void {
  let failing: { readonly message: string; readonly since: number } | undefined
  return (outcome) => {
    if (!outcome.ok) {
      if (outcome.message !== failing?.message) {
        log.warn({ tracker }, `the tickets could not be read; it is tried again: ${outcome.message}`)
      }
      failing = { message: outcome.message, since: failing?.since ?? now() }
      return
    }
    if (failing !== undefined) {
      const seconds = Math.round((now() - failing.since) / 1000)
      log.info({ tracker, seconds }, 'the tickets are read again')
    }
    failing = undefined
    if (outcome.events > 0) log.info({ tracker, events: outcome.events }, 'tickets have changed')
  }
}
