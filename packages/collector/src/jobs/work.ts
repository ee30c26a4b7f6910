import {
  absorb,
  compareFixes,
  decideFix,
  type FixCommand,
  type FixContext,
  type FixHistory,
  fixTransitions,
  foldFix,
  summarizeFix,
  unknownFix,
} from '@tabiji/core/fix'
import {
  decideIncident,
  foldIncident,
  type Incident,
  type IncidentCommand,
  incidentTimeline,
  type ResponseRules,
  respond,
  standingOf,
  summarizeIncident,
  unknownIncident,
} from '@tabiji/core/incident'
import type { Definition } from '@tabiji/core/journey'
import { checkKnown, type Problem } from '@tabiji/core/problem'
import type { FixDetails, FixFilter, IncidentDetails, Result, Work } from '../ports/work.ts'
import type { IncidentHistory, WorkStore } from '../ports/work-store.ts'
import { reopenBroken } from './repeats.ts'

type Desk = {
  readonly store: WorkStore
  /** What an incident gets by itself; absent: nothing. */
  readonly response?: ResponseRules
  /** The journeys file in force; a reload may change it between two commands. */
  readonly definition: () => Definition
  /** Milliseconds. */
  readonly now: () => number
}

/** Runs commands on incidents and fixes: gathers what core needs to decide, and appends what it decided, in one transaction. */
export function createWork(desk: Desk): Work {
  const { store } = desk
  return {
    openIncident: (request, by) => store.transact(() => runIncident(desk, store.nextIncidentKey(), request, by)),
    changeIncident: (key, request, by) => store.transact(() => runIncident(desk, key, request, by)),
    listIncidents: (state) =>
      incidentsOf(store)
        .filter(({ resolvedAt }) => state === 'all' || (resolvedAt === undefined) === (state === 'open'))
        .map((incident) => summarizeIncident(incident, desk.definition().timeZone))
        .reverse(),
    incident: (key) => readIncident(desk, key),
    addFix: (request, by) => store.transact(() => runFix(desk, store.nextFixKey(), request, by)),
    changeFix: (key, request, by) => store.transact(() => runFix(desk, key, request, by)),
    listFixes: (filter) => listFixes(desk, filter),
    fix: (key) => readFix(desk, key),
  }
}

function runIncident(desk: Desk, key: string, command: IncidentCommand, by?: string): Result<IncidentDetails> {
  const { store } = desk
  const { timeZone: zone, journeys } = desk.definition()
  const history = store.incidentHistory(key)
  const decision = decideIncident(foldIncident(key, history.events), command, {
    now: momentAfter(history, desk),
    ...(by !== undefined && { by }),
    key,
    keys: store.incidentHistories().map((one) => one.key),
    journeys: journeys.map(({ name }) => name),
    ...(desk.response !== undefined && { updateEvery: desk.response.updateEvery }),
    zone,
  })
  if (!decision.ok) return decision
  store.appendIncident(key, decision.events)
  appendResponse(desk, history, command)
  if (decision.events.some(({ type }) => type === 'caused')) reopenBroken(store, key, zone, desk.now())
  return readIncident(desk, key)
}

/** What follows from a change by itself. Commands other than these lead to nothing more. */
const ANSWERED: readonly IncidentCommand['type'][] = ['open', 'edit', 'reopen']

function appendResponse({ store, response }: Desk, before: IncidentHistory, { type }: IncidentCommand): void {
  if (response === undefined || !ANSWERED.includes(type)) return
  const { key, events } = store.incidentHistory(before.key)
  const after = foldIncident(key, events)
  const at = events.at(-1)?.at
  if (after === undefined || at === undefined) return
  store.appendIncident(key, respond(foldIncident(key, before.events), after, response, at))
}

