import { placeBy, type TicketRule, type TicketSubject } from '@tabiji/core/fix'
import type { Definition } from '@tabiji/core/journey'
import { checkKnown, type Problem, refusal } from '@tabiji/core/problem'
import type { AlertStore } from '../../ports/alert-store.ts'
import type { TicketSpot, TicketWish } from '../../ports/ticket-desk.ts'
import type { Tracker } from '../../ports/tracker.ts'
import type { Result } from '../../ports/work.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { findIncident } from '../incident/incidents.ts'

/** A tracker, and which new tickets go where in it. */
export type RuledTracker = { readonly tracker: Tracker; readonly create: readonly TicketRule[] }

/** Where a ticket goes: where it is wished, else by the rules in their order, else to the first place of all. */
export function spotOf(
  trackers: readonly RuledTracker[],
  { tracker: name, place }: TicketWish,
  subject: TicketSubject,
): Result<{ readonly tracker: Tracker; readonly place: string }> {
  if (trackers.length === 0) {
    const hint = 'list one under `trackers` in the configuration'
    return {
      ok: false,
      problems: [refusal('TRACKER_NONE', 'Expected a tracker to create the ticket in, got none', hint)],
    }
  }
  const problems = checkWish(trackers, name, place)
  if (problems.length > 0) return { ok: false, problems }
  const asked = trackers.filter(({ tracker }) => name === undefined || tracker.name === name)
  const spots = asked.flatMap(({ tracker, create }) => {
    const found = place === undefined ? placeBy(create, subject) : placeIn(tracker, place)
    return found === undefined ? [] : [{ tracker, place: found }]
  })
  const [first] = asked
  const [spot = first && { tracker: first.tracker, place: first.tracker.places[0] }] = spots
  if (spot === undefined) throw new RangeError(`Expected a tracker called ${name}, got none`)
  return { ok: true, value: spot }
}

/** Names of repositories do not depend on the case. */
function placeIn({ places }: Tracker, sought: string): string | undefined {
  return places.find((one) => one.toLowerCase() === sought.toLowerCase())
}

function checkWish(
  trackers: readonly RuledTracker[],
  name: string | undefined,
  place: string | undefined,
): readonly Problem[] {
  const named = trackers.filter(({ tracker }) => name === undefined || tracker.name === name)
  if (name !== undefined && named.length === 0) {
    return checkKnown(
      'TRACKER_UNKNOWN',
      'tracker',
      name,
      trackers.map(({ tracker }) => tracker.name),
    )
  }
  if (place === undefined || named.some(({ tracker }) => placeIn(tracker, place) !== undefined)) return []
  const places = named.flatMap(({ tracker }) => tracker.places)
  return checkKnown('TRACKER_PLACE_UNKNOWN', 'place', place, places)
}

export function answeredSpot(found: ReturnType<typeof spotOf>): Result<TicketSpot> {
  return found.ok ? { ok: true, value: { tracker: found.value.tracker.name, place: found.value.place } } : found
}

type Sources = {
  readonly store: WorkStore
  readonly alerts: Pick<AlertStore, 'findEpisode'>
  readonly definition: () => Definition
}

/** What a fix is about: its journey, else those of its incident; their teams, and the steps that the alerts of the incident are about. */
export function subjectOf(
  { store, alerts, definition }: Sources,
  { journey, incident: key }: { readonly journey?: string; readonly incident?: string },
): TicketSubject {
  const incident = key === undefined ? undefined : findIncident(store, key)
  const journeys = journey === undefined ? (incident?.journeys ?? []) : [journey]
  const owners = definition().journeys.filter(({ name }) => journeys.includes(name))
  const steps = (incident?.episodes ?? []).flatMap((id) => {
    const facts = alerts.findEpisode(id)?.facts
    const step = facts?.objective?.step ?? facts?.worstStep?.name
    return facts === undefined || step === undefined || !journeys.includes(facts.journey.name)
      ? []
      : [`${facts.journey.name}/${step}`]
  })
  return { journeys, teams: [...new Set(owners.flatMap(({ owner = [] }) => owner))], steps: [...new Set(steps)] }
}
