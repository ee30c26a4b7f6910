import { type Loop, startLoop } from '../jobs/schedule.ts'
import { createFixSync, type SyncOutcome } from '../jobs/sync-fixes.ts'
import { createGithubTracker } from '../trackers/github.ts'
import type { House } from './house.ts'

/** Reads each tracker at the start, and then at its pace. */
export function startTrackers(house: House, ending: AbortSignal): readonly Loop[] {
  const { config, stores, outgoing, now } = house
  return config.trackers.map((place) => {
    const sync = createFixSync({
      tracker: createGithubTracker(place, outgoing, now),
      store: stores.work,
      zone: () => house.judge().definition.timeZone,
      now,
      onTurn: tellOf(place.name, house),
    })
    const loop = startLoop(place.intervalMs, () => sync.turn(ending))
    loop.kick()
    return loop
  })
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
