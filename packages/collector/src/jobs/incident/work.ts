import {
  absorb,
  compareFixes,
  decideFix,
  type Fix,
  type FixCommand,
  type FixContext,
  fixTransitions,
  foldFix,
  summarizeFix,
  unknownFix,
} from '@tabiji/core/fix'
import {
  decideIncident,
  type IncidentCommand,
  type IncidentEvent,
  incidentTimeline,
  type ResponseRules,
  respond,
  standingOf,
  summarizeIncident,
} from '@tabiji/core/incident'
import type { Definition } from '@tabiji/core/journey'
import { publishingProblems } from '@tabiji/core/postmortem'
import { checkKnown, type Problem } from '@tabiji/core/problem'
import type { Impact } from '../../ports/impact.ts'
import type { FixDetails, FixFilter, IncidentDetails, IncidentMerged, Result, Work } from '../../ports/work.ts'
import type { IncidentHistory, WorkStore } from '../../ports/work-store.ts'
import { momentAfter } from '../loop/moment.ts'
import { incidentIn, incidentOf, incidentsIn, standingKey } from './incidents.ts'
import { mergeIncidents } from './merge-incidents.ts'
import { reopenBroken } from './repeats.ts'

type Desk = {
  readonly store: WorkStore
  /** What an incident gets by itself, as the configuration has it now; absent: nothing. */
  readonly response?: () => ResponseRules
  /** What incidents cost; absent: nothing is known, and no postmortem is published. */
  readonly impactOf?: Impact['of']
  /** Called with what was recorded of an incident, within the transaction that records it; absent: nobody needs to know. */
  readonly recorded?: (key: string, events: readonly IncidentEvent[]) => void
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
    mergeIncident: (key, request, by) =>
      store.transact(() => {
        const refused = mergeIncidents(desk, key, request, by)
        return refused.length > 0 ? { ok: false, problems: refused } : readMerged(desk, key, request.into)
      }),
    listIncidents: (state) =>
      incidentsIn(store)
        .filter(({ merged }) => state === 'all' || merged === undefined)
        .filter(({ resolvedAt }) => state === 'all' || (resolvedAt === undefined) === (state === 'open'))
        .map((incident) => summarizeIncident(incident, desk.definition().timeZone))
        .reverse(),
    incident: (key) => readIncident(desk, key),
    addFix: (request, by) => store.transact(() => runFix(desk, store.nextFixKey(), request, by)),
    changeFix: (key, request, by, more) => store.transact(() => runFix(desk, key, request, by, more)),
    checkFix: (key, request, by) => {
      const { decision } = decideOn(desk, key, request, by, { isWritten: true })
      return decision.ok ? [] : decision.problems
    },
    listFixes: (filter) => listFixes(desk, filter),
    fix: (key) => readFix(desk, key),
  }
}

function runIncident(desk: Desk, key: string, command: IncidentCommand, by?: string): Result<IncidentDetails> {
  const { store } = desk
  const { timeZone: zone, journeys } = desk.definition()
  const history = store.incidentHistory(key)
  const decision = decideIncident(incidentOf(history), command, {
    now: momentAfter(history.events, desk.now()),
    ...(by !== undefined && { by }),
    key,
    keys: store.incidentHistories().map((one) => one.key),
    journeys: journeys.map(({ name }) => name),
    ...(desk.response !== undefined && { updateEvery: desk.response().updateEvery }),
    zone,
    fixesOf: (cause) => fixesNaming(desk, key, cause),
    ...(isPublishing(command) && { against: againstPublishing(desk, key, command) }),
  })
  if (!decision.ok) return decision
  store.appendIncident(key, decision.events)
  appendResponse(desk, history, command)
  if (decision.events.length > 0) desk.recorded?.(key, decision.events)
  if (decision.events.some(({ type }) => type === 'caused')) reopenBroken(store, key, zone, desk.now())
  return readIncident(desk, key)
}

type Publishing = Extract<IncidentCommand, { type: 'setPostmortem' }>

function isPublishing(command: IncidentCommand): command is Publishing {
  return command.type === 'setPostmortem' && command.state === 'published'
}

/** Fixes that stand and name a cause of an incident. */
function fixesNaming(desk: Desk, key: string, cause: string): readonly string[] {
  return summariesOf(desk)
    .filter((fix) => fix.incident === key && fix.cause === cause && fix.state !== 'dropped' && fix.state !== 'merged')
    .map((fix) => fix.key)
}

