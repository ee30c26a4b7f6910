import { HOUR, isMonth } from '@tabiji/core/time'
import { journeyScreen, worstOf } from '@tabiji/dashboard'
import { type Request, type Response, Router } from 'express'
import { type CourseRooms, courseFor } from './course.ts'
import { standings } from './journeys.ts'
import { attempt, attemptLater } from './panel.ts'
import { showScreen } from './show.ts'

/** Long enough to see who failed, short enough to be about now. */
const WORK_MS = 6 * HOUR
const ANNOTATIONS = 200

/** The page of one journey. */
export function journeyPages(rooms: CourseRooms): Router {
  const router = Router()
  router.get('/journeys/:name', async (request, response, next) => {
    if (!(await sendJourney(rooms, request, response))) next()
  })
  return router
}

/** @returns false for a journey that nobody knows */
async function sendJourney(rooms: CourseRooms, request: Request, response: Response): Promise<boolean> {
  const { api, work, annotations } = rooms
  const overview = api.overview()
  const name = String(request.params['name'])
  const journey = standings(rooms, response, overview).find((each) => each.name === name)
  const told = overview.journeys.find((each) => each.name === name)
  if (journey === undefined || told === undefined) return false
  const done = attempt(rooms, response, 'work', () => api.journeyWork(name, WORK_MS), undefined)
  const { current } = api.months()
  const asked = String(request.query['month'] ?? current)
  const month = isMonth(asked) && asked <= current ? asked : current
  const facts = await attemptLater(rooms, response, 'month', () => api.recentMonth(month), undefined)
  const fixes = attempt(rooms, response, 'fixes', () => work.listFixes({ state: 'open', journey: name }), undefined)
  const worst = worstOf(journey)?.name ?? ''
  const chosen = request.query['o']
  const objective = told.objectives.find((each) => each.name === chosen)?.name ?? worst
  const course = await attemptLater(
    rooms,
    response,
    'course',
    () => courseFor(rooms, request, name, objective),
    undefined,
  )
  const view = {
    journey: { ...told, open: journey.open },
    objective,
    ...(course !== undefined && { course }),
    month,
    latestMonth: current,
    ...(facts !== undefined && { facts }),
    work: { ms: WORK_MS, own: done?.own ?? [], dependencies: done?.dependencies ?? [] },
    annotations: attempt(
      rooms,
      response,
      'changes',
      () => annotations.list({ state: 'active', journey: name, limit: ANNOTATIONS }),
      [],
    ),
    incidents: attempt(rooms, response, 'incidents', () => work.listIncidents('open'), []).filter(({ journeys }) =>
      journeys.includes(name),
    ),
    fixes: fixes?.ok === true ? fixes.value : [],
  }
  showScreen(rooms, request, response, (context) => journeyScreen(context, view), overview)
  return true
}
