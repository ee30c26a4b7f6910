import type { Problem } from '@tabiji/core/problem'
import { type Request, type RequestHandler, type Response, Router } from 'express'
import type { z } from 'zod'
import type { FixChange, IncidentChange, Result, Work } from '../ports/work.ts'
import { FIX_REQUEST, INCIDENT_REQUEST } from '../wire/work-request.ts'
import { answer, refuseProblems } from './answer.ts'
import { jsonBody, readRequest } from './request.ts'

/**
 * Incidents and fixes over HTTP, to be mounted under `/api/v1`, behind whatever signs people in (it sets
 * `response.locals.by`, the scribe) and before `notFound` and `answerErrors`. A change answers the same document as a read
 * of what it changed; a new one answers 201 with its address.
 */
export function workRoutes(work: Work): Router {
  const router = Router()
  incidentRoutes(router, work)
  fixRoutes(router, work)
  return router
}

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

function fixRoutes(router: Router, work: Work): void {
  router.get(
    '/fixes',
    listing(FIX_REQUEST.list, (filter) => {
      const listed = work.listFixes(filter)
      return listed.ok ? { ok: true, value: { fixes: listed.value } } : listed
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
  change('move', FIX_REQUEST.move, (said) => ({ type: 'move', ...said }))
  for (const type of ['reopen', 'drop', 'undrop'] as const)
    change(type, FIX_REQUEST.reason, (said) => ({ type, ...said }))
  change('accept', FIX_REQUEST.accept, (said) => ({ type: 'accept', ...said }))
}

type Said<Schema extends z.ZodObject> = Omit<z.output<Schema>, 'by'>
type AsChange<Schema extends z.ZodObject, Change> = (said: Said<Schema>) => Change
type Who = { readonly key: string; readonly by?: string }
/** `address` is where something new is found from now on, below the mount. */
type Reply = Result<object> & { readonly address?: string }

function posting<Schema extends z.ZodObject>(
  schema: Schema,
  act: (said: Said<Schema>, who: Who) => Reply,
): RequestHandler[] {
  const handle: RequestHandler = (request, response) => {
    const read = readRequest(request.body ?? {}, schema)
    if (!read.ok) return refuseProblems(response, 400, read.problems)
    const { by: typed, ...said } = read.value as z.output<Schema> & { readonly by?: string }
    const by: unknown = response.locals['by'] ?? typed
    const who = { key: keyOf(request), ...(typeof by === 'string' && { by }) }
    respond(response, act(said, who))
  }
  return [...jsonBody(), handle]
}

function listing<Schema extends z.ZodObject>(
  schema: Schema,
  list: (filter: z.output<Schema>) => Result<object>,
): RequestHandler {
  return (request, response) => {
    const read = readRequest(request.query, schema)
    if (!read.ok) return refuseProblems(response, 400, read.problems)
    respond(response, list(read.value))
  }
}

function respond(response: Response, reply: Reply): void {
  if (!reply.ok) {
    refuseProblems(response, statusOf(reply.problems), reply.problems)
  } else if (reply.address === undefined) {
    answer(response, reply.value)
  } else {
    response.location(`${response.req.baseUrl}${reply.address}`)
    answer(response, reply.value, 201)
  }
}

const STATUSES: Readonly<Record<string, 404 | 409>> = {
  INCIDENT_UNKNOWN: 404,
  FIX_UNKNOWN: 404,
  INCIDENT_ALREADY_RESOLVED: 409,
  INCIDENT_STILL_OPEN: 409,
  FIX_STATE: 409,
}

/** The most telling status wins: what is missing before what is in the wrong state before what is said wrongly. */
function statusOf(problems: readonly Problem[]): 404 | 409 | 422 {
  const statuses = problems.map(({ code }) => STATUSES[code] ?? 422)
  return ([404, 409] as const).find((status) => statuses.includes(status)) ?? 422
}

/** No key is longer than forty characters, and comparing an endless one with all others would take long. */
function keyOf(request: Request): string {
  return String(request.params['key'] ?? '').slice(0, 40)
}
