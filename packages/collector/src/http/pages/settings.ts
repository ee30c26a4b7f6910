import { settingsScreen } from '@tabiji/dashboard'
import { Router } from 'express'
import type { Receivers } from '../../ports/receivers.ts'
import type { FrameRooms } from './around.ts'
import { showScreen } from './show.ts'

const MOST_REVISIONS = 20

/** What is loaded, and what a reader chooses for themselves. */
export function settingsPages(rooms: FrameRooms & { readonly receivers: Pick<Receivers, 'list'> }): Router {
  const { api, receivers } = rooms
  const router = Router()
  router.get('/settings', (request, response) => {
    const revisions = api.revisions().slice(0, MOST_REVISIONS)
    const view = { checks: api.checks(), receivers: receivers.list(), revisions }
    showScreen(rooms, request, response, (context) => settingsScreen(context, view))
  })
  return router
}
