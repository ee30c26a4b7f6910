import type { Incident } from '@tabiji/core/incident'
import type { Definition } from '@tabiji/core/journey'
import { type DrillEvery, type DrillHeld, drillCoverage, drillsDue } from '@tabiji/core/practice'
import { formatPeriodLength, isoIn } from '@tabiji/core/time'
import type { DrillStore } from '../../ports/drill-store.ts'
import type { Revision } from '../../ports/ledger-store.ts'
import type { PracticeOverview } from '../../ports/practice.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { incidentsIn } from '../incident/incidents.ts'

export type ScheduleSources = {
  readonly drills: Pick<DrillStore, 'list' | 'episodesOf'>
  readonly work: Pick<WorkStore, 'incidentHistories'>
  readonly definition: () => Definition
  /** Every file that was in force, ascending by time. */
  readonly revisions: () => readonly Revision[]
}

/** When each journey of the file in force is to be practised next, the longest overdue first. */
export function toldDrills(sources: ScheduleSources, every: DrillEvery, now: number): PracticeOverview['drills'] {
  const { timeZone: zone, journeys } = sources.definition()
  const since = knownSince(new Set(journeys.map(({ name }) => name)), sources.revisions())
  const known = journeys.map(({ name, tier }) => ({ name, tier, knownSince: since.get(name) ?? now }))
  return drillsDue(known, held(sources), every, now, zone).map(({ every: length, lastAt, ...due }) => ({
    ...due,
    every: formatPeriodLength(length),
    ...(lastAt !== undefined && { lastAt: isoIn(lastAt, zone) }),
  }))
}

/** When the first file took effect that knew each of the journeys, milliseconds by name. */
function knownSince(journeys: ReadonlySet<string>, revisions: readonly Revision[]): ReadonlyMap<string, number> {
  const since = new Map<string, number>()
  for (const revision of revisions) {
    for (const name of namesIn(revision)) if (journeys.has(name) && !since.has(name)) since.set(name, revision.at)
    if (since.size === journeys.size) break
  }
  return since
}

/** A file of the past is read from the store each time, and its names never change. */
const named = new WeakMap<Revision, readonly string[]>()

function namesIn(revision: Revision): readonly string[] {
  const known = named.get(revision)
  if (known !== undefined) return known
  // An earlier version kept the targets only.
  const names = revision.definition?.journeys.map(({ name }) => name) ?? Object.keys(revision.targets).map(journeyIn)
  named.set(revision, names)
  return names
}

const journeyIn = (objective: string) => objective.slice(0, objective.indexOf('/'))

/** How often each journey of the file in force was practised, quarter by quarter. */
export function toldCoverage(sources: ScheduleSources, now: number): PracticeOverview['coverage'] {
  const { timeZone: zone, journeys } = sources.definition()
  return drillCoverage(journeys, [...rung(sources), ...tableTops(sources)], now, zone)
}

/**
 * The last drill of each journey that rang, and incidents that are flagged as drills, as a table-top is: whoever stopped a drill
 * before it rang has practised nothing.
 */
function held({ drills, work }: ScheduleSources): readonly DrillHeld[] {
  const last = new Map<string, DrillHeld>()
  for (const { key, plan, startedAt } of drills.list()) {
    // Newest first, so that the alerts of few drills are looked for.
    if (last.has(plan.journey) || drills.episodesOf(key).length === 0) continue
    last.set(plan.journey, { journey: plan.journey, at: startedAt })
  }
  const flagged = incidentsIn(work).filter(({ drill }) => drill)
  return [...last.values(), ...flagged.flatMap(practisedIn)]
}

function rung({ drills }: ScheduleSources): readonly DrillHeld[] {
  return drills
    .list()
    .filter(({ key }) => drills.episodesOf(key).length > 0)
    .map(({ plan, startedAt }) => ({ journey: plan.journey, at: startedAt }))
}

/** Incidents that were played without an alert: those with one belong to a drill that rang. */
function tableTops({ work }: ScheduleSources): readonly DrillHeld[] {
  return incidentsIn(work)
    .filter(({ drill, episodes, merged }) => drill && episodes.length === 0 && merged === undefined)
    .flatMap(practisedIn)
}

function practisedIn({ journeys, openedAt }: Incident): readonly DrillHeld[] {
  return journeys.map((journey) => ({ journey, at: openedAt }))
}
