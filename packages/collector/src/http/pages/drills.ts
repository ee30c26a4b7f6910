import { drillsScreen, memberScreen } from '@tabiji/dashboard'
import { Router } from 'express'
import type { Drills } from '../../ports/drills.ts'
import type { Practice } from '../../ports/practice.ts'
import type { FrameRooms } from './around.ts'
import { showScreen } from './show.ts'

/** Drills and who practised what. */
export function drillsPages(rooms: FrameRooms & { readonly drills: Drills; readonly practice: Practice }): Router {
  const { api, drills, practice } = rooms
  const router = Router()
  router.get('/drills', (request, response, next) => {
    const found = practice.overview()
    if (!found.ok) return next()
    const overview = api.overview()
    const { members, proposal, drills: due } = found.value
    const view = {
      ...{ drills: drills.list(), due, members, journeys: overview.journeys },
      ...(proposal !== undefined && { proposal }),
    }
    showScreen(rooms, request, response, (context) => drillsScreen(context, view), overview)
  })
  // What a form has begun is shown in the list.
  router.get('/drills/:key', (_request, response) => response.redirect('/drills'))
  router.get('/drills/members/:name', (request, response, next) => {
    const found = practice.member(String(request.params['name']))
    if (!found.ok) return next()
    showScreen(rooms, request, response, (context) => memberScreen(context, found.value))
  })
  return router
}
