import { type JourneyStanding, journeysCsv, journeysScreen, wishIn } from '@tabiji/dashboard'
import { type Request, type Response, Router } from 'express'
import type { Overview } from '../../ports/api.ts'
import type { Courses } from '../../ports/courses.ts'
import type { FrameRooms } from './around.ts'
import { attempt, attemptLater } from './panel.ts'
import { showScreen } from './show.ts'

type Rooms = FrameRooms & { readonly courses: Courses }

/** How long a page waits for the days of the first look after a start; then it comes without them. */
const PATIENCE_MS = 500

/** The overview of journeys. */
export function journeysPages(rooms: Rooms): Router {
  const router = Router()
  router.get('/', (_request, response) => response.redirect('/journeys'))
  router.get('/journeys', (request, response) => sendOverview(rooms, request, response))
  router.get('/journeys.csv', (request, response) => sendCsv(rooms, request, response))
  return router
}

async function sendOverview(rooms: Rooms, request: Request, response: Response): Promise<void> {
  const days = await attemptLater(rooms, response, 'days', () => rooms.courses.lastDays(PATIENCE_MS), undefined)
  const overview = rooms.api.overview()
  const journeys = standings(rooms, response, overview).map((journey) => ({
    ...journey,
    ...(days !== undefined && { days }),
  }))
  const view = { journeys, wish: wishIn(request.query) }
  showScreen(rooms, request, response, (context) => journeysScreen(context, view), overview)
}

/** The same list for spreadsheets and programs. */
function sendCsv(rooms: FrameRooms, request: Request, response: Response): void {
  const overview = rooms.api.overview()
  const view = { journeys: standings(rooms, response, overview), wish: wishIn(request.query) }
  response.set({ 'Content-Type': 'text/csv; charset=utf-8', 'Cache-Control': 'no-store' })
  response.attachment('journeys.csv').end(journeysCsv(view, overview.at, overview.timeZone))
}

/** Journeys with what is open about each. */
export function standings(rooms: FrameRooms, response: Response, { journeys }: Overview): readonly JourneyStanding[] {
  const { work } = rooms
  const open = attempt(rooms, response, 'incidents', () => work.listIncidents('open'), [])
  const incidents = open.flatMap((incident) => incident.journeys)
  const listed = attempt(rooms, response, 'fixes', () => work.listFixes({ state: 'open' }), undefined)
  const fixes = listed?.ok === true ? listed.value.map(({ journey }) => journey) : []
  const times = (names: readonly (string | undefined)[], name: string) => names.filter((each) => each === name).length
  return journeys.map((journey) => ({
    ...journey,
    open: {
      alerts: journey.objectives.reduce((sum, { alerts }) => sum + alerts.length, 0),
      incidents: times(incidents, journey.name),
      fixes: times(fixes, journey.name),
    },
  }))
}
