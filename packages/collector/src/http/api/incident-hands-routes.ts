import type { Router } from 'express'
import type { Work } from '../../ports/work.ts'
import { INCIDENT_HANDS_REQUEST as REQUEST } from '../../wire/incident-hands-request.ts'
import { posting } from '../command.ts'

/** Who does what in an incident, how far they are, and which incident it is part of. */
export function incidentHandsRoutes(router: Router, work: Work): void {
  router.post(
    '/incidents/:key/role',
    posting(REQUEST.role, (said, { key, by }) => work.changeIncident(key, { type: 'takeRole', ...said }, by)),
  )
  router.post(
    '/incidents/:key/status',
    posting(REQUEST.status, (said, { key, by }) => work.changeIncident(key, { type: 'setStatus', ...said }, by)),
  )
  router.post(
    '/incidents/:key/merge',
    posting(REQUEST.merge, (said, { key, by }) => work.mergeIncident(key, said, by)),
  )
}
