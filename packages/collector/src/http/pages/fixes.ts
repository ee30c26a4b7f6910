import { FIX_VIEWS, fixesScreen, fixScreen } from '@tabiji/dashboard'
import { type Request, type Response, Router } from 'express'
import type { ListTrackers } from '../../ports/tracker.ts'
import type { FixDetails } from '../../ports/work.ts'
import type { FrameRooms } from './around.ts'
import { attempt, attemptLater } from './panel.ts'
import { showScreen } from './show.ts'

type FixRooms = FrameRooms & { readonly trackers: ListTrackers }

/** Of older ones nobody adds a fix by choosing from a list. */
const MOST_INCIDENTS = 100

/** The board of fixes, and one of them. */
export function fixesPages(rooms: FixRooms): Router {
  const router = Router()
  router.get('/fixes', (request, response) => sendBoard(rooms, request, response))
  router.get('/fixes/:key', (request, response, next) => {
    const found = rooms.work.fix(String(request.params['key']))
    if (found.ok) sendFix(rooms, found.value, request, response)
    else next()
  })
  return router
}

async function sendBoard(rooms: FixRooms, request: Request, response: Response): Promise<void> {
  const { api, work, trackers } = rooms
  const overview = api.overview()
  const { journeys } = overview
  const teams = [...new Set(journeys.flatMap(({ owner }) => owner ?? []))]
  const view = FIX_VIEWS.find((each) => each === request.query['view']) ?? 'board'
  const team = teams.find((each) => each === request.query['team'])
  const journey = journeys.find(({ name }) => name === request.query['journey'])?.name
  const { incident } = request.query
  const listed = work.listFixes({ state: 'all', ...(typeof incident === 'string' && { incident }) })
  const ours = new Set(journeys.filter(({ owner }) => team === undefined || owner === team).map(({ name }) => name))
  const fixes = (listed.ok ? listed.value : []).filter(
    (fix) => (team === undefined || ours.has(fix.journey ?? '')) && (journey === undefined || fix.journey === journey),
  )
  const facts = await attemptLater(rooms, response, 'month', () => factsOf(rooms, team, journey), undefined)
  const shown = {
    view,
    fixes,
    teams,
    journeys,
    trackers: trackers(),
    incidents: incidentsOf(rooms, response),
    ...(team !== undefined && { team }),
    ...(journey !== undefined && { journey }),
    ...(facts !== undefined && { facts }),
  }
  showScreen(rooms, request, response, (context) => fixesScreen(context, shown), overview)
}

/** Of a team, or of all: nobody counts the fixes of one journey by themselves. */
async function factsOf({ api }: FixRooms, team: string | undefined, journey: string | undefined) {
  const { current } = api.months()
  if (journey !== undefined) return undefined
  if (team === undefined) return api.recentMonth(current)
  const narrowed = await api.teamFacts(current, team)
  return narrowed?.ok === true ? narrowed.facts : undefined
}

function sendFix(rooms: FixRooms, found: FixDetails, request: Request, response: Response): void {
  const { api, work, trackers } = rooms
  const { fix } = found
  const overview = api.overview()
  const origin = fix.incident === undefined ? undefined : work.incident(fix.incident)
  const causes = origin?.ok === true ? (origin.value.incident.causes ?? []) : []
  const open = work.listFixes({ state: 'open' })
  const view = {
    ...found,
    trackers: trackers(),
    journeys: overview.journeys,
    incidents: incidentsOf(rooms, response),
    causes,
    others: (open.ok ? open.value : []).filter(({ key }) => key !== fix.key),
  }
  showScreen(rooms, request, response, (context) => fixScreen(context, view), overview)
}

/** What stands by itself, practice among them: what is learnt there is mended, too. */
function incidentsOf(rooms: FixRooms, response: Response) {
  const all = attempt(rooms, response, 'incidents', () => rooms.work.listIncidents('all'), [])
  return all.filter(({ mergedInto }) => mergedInto === undefined).slice(0, MOST_INCIDENTS)
}
