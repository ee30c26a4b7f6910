import {
  type AutoMarks,
  checklistState,
  type Incident,
  lastDecisions,
  openQuestions,
  standingOf,
} from '@tabiji/core/incident'
import { isoIn } from '@tabiji/core/time'
import type { AlertStore } from '../../ports/alert-store.ts'
import type { ToDo } from '../../ports/notifier.ts'
import type { ChecklistDetails, FirstResponse } from '../../ports/response.ts'
import type { Result } from '../../ports/work.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { incidentIn, incidentsIn } from './incidents.ts'

type Desk = {
  readonly store: Pick<WorkStore, 'incidentHistory' | 'incidentHistories'>
  readonly alerts: Pick<AlertStore, 'findEpisode'>
  readonly timeZone: () => string
  /** Where people reach the collector; absent: nobody knows. */
  readonly publicUrl?: string
  readonly now: () => number
}

/** Reads how far the first response to an incident is: what people ticked, and what the record ticks by itself. */
export function createFirstResponse(desk: Desk): FirstResponse {
  const { store, alerts, timeZone, now } = desk
  const about = <Value>(key: string, tell: (incident: Incident) => Value): Result<Value> => {
    const found = incidentIn(store, key)
    return found.ok ? { ok: true, value: tell(found.value) } : found
  }
  return {
    toDos: () => toDosOf(desk),
    checklist: (key) => about(key, (incident) => checklistOf(incident, autoMarks(incident, alerts), timeZone())),
    card: (key) =>
      about(key, (incident) => {
        const zone = timeZone()
        const { last, due } = incident.updates ?? {}
        return {
          incident: standingOf(incident, zone),
          checklist: checklistOf(incident, autoMarks(incident, alerts), zone),
          questions: openQuestions(incident, now()),
          decisions: lastDecisions(incident).map((decision) => ({ ...decision, at: isoIn(decision.at, zone) })),
          ...(last !== undefined && { lastUpdate: { ...last, at: isoIn(last.at, zone) } }),
          ...(due !== undefined && incident.resolvedAt === undefined && { nextUpdateAt: isoIn(due, zone) }),
        }
      }),
  }
}

/** Nobody reads a long list in an alarm. */
const MOST_TOLD = 3

function toDosOf({ store, alerts, publicUrl }: Desk): (episode: string) => ToDo | undefined {
  const open = incidentsIn(store).filter(({ resolvedAt }) => resolvedAt === undefined)
  return (episode) => {
    const incident = open.findLast(({ episodes }) => episodes.includes(episode))
    if (incident === undefined) return undefined
    const items = checklistState(incident, autoMarks(incident, alerts))?.items ?? []
    const told = (some: typeof items) => some.slice(0, MOST_TOLD).map(({ text }) => text)
    return {
      incident: incident.key,
      ...(publicUrl !== undefined && { link: `${publicUrl}/api/v1/incidents/${incident.key}` }),
      items: told(items.filter(({ ticked }) => !ticked)),
      first: told(items),
    }
  }
}

/** What the record says by itself about an incident and its alerts. */
export function autoMarks(incident: Incident, alerts: Desk['alerts']): AutoMarks {
  const { journeys, openedAt, times } = incident
  const episodes = incident.episodes.flatMap((id) => alerts.findEpisode(id) ?? [])
  const taken = episodes.flatMap(({ episode: { ack } }) => ack ?? []).toSorted((a, b) => a.at - b.at)[0]
  const ack = taken ?? times.acknowledged
  const changes = episodes.flatMap(({ facts }) => facts.changes ?? [])
  const named = changes.map(({ kind, service, title }) => [kind, service, title].filter(Boolean).join(' '))
  return {
    ...(ack !== undefined && { ack: { at: ack.at, ...('by' in ack && ack.by !== undefined && { by: ack.by }) } }),
    ...(journeys.length > 0 && { journeys: { at: openedAt, detail: journeys.join(', ') } }),
    ...(changes.length > 0 && { changes: { at: openedAt, detail: named.join('; ') } }),
  }
}

function checklistOf(incident: Incident, autos: AutoMarks, zone: string): ChecklistDetails {
  const state = checklistState(incident, autos)
  if (state === undefined) return { incident: incident.key, done: 0, items: [] }
  return {
    incident: incident.key,
    level: state.level,
    done: state.done,
    items: state.items.map(({ id, text, ticked, mark, dueAt, link }) => ({
      id,
      text,
      ticked,
      ...(mark !== undefined && { ...mark, at: isoIn(mark.at, zone) }),
      ...(dueAt !== undefined && { dueAt: isoIn(dueAt, zone) }),
      ...(link !== undefined && { link }),
    })),
  }
}
