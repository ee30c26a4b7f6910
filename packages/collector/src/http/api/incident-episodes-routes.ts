import { type Problem, refusal } from '@tabiji/core/problem'
import { Router } from 'express'
import type { Api } from '../../ports/api.ts'
import type { Work } from '../../ports/work.ts'
import { INCIDENT_HANDS_REQUEST as REQUEST } from '../../wire/incident-hands-request.ts'
import { posting } from '../command.ts'

type EpisodesRooms = { readonly api: Pick<Api, 'alert'>; readonly work: Work }

/** Which alerts an incident is about: with each come the journeys that it is of. */
export function incidentEpisodesRoutes({ api, work }: EpisodesRooms): Router {
  const router = Router()
  router.post(
    '/incidents/:key/join',
    posting(REQUEST.join, ({ episodes }, { key, by }) => {
      const alerts = episodes.map((id) => ({ id, alert: api.alert(id) }))
      const problems = alerts.flatMap(({ id, alert }) => (alert === undefined ? [unknown(id)] : []))
      if (problems.length > 0) return { ok: false, problems }
      const journeys = [...new Set(alerts.flatMap(({ alert }) => alert?.facts.journey.name ?? []))]
      return work.changeIncident(key, { type: 'join', episodes, journeys }, by)
    }),
  )
  router.post(
    '/incidents/:key/leave',
    posting(REQUEST.leave, (said, { key, by }) => work.changeIncident(key, { type: 'leave', ...said }, by)),
  )
  return router
}

function unknown(id: string): Problem {
  return refusal('ALERT_UNKNOWN', `There is no alert ${id}`, 'tabiji alerts list', ['episodes'])
}
