import type { Router } from 'express'
import type { Work } from '../../ports/work.ts'
import { INCIDENT_CAUSES_REQUEST as REQUEST } from '../../wire/incident-causes-request.ts'
import { posting } from '../command.ts'

/** Why an incident happened, and how far its postmortem is. */
export function incidentCausesRoutes(router: Router, work: Work): void {
  router.post(
    '/incidents/:key/cause',
    posting(REQUEST.cause, (said, { key, by }) => work.changeIncident(key, { type: 'addCause', ...said }, by)),
  )
  router.post(
    '/incidents/:key/cause-remove',
    posting(REQUEST.removal, (said, { key, by }) => work.changeIncident(key, { type: 'removeCause', ...said }, by)),
  )
  router.post(
    '/incidents/:key/postmortem',
    posting(REQUEST.postmortem, (said, { key, by }) =>
      work.changeIncident(key, { type: 'setPostmortem', ...said }, by),
    ),
  )
}
