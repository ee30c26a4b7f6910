import { fishboneOf, lintPostmortem, newDraft, publishingLacks, recordFrom } from '@tabiji/core/postmortem'
import { HOUR } from '@tabiji/core/time'
import { pageOf, postmortemScreen } from '@tabiji/dashboard'
import { type Request, type Response, Router } from 'express'
import type { IncidentDetails } from '../../ports/work.ts'
import { tellImpact } from '../api/incident-impact-routes.ts'
import { keyOf } from '../command.ts'
import { aroundOf } from './around.ts'
import type { IncidentRooms } from './incidents.ts'
import { sendPage } from './send.ts'

const BEFORE_MS = HOUR

/** The page of an incident's postmortem. */
export function postmortemPages(rooms: IncidentRooms): Router {
  const router = Router()
  router.get('/incidents/:key/postmortem', (request, response, next) => {
    const found = rooms.work.incident(keyOf(request))
    if (found.ok) sendPostmortem(rooms, found.value, request, response)
    else next()
  })
  return router
}

function sendPostmortem(rooms: IncidentRooms, found: IncidentDetails, request: Request, response: Response): void {
  const { incident, fixes } = found
  const { key, postmortem } = incident
  const around = aroundOf(rooms, request, response)
  const { language, zone } = around
  const timeline = rooms.timelines.timeline(key, BEFORE_MS)
  const owed = rooms.postmortems.of(key)
  const cost = rooms.impact.of(key)
  const told = { ...found, ...(cost !== undefined && { impact: tellImpact(cost, zone) }) }
  const record = recordFrom(told, timeline.ok ? timeline.value.lines : [], language)
  const { duty, file } = owed.ok ? owed.value : {}
  const stated = {
    ...(duty?.owner !== undefined && { owner: duty.owner }),
    ...(duty !== undefined && { due: duty.due }),
  }
  const view = {
    incident,
    fixes,
    fishbone: fishboneOf(record),
    ...(duty !== undefined && { duty }),
    ...(file !== undefined && { file }),
    lacks: publishingLacks(record, postmortem?.noFix),
    draft: newDraft(record, { language, ...stated }),
    hints: (incident.causes ?? []).flatMap(({ id, text }) => lintPostmortem(text, id, record.incident.people)),
  }
  sendPage(
    response,
    pageOf(around, (context) => postmortemScreen(context, view)),
  )
}