/** The record is asked here, so that it is asked whichever door the command came by. */
function againstPublishing(desk: Desk, key: string, command: Publishing): readonly Problem[] {
  const found = readIncident(desk, key)
  if (!found.ok) return []
  const { incident, fixes } = found.value
  return publishingProblems(
    { incident, fixes, impact: desk.impactOf?.(key) },
    command.noFix ?? incident.postmortem?.noFix,
  )
}

/** What follows from a change by itself. Commands other than these lead to nothing more. */
const ANSWERED: readonly IncidentCommand['type'][] = ['open', 'edit', 'reopen']

function appendResponse({ store, response }: Desk, before: IncidentHistory, { type }: IncidentCommand): void {
  if (response === undefined || !ANSWERED.includes(type)) return
  const history = store.incidentHistory(before.key)
  const { key, events } = history
  const after = incidentOf(history)
  const at = events.at(-1)?.at
  if (after === undefined || at === undefined) return
  store.appendIncident(key, respond(incidentOf(before), after, response(), at))
}

type Written = Pick<FixContext, 'isWritten'>

function runFix(desk: Desk, key: string, command: FixCommand, by?: string, more?: Written): Result<FixDetails> {
  const { store } = desk
  const { current, context, decision } = decideOn(desk, key, command, by, more)
  if (!decision.ok) return decision
  store.appendFix(key, decision.events)
  if (current !== undefined && command.type === 'merge') tellWhoGoesOn(store, current, command.into, context)
  return readFix(desk, key)
}

function decideOn(desk: Desk, key: string, command: FixCommand, by?: string, more: Written = {}) {
  const { store } = desk
  const { timeZone: zone, journeys } = desk.definition()
  const history = store.fixHistory(key)
  const now = momentAfter(history.events, desk.now())
  const context: FixContext = {
    now,
    ...(by !== undefined && { by }),
    key,
    keys: store.fixHistories().map((one) => one.key),
    sinceOf: (other) => foldFix(store.fixHistory(other), now, zone)?.since,
    incidents: incidentsIn(store),
    journeys: journeys.map(({ name }) => name),
    zone,
    ...more,
  }
  const current = foldFix(history, now, zone)
  return { current, context, decision: decideFix(current, aboutStanding(store, command), context) }
}

/** A fix for an incident that was merged is one for the incident that it is part of. */
function aboutStanding(store: WorkStore, command: FixCommand): FixCommand {
  if ((command.type !== 'add' && command.type !== 'edit') || command.incident === undefined) return command
  return { ...command, incident: standingKey(store, command.incident) }
}

/** A duplicate hands on since when it is owed, in the same transaction. */
function tellWhoGoesOn(store: WorkStore, merged: Fix, into: string, context: FixContext): void {
  const now = momentAfter(store.fixHistory(into).events, context.now)
  store.appendFix(into, [absorb(merged, { ...context, now })])
}

function readIncident(desk: Desk, key: string): Result<IncidentDetails> {
  const { store } = desk
  const { timeZone: zone } = desk.definition()
  const found = incidentIn(store, key)
  if (!found.ok) return found
  const fixes = summariesOf(desk).filter((fix) => fix.incident === key)
  const timeline = incidentTimeline(store.incidentHistory(key).events, zone)
  return { ok: true, value: { incident: standingOf(found.value, zone), timeline, fixes } }
}

/** A postmortem that was begun stays where it is: a text is of one incident. */
function readMerged(desk: Desk, gone: string, into: string): Result<IncidentMerged> {
  const [stays, left] = [readIncident(desk, into), readIncident(desk, gone)]
  const postmortem = left.ok ? left.value.incident.postmortem : undefined
  if (!stays.ok || postmortem === undefined) return stays
  return { ok: true, value: { ...stays.value, left: { incident: gone, postmortem } } }
}

function readFix(desk: Desk, key: string): Result<FixDetails> {
  const { store } = desk
  const { timeZone: zone } = desk.definition()
  const history = store.fixHistory(key)
  const now = momentAfter(history.events, desk.now())
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
      const now = momentAfter(history.events, desk.now())
      const fix = foldFix(history, now, zone)
      return fix === undefined ? [] : [summarizeFix(fix, now, zone)]
    })
    .sort(compareFixes)
}
