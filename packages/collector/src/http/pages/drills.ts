import { drillsScreen, memberScreen, pageOf } from '@tabiji/dashboard'
import { Router } from 'express'
import type { Drills } from '../../ports/drills.ts'
import type { Practice } from '../../ports/practice.ts'
import { aroundOf, type FrameRooms } from './around.ts'
import { sendPage } from './send.ts'

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
    sendPage(
      response,
      pageOf(aroundOf(rooms, request, response, overview), (context) => drillsScreen(context, view)),
    )
  })
  // What a form has begun is shown in the list.
  router.get('/drills/:key', (_request, response) => response.redirect('/drills'))
  router.get('/drills/members/:name', (request, response, next) => {
    const found = practice.member(String(request.params['name']))
    if (!found.ok) return next()
    sendPage(
      response,
      pageOf(aroundOf(rooms, request, response), (context) => memberScreen(context, found.value)),
    )
  })
  return router
}
