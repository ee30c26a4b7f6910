import { HOUR, isoIn } from '@tabiji/core/time'
import { type IncidentsView, incidentScreen, incidentsScreen, type Panel } from '@tabiji/dashboard'
import { type Request, type Response, Router } from 'express'
import type { Impact } from '../../ports/impact.ts'
import type { IncidentTimelines } from '../../ports/incident-timeline.ts'
import type { Postmortems } from '../../ports/postmortems.ts'
import type { FirstResponse } from '../../ports/response.ts'
import type { RunbookDesk } from '../../ports/runbooks.ts'
import type { ListTrackers } from '../../ports/tracker.ts'
import type { IncidentDetails, Result } from '../../ports/work.ts'
import { tellImpact } from '../api/incident-impact-routes.ts'
import { keyOf } from '../command.ts'
import type { FrameRooms } from './around.ts'
import { attempt, attemptLater } from './panel.ts'
import { showScreen } from './show.ts'

/** What is asked about incidents. */
export type IncidentDesks = {
  readonly impact: Impact
  readonly timelines: IncidentTimelines
  readonly response: FirstResponse
  readonly runbookDesk: RunbookDesk
  readonly postmortems: Postmortems
  readonly trackers: ListTrackers
}
export type IncidentRooms = FrameRooms & IncidentDesks

/** What led to it is part of the story. */
const BEFORE_MS = HOUR
/** Two that are one began about the same time. */
const MERGEABLE = 50

/** Incidents, and one of them. */
export function incidentsPages(rooms: IncidentRooms): Router {
  const router = Router()
  router.get('/incidents', (request, response) => sendList(rooms, request, response))
  router.get('/incidents/:key', (request, response, next) => {
    const found = rooms.work.incident(keyOf(request))
    if (found.ok) sendIncident(rooms, found.value, request, response)
    else next()
  })
  return router
}

async function sendList(rooms: IncidentRooms, request: Request, response: Response): Promise<void> {
  const { api, work } = rooms
  const { state: asked } = request.query
  const state: IncidentsView['state'] = asked === 'open' || asked === 'resolved' ? asked : 'all'
  const overview = api.overview()
  const incidents = work.listIncidents(state)
  // Only who sees none is told what there was instead.
  const ask = () => api.recentMonth(api.months().current)
  const facts = incidents.length === 0 ? await attemptLater(rooms, response, 'month', ask, undefined) : undefined
  const view = { state, incidents, journeys: overview.journeys, ...(facts !== undefined && { facts }) }
  showScreen(rooms, request, response, (context) => incidentsScreen(context, view), overview)
}

function sendIncident(rooms: IncidentRooms, found: IncidentDetails, request: Request, response: Response): void {
  const { api, impact, timelines, response: first, postmortems, trackers } = rooms
  const { incident, fixes } = found
  const { key } = incident
  const overview = api.overview()
  const zone = overview.timeZone
  const part = <Value>(panel: Panel, ask: () => Value) => attempt(rooms, response, panel, ask, undefined)
  const card = part('response', () => foundIn(first.card(key)))
  const timeline = part('timeline', () => foundIn(timelines.timeline(key, BEFORE_MS)))
  const owed = part('postmortem', () => postmortems.of(key))
  const cost = part('impact', () => impact.of(key))
  const { checklist = NO_CHECKLIST, questions = [], lastUpdate, nextUpdateAt } = card ?? {}
  const { lines = [], series = [] } = timeline ?? {}
  const view = {
    incident,
    fixes,
    checklist,
    questions,
    lines,
    series,
    ...(cost !== undefined && { impact: tellImpact(cost, zone) }),
    ...(lastUpdate !== undefined && { lastUpdate }),
    ...(nextUpdateAt !== undefined && { nextUpdateAt }),
    ...(owed?.ok === true && owed.value.duty !== undefined && { duty: owed.value.duty }),
    runbooks: part('runbooks', () => foundIn(rooms.runbookDesk.worked(key)).pages) ?? [],
    alerts: part('alerts', () => incident.episodes.flatMap((id) => alertOf(api, id, zone))) ?? [],
    others: othersOf(rooms, found),
    journeys: overview.journeys,
    trackers: trackers(),
  }
  showScreen(rooms, request, response, (context) => incidentScreen(context, view), overview)
}

const NO_CHECKLIST = { done: 0, items: [] }

/** What was there a moment ago is not there any more only by a mistake of ours. */
function foundIn<Value>(result: Result<Value>): Value {
  if (result.ok) return result.value
  throw new Error(result.problems.map(({ message }) => message).join('; '))
}

function alertOf(api: FrameRooms['api'], id: string, zone: string) {
  const alert = api.alert(id)
  if (alert === undefined) return []
  const { rule, level, episode } = alert
  const open = episode.resolvedAt === undefined && episode.state !== 'closed'
  return [{ id, rule, level, open, since: isoIn(episode.resolvedAt ?? episode.startedAt, zone) }]
}

function othersOf({ work }: IncidentRooms, { incident: { key, drill, resolvedAt } }: IncidentDetails) {
  return work
    .listIncidents(resolvedAt === undefined ? 'open' : 'all')
    .filter((other) => other.key !== key && other.drill === drill && other.mergedInto === undefined)
    .slice(0, MERGEABLE)
}
