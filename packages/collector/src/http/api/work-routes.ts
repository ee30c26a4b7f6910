import { Router } from 'express'
import type { z } from 'zod'
import type { TicketDesk } from '../../ports/ticket-desk.ts'
import type { ListTrackers } from '../../ports/tracker.ts'
import type { FixChange, IncidentChange, Work } from '../../ports/work.ts'
import { FIX_REQUEST, INCIDENT_REQUEST } from '../../wire/work-request.ts'
import { keyOf, listing, posting, postingLater, respond, type Said } from '../command.ts'
import { incidentCausesRoutes } from './incident-causes-routes.ts'
import { incidentHandsRoutes } from './incident-hands-routes.ts'
import { beside } from './tracker-views.ts'

/**
 * Incidents and fixes over HTTP, to be mounted under `/api/v1`, behind whatever signs people in (it sets
 * `response.locals.by`, the scribe) and before `notFound` and `answerErrors`. A change answers the same document as a read
 * of what it changed; a new one answers 201 with its address.
 */
export function workRoutes(
  work: Work,
  trackers: ListTrackers = () => [],
  moveFix: MoveFix = async (key, asked, by) => work.changeFix(key, { type: 'move', ...asked }, by),
): Router {
  const router = Router()
  incidentRoutes(router, work)
  incidentHandsRoutes(router, work)
  incidentCausesRoutes(router, work)
  fixRoutes(router, work, trackers)
  router.post(
    '/fixes/:key/move',
    postingLater(FIX_REQUEST.move, (said, { key, by }) => moveFix(key, said, by)),
  )
  return router
}

/** The tracker of a fix may have to take the date first. */
type MoveFix = TicketDesk['moveFix']

function incidentRoutes(router: Router, work: Work): void {
  router.get(
    '/incidents',
    listing(INCIDENT_REQUEST.list, ({ state }) => ({ ok: true, value: { incidents: work.listIncidents(state) } })),
  )
  router.post(
    '/incidents',
    posting(INCIDENT_REQUEST.open, (said, { by }) => {
      const opened = work.openIncident({ type: 'open', ...said }, by)
      return opened.ok ? { ...opened, address: `/incidents/${opened.value.incident.key}` } : opened
    }),
  )
  router.get('/incidents/:key', (request, response) => respond(response, work.incident(keyOf(request))))
  const change = <Schema extends z.ZodObject>(
    verb: string,
    schema: Schema,
    asChange: AsChange<Schema, IncidentChange>,
  ) =>
    router.post(
      `/incidents/:key/${verb}`,
      posting(schema, (said, { key, by }) => work.changeIncident(key, asChange(said), by)),
    )
  change('edit', INCIDENT_REQUEST.edit, (said) => ({ type: 'edit', ...said }))
  change('time', INCIDENT_REQUEST.time, (said) => ({ type: 'time', ...said }))
  change('resolve', INCIDENT_REQUEST.resolve, () => ({ type: 'resolve' }))
  change('reopen', INCIDENT_REQUEST.reopen, (said) => ({ type: 'reopen', ...said }))
}

function fixRoutes(router: Router, work: Work, trackers: ListTrackers): void {
  router.get(
    '/fixes',
    listing(FIX_REQUEST.list, (filter) => {
      const listed = work.listFixes(filter)
      return listed.ok ? { ok: true, value: beside({ fixes: listed.value }, trackers()) } : listed
    }),
  )
  router.post(
    '/fixes',
    posting(FIX_REQUEST.add, (said, { by }) => {
      const added = work.addFix({ type: 'add', ...said }, by)
      return added.ok ? { ...added, address: `/fixes/${added.value.fix.key}` } : added
    }),
  )
  router.get('/fixes/:key', (request, response) => respond(response, work.fix(keyOf(request))))
  const change = <Schema extends z.ZodObject>(verb: string, schema: Schema, asChange: AsChange<Schema, FixChange>) =>
    router.post(
      `/fixes/:key/${verb}`,
      posting(schema, (said, { key, by }) => work.changeFix(key, asChange(said), by)),
    )
  change('done', FIX_REQUEST.done, () => ({ type: 'done' }))
  for (const type of ['reopen', 'drop', 'undrop', 'block'] as const)
    change(type, FIX_REQUEST.reason, (said) => ({ type, ...said }))
  change('unblock', FIX_REQUEST.done, () => ({ type: 'unblock' }))
  change('assign', FIX_REQUEST.assign, (said) => ({ type: 'assign', ...said }))
  change('edit', FIX_REQUEST.edit, (said) => ({ type: 'edit', ...said }))
  change('merge', FIX_REQUEST.merge, (said) => ({ type: 'merge', ...said }))
  change('accept', FIX_REQUEST.accept, (said) => ({ type: 'accept', ...said }))
}

type AsChange<Schema extends z.ZodObject, Change> = (said: Said<Schema>) => Change
