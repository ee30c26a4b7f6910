import { drillsScreen, memberScreen } from '@tabiji/dashboard'
import { type Request, type Response, Router } from 'express'
import type { Drills } from '../../ports/drills.ts'
import type { Practice, PracticeOverview } from '../../ports/practice.ts'
import type { FirstResponse } from '../../ports/response.ts'
import type { FrameRooms } from './around.ts'
import { attempt, attemptLater } from './panel.ts'
import { showScreen } from './show.ts'

type DrillRooms = FrameRooms & {
  readonly drills: Drills
  readonly practice: Practice
  readonly response: Pick<FirstResponse, 'checklist'>
}

/** What was long ago is practised by its key, from the command line. */
const MOST_PAST = 50

/** Drills and who practised what. */
export function drillsPages(rooms: DrillRooms): Router {
  const { practice } = rooms
  const router = Router()
  router.get('/drills', async (request, response, next) => {
    const found = practice.overview()
    if (found.ok) await sendDrills(rooms, found.value, request, response)
    else next()
  })
  // What a form has begun is shown in the list.
  router.get('/drills/:key', (request, response) =>
    response.redirect(`/drills#drill-${encodeURIComponent(request.params.key)}`),
  )
  router.get('/drills/members/:name', (request, response, next) => {
    const found = practice.member(String(request.params['name']))
    if (!found.ok) return next()
    showScreen(rooms, request, response, (context) => memberScreen(context, found.value))
  })
  return router
}

async function sendDrills(rooms: DrillRooms, practised: PracticeOverview, request: Request, response: Response) {
  const { api, drills, work } = rooms
  const { members, others, proposal, drills: due, coverage } = practised
  const overview = api.overview()
  const all = attempt(rooms, response, 'incidents', () => work.listIncidents('all'), [])
  const facts = await attemptLater(rooms, response, 'month', () => api.recentMonth(api.months().current), undefined)
  const past = all.filter(({ drill, mergedInto }) => !drill && mergedInto === undefined).slice(0, MOST_PAST)
  const wished = past.find(({ key }) => key === request.query['incident'])
  const list = wished === undefined ? undefined : rooms.response.checklist(wished.key)
  const view = {
    due,
    members,
    others,
    coverage,
    past,
    journeys: overview.journeys,
    drills: drills.list().map((drill) => ({ ...drill, incidents: incidentsOf(rooms, all, drill) })),
    ...(proposal !== undefined && { proposal }),
    ...(wished !== undefined && list?.ok === true && { chosen: { ...wished, checklist: list.value } }),
    ...(facts !== undefined && { facts }),
  }
  showScreen(rooms, request, response, (context) => drillsScreen(context, view), overview)
}

/** What the alerts of a drill led to, and how much of it is to be mended. */
function incidentsOf(
  { work }: DrillRooms,
  all: ReturnType<FrameRooms['work']['listIncidents']>,
  { alerts }: { readonly alerts: readonly { readonly id: string }[] },
) {
  const ids = new Set(alerts.map(({ id }) => id))
  return all
    .filter(({ drill, episodes }) => drill && episodes.some((id) => ids.has(id)))
    .map(({ key }) => {
      const fixes = work.listFixes({ state: 'all', incident: key })
      return { key, fixes: fixes.ok ? fixes.value.length : 0 }
    })
}
