import { type Incident, impactStart } from '../incident/index.ts'
import { DAY } from '../time/index.ts'
import { comesBackIn } from './cause.ts'
import { type FixEvent, type FixHistory, inEffect } from './event.ts'
import { type Fix, foldFix } from './fix.ts'

/** A fix that is done is watched for so long (DESIGN §4.7: reopened within 30 days is not done). */
const WATCHED_DAYS = 30

/** From so many days on it is said whether it held (incident.md §5: 28 days). */
const VERDICT_DAYS = 28

/** So many events of the journey are traffic enough to have shown it. */
const ENOUGH_EVENTS = 100

export const WATCH_VERDICTS = ['watching', 'held', 'recurred', 'notEnoughTraffic', 'unjudged'] as const

/** What became of a fix that was done. `watching` until 28 days are over. */
export type Watched = {
  readonly key: string
  readonly title: string
  readonly doneAt: number
  readonly verdict: (typeof WATCH_VERDICTS)[number]
  /** Whole days since it was done, at most 28. */
  readonly days: number
  /** Incidents of its cause since. */
  readonly incidents: readonly string[]
}

/**
 * The done fixes that an incident shows not to have worked: it has the cause that they remove, hurts the same journey, and its
 * impact began within 30 days after they were done. One that was done again since is not among them.
 */
export function brokenBy(
  histories: readonly FixHistory[],
  incident: Incident,
  incidents: readonly Incident[],
  now: number,
  zone: string,
): readonly Fix[] {
  const began = impactStart(incident)
  return histories
    .flatMap((history) => foldFix(history, now, zone) ?? [])
    .filter(({ state }) => state === 'done')
    .filter((fix) => isWatched(fix, began) && comesBackIn(fix, originOf(fix, incidents), incident))
}

/** What says of which state a fix is. */
export const OF_STATE: ReadonlySet<FixEvent['type']> = new Set<FixEvent['type']>([
  'done',
  'reopened',
  'dropped',
  'undropped',
  'accepted',
  'merged',
])

/** When an incident opened a fix again (milliseconds); absent when something else was said of its state since, or nothing ever. */
export function cameBackAt(history: FixHistory): number | undefined {
  const last = inEffect(history).events.findLast(({ type }) => OF_STATE.has(type))
  return last?.type === 'reopened' && last.incident !== undefined ? last.at : undefined
}

/**
 * Whether the fixes that were done work: what came back says no, also after it opened them again; 28 days with traffic and
 * without it say yes. Who opened a fix again for another reason knew that already.
 *
 * @param now milliseconds; what happened later is not looked at
 * @param eventsOf how many events a journey had in a stretch; absent: it is not known any more
 */
export function watchDone(
  histories: readonly FixHistory[],
  incidents: readonly Incident[],
  now: number,
  zone: string,
  eventsOf: (journey: string, from: number, to: number) => number | undefined,
): readonly Watched[] {
  return histories
    .map(inEffect)
    .map(({ key, events }) => ({ key, events: events.filter(({ at }) => at <= now) }))
    .flatMap((history) => {
      const fix = foldFix(history, now, zone)
      if (fix?.doneAt === undefined || now - fix.doneAt >= 2 * WATCHED_DAYS * DAY) return []
      const stands = fix.state === 'done' || (fix.state === 'open' && cameBackAt(history) !== undefined)
      return stands ? [{ fix, doneAt: fix.doneAt }] : []
    })
    .map(({ fix, doneAt }) => {
      const origin = originOf(fix, incidents)
      const since = incidents.filter(
        (one) => impactStart(one) <= now && isWatched(fix, impactStart(one)) && comesBackIn(fix, origin, one),
      )
      const days = Math.min(VERDICT_DAYS, Math.floor((now - doneAt) / DAY))
      const told = { key: fix.key, title: fix.title, doneAt, days, incidents: since.map(({ key }) => key) }
      if (since.length > 0 || fix.state === 'open') return { ...told, verdict: 'recurred' as const }
      if (days < VERDICT_DAYS) return { ...told, verdict: 'watching' as const }
      return { ...told, verdict: quiet(fix, origin, eventsOf, doneAt) }
    })
    .sort((a, b) => b.doneAt - a.doneAt || (a.key < b.key ? -1 : 1))
}

function quiet(
  fix: Fix,
  origin: Incident | undefined,
  eventsOf: (journey: string, from: number, to: number) => number | undefined,
  doneAt: number,
): Watched['verdict'] {
  const journeys = fix.journey === undefined ? (origin?.journeys ?? []) : [fix.journey]
  if (fix.cause === undefined && origin?.causes === undefined) return 'unjudged'
  const events = journeys.map((journey) => eventsOf(journey, doneAt, doneAt + VERDICT_DAYS * DAY))
  if (events.length === 0 || events.includes(undefined)) return 'unjudged'
  return events.some((count = 0) => count >= ENOUGH_EVENTS) ? 'held' : 'notEnoughTraffic'
}

function isWatched({ doneAt }: Fix, began: number): boolean {
  return doneAt !== undefined && began >= doneAt && began - doneAt <= WATCHED_DAYS * DAY
}

function originOf({ incident }: Fix, incidents: readonly Incident[]): Incident | undefined {
  return incidents.find(({ key }) => key === incident)
}
