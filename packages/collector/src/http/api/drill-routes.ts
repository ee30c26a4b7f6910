import { Router } from 'express'
import type { DrillRequest, Drills } from '../../ports/drills.ts'
import type { Practice } from '../../ports/practice.ts'
import { DRILL_REQUEST } from '../../wire/drill-request.ts'
import { answer } from '../answer.ts'
import { keyOf, posting, respond } from '../command.ts'

/** Drills over HTTP: a scenario, or a replay of what was recorded; mounted under `/api/v1`. */
export function drillRoutes(drills: Drills, practice: Pick<Practice, 'proposal'>): Router {
  const router = Router()
  const begin = (request: DrillRequest, by: string | undefined) => {
    const started = drills.start(request, by)
    if (!started.ok) return started
    const { key, journey } = started.value
    const lead = practice.proposal(journey)
    return {
      ok: true,
      value: { ...started.value, ...(lead && { proposedLead: lead }) },
      address: `/drills/${key}`,
    } as const
  }
  router.get('/drills', (_request, response) => answer(response, { drills: drills.list() }))
  router.post(
    '/drills',
    posting(DRILL_REQUEST.scenario, (said, { by }) => begin(said, by)),
  )
  router.post(
    '/drills/replay',
    posting(DRILL_REQUEST.replay, (said, { by }) => begin(said, by)),
  )
  router.get('/drills/:key', (request, response) => respond(response, drills.drill(keyOf(request))))
  router.post(
    '/drills/:key/stop',
    posting(DRILL_REQUEST.stop, (_, { key, by }) => drills.stop(key, by)),
  )
  return router
}
