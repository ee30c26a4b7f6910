import { DAY } from '@tabiji/core/time'
import { alertScreen, alertsScreen, pageOf } from '@tabiji/dashboard'
import { type Request, Router } from 'express'
import type { EpisodeRecord } from '../../ports/alert-store.ts'
import { aroundOf, type FrameRooms } from './around.ts'
import { sendPage } from './send.ts'

const MOST = 200
const SIMILAR_MS = 90 * DAY
const SIMILAR = 10

/** The board of alerts, and one of them. */
export function alertsPages(rooms: FrameRooms): Router {
  const { api } = rooms
  const router = Router()
  router.get('/alerts', (request, response) => {
    const state = request.query['state'] === 'all' ? 'all' : 'open'
    const [last] = api.alerts({ state: 'all', limit: 1 })
    const view = { alerts: listed(rooms, state, request), state, ...(last !== undefined && { last }) } as const
    sendPage(
      response,
      pageOf(aroundOf(rooms, request, response), (context) => alertsScreen(context, view)),
    )
  })
  router.get('/alerts/:id', (request, response, next) => {
    const alert = api.alert(request.params.id)
    if (alert === undefined) return next()
    const incident = rooms.work.listIncidents('all').find(({ episodes }) => episodes.includes(alert.id))
    const view = { ...alert, ...(incident !== undefined && { incident }), similar: similarTo(rooms, alert) }
    sendPage(
      response,
      pageOf(aroundOf(rooms, request, response), (context) => alertScreen(context, view)),
    )
  })
  return router
}

function listed({ api }: FrameRooms, state: 'open' | 'all', { query: { journey } }: Request): readonly EpisodeRecord[] {
  const alerts = api.alerts({ state, limit: MOST })
  return typeof journey === 'string' ? alerts.filter(({ facts }) => facts.journey.name === journey) : alerts
}

/** The same rule, within ninety days before. */
function similarTo({ api }: FrameRooms, { id, rule, episode }: EpisodeRecord): readonly EpisodeRecord[] {
  return api
    .alerts({ state: 'all', limit: 1_000 })
    .filter(
      (other) => other.rule === rule && other.id !== id && other.episode.startedAt >= episode.startedAt - SIMILAR_MS,
    )
    .slice(0, SIMILAR)
}
