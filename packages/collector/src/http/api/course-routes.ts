import { type Request, type Response, Router } from 'express'
import type { Api } from '../../ports/api.ts'
import type { Courses } from '../../ports/courses.ts'
import { answer, refuseProblems } from '../answer.ts'
import { courseProblem, readCourseAsk } from '../course-request.ts'
import { courseCsv, courseDocument } from './course-document.ts'

type Rooms = {
  readonly courses: Courses
  readonly api: Pick<Api, 'months' | 'overview'>
  readonly now: () => number
}

/** How objectives went, step by step; mounted under `/api/v1`. */
export function courseRoutes(rooms: Rooms): Router {
  const router = Router()
  router.get('/journeys/:name/series', (request, response) => tellSeries(rooms, request, response))
  return router
}

async function tellSeries({ courses, api, now }: Rooms, request: Request, response: Response): Promise<void> {
  const read = readCourseAsk(request.query, now(), api.months().timeZone)
  if (!read.ok) return refuseProblems(response, 400, read.problems)
  const { metric, format, objective, ...stretch } = read.value
  const journey = String(request.params['name'] ?? '').slice(0, 200)
  const query = { journey, objective: objective ?? onlyOne(api, journey), ...stretch }
  const told = await courses.of(query)
  if (!told.ok) {
    const problems = [courseProblem(told, query)]
    return refuseProblems(response, told.why === 'step' ? 422 : 404, problems)
  }
  const isCsv = (format ?? (request.accepts(['json', 'csv']) === 'csv' ? 'csv' : 'json')) === 'csv'
  if (!isCsv) return answer(response, courseDocument(told.course, metric))
  response.set({ 'Content-Type': 'text/csv; charset=utf-8', 'Cache-Control': 'no-store', Vary: 'Accept' })
  response.end(courseCsv(told.course, metric))
}

/** The name of the journey's only objective; of several nobody knows which one is meant. */
function onlyOne(api: Rooms['api'], journey: string): string {
  const objectives = api.overview().journeys.find(({ name }) => name === journey)?.objectives ?? []
  return objectives.length === 1 ? (objectives[0]?.name ?? '') : ''
}
