import type { TrackerPlace } from '../config/tracker-place.ts'
import { createFixSync, type SyncOutcome } from '../jobs/fix/sync-fixes.ts'
import { createTicketLinks } from '../jobs/fix/ticket-links.ts'
import { createTicketWrites } from '../jobs/fix/ticket-writes.ts'
import { createTicketDesk } from '../jobs/fix/tickets.ts'
import { createTrackerViews } from '../jobs/fix/tracker-views.ts'
import { type Loop, startLoop } from '../jobs/loop/schedule.ts'
import type { TicketDesk } from '../ports/ticket-desk.ts'
import type { ListTrackers, TrackerState } from '../ports/tracker.ts'
import { createTrackerMetrics } from '../telemetry/tracker-metrics.ts'
import { createGithubTracker } from '../trackers/github.ts'
import { createJiraTracker } from '../trackers/jira.ts'
import { maskTracker } from '../trackers/masked.ts'
import type { House } from './house.ts'

/** Where fixes are worked on. */
export type Trackers = {
  readonly tickets: TicketDesk
  /** How old what is known of each is. */
  readonly views: ListTrackers
  /** Reads what has changed in a repository (`owner/name`) without waiting. @returns the names of the trackers that follow it */
  readIssues(repository: string): readonly string[]
  /** Reads each tracker once and records what has changed. */
  follow(): Promise<void>
  /** Reads each tracker now, and then at its pace. */
  start(): readonly Loop[]
}

export function openTrackers(house: House, ending: AbortSignal): Trackers {
  const { config, stores, work, outgoing, now } = house
  const zone = () => house.judge().definition.timeZone
  const trackers = config.trackers.map((place) => ({
    tracker: maskTracker(
      place.kind === 'jira' ? createJiraTracker(place, outgoing, now) : createGithubTracker(place, outgoing, now),
    ),
    place,
  }))
  const shared = { links: createTicketLinks(), writes: createTicketWrites(now) }
  const views = createTrackerViews(config.trackers, stores.trackers, zone)
  const metrics = createTrackerMetrics(house.metrics.registry)
  const loops = new Map<string, Loop>()
  const syncs = trackers.map(({ tracker, place }) => {
    const told = (outcome: SyncOutcome) => {
      metrics.read(tracker.name, outcome.ok, now())
      try {
        tell(house, tracker.name, outcome, views.note(tracker.name, outcome, now()))
      } catch (error) {
        house.log.error({ err: error, tracker: tracker.name }, 'it could not be kept how old the tickets are')
      }
    }
    return { place, sync: createFixSync({ tracker, store: stores.work, ...shared, zone, now, onTurn: told }) }
  })
  return {
    readIssues: (repository) => {
      const asked = repository.toLowerCase()
      const follows = (place: TrackerPlace) =>
        place.kind === 'github' && place.repositories.some((one) => one.toLowerCase() === asked)
      const names = config.trackers.filter(follows).map(({ name }) => name)
      for (const name of names) loops.get(name)?.kick()
      return names
    },
    views: views.list,
    tickets: createTicketDesk({
      trackers: trackers.map(({ tracker, place: { create } }) => ({ tracker, create })),
      store: stores.work,
      alerts: stores.alerts,
      ...shared,
      work,
      definition: () => house.judge().definition,
      language: config.language,
      now,
      ending,
      onAnswer: views.answered,
    }),
    follow: async () => {
      await Promise.all(syncs.map(({ sync }) => sync.turn(ending)))
    },
    start: () =>
      syncs.map(({ place, sync }) => {
        const loop = startLoop(place.intervalMs, () => sync.turn(ending))
        loops.set(place.name, loop)
        loop.kick()
        return loop
      }),
  }
}

/** A failure is told once while it lasts, with how old the view is by then when it is over, and so is a ticket that cannot be read. */
function tell({ log, now }: House, tracker: string, outcome: SyncOutcome, { failing, aside = [] }: TrackerState): void {
  if (!outcome.ok) {
    if (outcome.message === failing?.why) return
    log.warn({ tracker }, `the tickets could not be read; it is tried again: ${outcome.message}`)
    return
  }
  if (failing !== undefined) {
    const seconds = Math.round((now() - failing.since) / 1000)
    log.info({ tracker, seconds }, 'the tickets are read again')
  }
  const known = new Set(aside.map(({ url, why }) => `${url} ${why}`))
  for (const { url, why, asks } of outcome.aside.filter((one) => !known.has(`${one.url} ${one.why}`))) {
    const what =
      asks === true ? 'a ticket is not counted yet' : 'a ticket could not be read, and its fix stays as it is'
    log.warn({ tracker, url }, `${what}: ${why}`)
  }
  if (outcome.events > 0) log.info({ tracker, events: outcome.events }, 'tickets have changed')
}