function runFix(desk: Desk, key: string, command: FixCommand, by?: string): Result<FixDetails> {
  const { store } = desk
  const { timeZone: zone, journeys } = desk.definition()
  const history = store.fixHistory(key)
  const now = momentAfter(history, desk)
  const context: FixContext = {
    now,
    ...(by !== undefined && { by }),
    key,
    keys: store.fixHistories().map((one) => one.key),
    sinceOf: (other) => foldFix(store.fixHistory(other), now, zone)?.since,
    incidents: incidentsOf(store),
    journeys: journeys.map(({ name }) => name),
    zone,
  }
  const decision = decideFix(foldFix(history, now, zone), command, context)
  if (!decision.ok) return decision
  store.appendFix(key, decision.events)
  tellWhoGoesOn(desk, history, command, context)
  return readFix(desk, key)
}

/** A duplicate hands on since when it is owed, in the same transaction. */
function tellWhoGoesOn({ store }: Desk, merged: FixHistory, command: FixCommand, context: FixContext): void {
  if (command.type !== 'merge') return
  const fix = foldFix(merged, context.now, context.zone)
  const other = store.fixHistory(command.into)
  if (fix === undefined) return
  const now = Math.max(context.now, other.events.at(-1)?.at ?? 0)
  store.appendFix(command.into, [absorb(fix, { ...context, now })])
}

function readIncident(desk: Desk, key: string): Result<IncidentDetails> {
  const { store } = desk
  const { timeZone: zone } = desk.definition()
  const { events } = store.incidentHistory(key)
  const incident = foldIncident(key, events)
  if (incident === undefined) {
    return {
      ok: false,
      problems: [
        unknownIncident(
          key,
          store.incidentHistories().map((one) => one.key),
        ),
      ],
    }
  }
  const fixes = summariesOf(desk).filter((fix) => fix.incident === key)
  return {
    ok: true,
    value: { incident: standingOf(incident, zone), timeline: incidentTimeline(events, zone), fixes },
  }
}

function readFix(desk: Desk, key: string): Result<FixDetails> {
  const { store } = desk
  const { timeZone: zone } = desk.definition()
  const history = store.fixHistory(key)
  const now = momentAfter(history, desk)
  const fix = foldFix(history, now, zone)
  if (fix === undefined) {
    return {
      ok: false,
      problems: [
        unknownFix(
          key,
          store.fixHistories().map((one) => one.key),
        ),
      ],
    }
  }
  return { ok: true, value: { fix: summarizeFix(fix, now, zone), transitions: fixTransitions(history, now, zone) } }
}

function listFixes(desk: Desk, { state, journey, incident }: FixFilter): ReturnType<Work['listFixes']> {
  const fixes = summariesOf(desk)
  // A fix may belong to a journey that the file has dropped since; it is still found by that name.
  const named = fixes.map((fix) => fix.journey).filter((name) => name !== undefined)
  const journeys = [...new Set([...desk.definition().journeys.map(({ name }) => name), ...named])]
  const incidents = desk.store.incidentHistories().map(({ key }) => key)
  const problems: Problem[] = [
    ...(journey === undefined ? [] : checkKnown('FIX_UNKNOWN_JOURNEY', 'journey', journey, journeys)),
    ...(incident === undefined ? [] : checkKnown('FIX_UNKNOWN_INCIDENT', 'incident', incident, incidents)),
  ]
  if (problems.length > 0) return { ok: false, problems }
  const value = fixes.filter(
    (fix) =>
      (state === 'all' || (state === 'overdue' ? fix.overdueDays > 0 : fix.state === state)) &&
      (journey === undefined || fix.journey === journey) &&
      (incident === undefined || fix.incident === incident),
  )
  return { ok: true, value }
}

function summariesOf(desk: Desk) {
  const { timeZone: zone } = desk.definition()
  return desk.store
    .fixHistories()
    .flatMap((history) => {
      const now = momentAfter(history, desk)
      const fix = foldFix(history, now, zone)
      return fix === undefined ? [] : [summarizeFix(fix, now, zone)]
    })
    .sort(compareFixes)
}

function incidentsOf(store: WorkStore): Incident[] {
  return store
    .incidentHistories()
    .map(({ key, events }) => foldIncident(key, events))
    .filter((incident) => incident !== undefined)
}

/** Now, but never before what was recorded last: a clock that is set back must neither hide it nor undo the order. */
function momentAfter({ events }: FixHistory | IncidentHistory, { now }: Desk): number {
  return Math.max(now(), events.at(-1)?.at ?? 0)
}
