import { type JourneyStanding, journeysScreen } from '@tabiji/dashboard'
import { type Request, type Response, Router } from 'express'
import type { Overview } from '../../ports/api.ts'
import type { FrameRooms } from './around.ts'
import { showScreen } from './show.ts'

/** The overview of journeys. */
export function journeysPages(rooms: FrameRooms): Router {
  const router = Router()
  router.get('/', (_request, response) => response.redirect('/journeys'))
  router.get('/journeys', (request, response) => sendOverview(rooms, request, response))
  return router
}

function sendOverview(rooms: FrameRooms, request: Request, response: Response): void {
  const overview = rooms.api.overview()
  const { q = '', group = 'team' } = request.query
  const view = {
    journeys: standings(rooms, overview),
    filter: typeof q === 'string' ? q : '',
    group: group === 'none' ? ('none' as const) : ('team' as const),
  }
  showScreen(rooms, request, response, (context) => journeysScreen(context, view), overview)
}

/** Journeys with what is open about each. */
export function standings({ work }: FrameRooms, { journeys }: Overview): readonly JourneyStanding[] {
  const incidents = work.listIncidents('open').flatMap((incident) => incident.journeys)
  const listed = work.listFixes({ state: 'open' })
  const fixes = listed.ok ? listed.value.map(({ journey }) => journey) : []
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
