import { DAY, isMonth, MINUTE, parseDuration } from '@tabiji/core/time'
import { type Request, type Response, Router } from 'express'
import { z } from 'zod'
import type { Api } from '../../ports/api.ts'
import { answer, refuse } from '../answer.ts'
import { narrowedOr, teamIn } from './team-facts.ts'

const doubtFilter = z.object({
  state: z.literal(['open', 'all']).default('open'),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
})

const alertFilter = doubtFilter.extend({
  level: z.coerce
    .number()
    .pipe(z.literal([1, 2, 3]))
    .optional(),
})

/** What can be read of journeys, alerts and months; mounted under `/api/v1`. */
export function apiRoutes(api: Api): Router {
  const router = Router()
  router.get('/journeys', (_request, response) => {
    answer(response, api.overview())
  })
  router.get('/journeys/:name', (request, response) => {
    const { journeys, ...rest } = api.overview()
    const journey = journeys.find(({ name }) => name === request.params.name)
    if (journey === undefined) {
      return notFound(
        response,
        `There is no journey ${request.params.name}`,
        journeys.map(({ name }) => name),
      )
    }
    answer(response, { ...rest, journey })
  })
  router.get('/journeys/:name/dependencies', (request, response) => dependencies(api, request, response))
  router.get('/alerts', (request, response) => {
    const filter = alertFilter.safeParse(request.query)
    if (!filter.success) {
      const message = 'Expected `state` to be open or all, `level` to be 1, 2 or 3, and `limit` to be 1 to 1000'
      return refuse(response, 400, { code: 'ALERTS_FILTER', message })
    }
    const { level, ...rest } = filter.data
    answer(response, { alerts: api.alerts({ ...rest, ...(level !== undefined && { level }) }) })
  })
  router.get('/alerts/:id', (request, response) => {
    const alert = api.alert(request.params.id)
    if (alert === undefined) return notFound(response, `There is no alert ${request.params.id}`)
    answer(response, alert)
  })
  router.get('/doubts', (request, response) => {
    const filter = doubtFilter.safeParse(request.query)
    if (filter.success) return answer(response, { doubts: api.doubts(filter.data) })
    const message = 'Expected `state` to be open or all, and `limit` to be 1 to 1000'
    return refuse(response, 400, { code: 'DOUBTS_FILTER', message })
  })
  router.get('/revisions', (_request, response) => {
    answer(response, { revisions: api.revisions() })
  })
  router.get('/probes', (_request, response) => {
    answer(response, { probes: api.probes() })
  })
  router.get('/probes/:name', (request, response) => {
    const probes = api.probes()
    const probe = probes.find(({ name }) => name === request.params.name)
    if (probe !== undefined) return answer(response, probe)
    const known = probes.map(({ name }) => name)
    return notFound(response, `There is no probe ${request.params.name}`, known)
  })
  router.get('/months', (_request, response) => {
    answer(response, api.months())
  })
  router.get('/months/:month/facts', (request, response) => monthFacts(api, request, response))
  return router
}

/** The shortest window is a few slots long; further back than the longest objective there may be nothing. */
const SHORTEST_WINDOW_MS = MINUTE
const LONGEST_WINDOW_MS = 400 * DAY

function dependencies(api: Api, { params: { name }, query }: Request<{ name: string }>, response: Response): void {
  const { window = '1h' } = query
  const ms = typeof window === 'string' ? parseDuration(window) : undefined
  if (ms === undefined || ms < SHORTEST_WINDOW_MS || ms > LONGEST_WINDOW_MS) {
    const message = 'Expected `window` to be a duration from 1m to 400d, such as 1h'
    refuse(response, 400, { code: 'DEPENDENCIES_WINDOW', message })
    return
  }
  const work = api.journeyWork(name, ms)
  const known = () => api.overview().journeys.map((journey) => journey.name)
  if (work === undefined) notFound(response, `There is no journey ${name}`, known())
  else answer(response, work)
}

async function monthFacts(api: Api, request: Request<{ month: string }>, response: Response): Promise<void> {
  const { month } = request.params
  if (!isMonth(month)) {
    refuse(response, 400, { code: 'MONTH', message: `Expected a month as YYYY-MM, got "${month}"` })
    return
  }
  const team = teamIn(request, response)
  if (team === false) return
  const narrowed = team === undefined ? undefined : await api.teamFacts(month, team)
  const facts =
    team === undefined || narrowed === undefined
      ? await api.monthFacts(month)
      : narrowedOr(response, month, team, narrowed)
  if (facts !== undefined) answer(response, facts)
  else if (narrowed === undefined)
    notFound(response, `The month ${month} has not begun in ${api.months().timeZone}, or is not kept any more`)
}

function notFound(response: Response, message: string, known: readonly string[] = []): void {
  const hint = known.length > 0 && known.length <= 20 ? `known: ${known.join(', ')}` : undefined
  refuse(response, 404, { code: 'NOT_FOUND', message, ...(hint !== undefined && { hint }) })
}
