import { parseDuration } from '@tabiji/core/time'
import { Router } from 'express'
import type { IncidentTimelines } from '../../ports/incident-timeline.ts'
import { INCIDENT_LINES_REQUEST as REQUEST } from '../../wire/incident-lines-request.ts'
import { refuse, refuseProblems } from '../answer.ts'
import { keyOf, posting, respond } from '../command.ts'
import { readRequest } from '../request.ts'
import { maskedBody } from './masked.ts'

const LONGEST_BEFORE_MS = 7 * 24 * 60 * 60_000

/** The timeline of an incident, and what people write on it. Whatever comes in is masked before anything looks at it. */
export function incidentLinesRoutes(timelines: IncidentTimelines): Router {
  const router = Router()
  router.get('/incidents/:key/timeline', (request, response) => {
    const read = readRequest(request.query, REQUEST.timeline)
    if (!read.ok) return refuseProblems(response, 400, read.problems)
    const before = parseDuration(read.value.before)
    if (before === undefined || before > LONGEST_BEFORE_MS) {
      const message = 'Expected `before` to be a duration of at most 7d, such as 1h'
      return refuse(response, 400, { code: 'TIMELINE_BEFORE', message })
    }
    respond(response, timelines.timeline(keyOf(request), before))
  })
  const masked = maskedBody()
  router.post(
    '/incidents/:key/note',
    ...masked,
    posting(REQUEST.note, ({ text, at }, { key, by }) =>
      timelines.write(key, { type: 'note', text, via: 'person', ...happened(at) }, by),
    ),
  )
  router.post(
    '/incidents/:key/decide',
    ...masked,
    posting(REQUEST.decide, ({ at, ...choice }, { key, by }) =>
      timelines.write(key, { type: 'decide', ...choice, via: 'person', ...happened(at) }, by),
    ),
  )
  for (const type of ['star', 'unstar'] as const) {
    router.post(
      `/incidents/:key/${type}`,
      posting(REQUEST.mark, ({ line }, { key, by }) => timelines.write(key, { type, line }, by)),
    )
  }
  router.post(
    '/incidents/:key/strike',
    ...masked,
    posting(REQUEST.strike, (said, { key, by }) => timelines.write(key, { type: 'strike', ...said }, by)),
  )
  router.post(
    '/incidents/:key/import',
    ...masked,
    posting(REQUEST.import, (said, { key, by }) => timelines.write(key, { type: 'import', ...said }, by)),
  )
  return router
}

function happened(at: string | undefined) {
  return at === undefined ? {} : { happened: at }
}
