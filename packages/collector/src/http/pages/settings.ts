import { settingsScreen } from '@tabiji/dashboard'
import { Router } from 'express'
import type { Receivers } from '../../ports/receivers.ts'
import type { FrameRooms } from './around.ts'
import { attempt } from './panel.ts'
import { showScreen } from './show.ts'

const MOST_REVISIONS = 20

/** What is loaded, and what a reader chooses for themselves. */
export function settingsPages(rooms: FrameRooms & { readonly receivers: Pick<Receivers, 'list'> }): Router {
  const { api, receivers } = rooms
  const router = Router()
  router.get('/settings', (request, response) => {
    const view = {
      checks: attempt(rooms, response, 'checks', () => api.checks(), []),
      receivers: attempt(rooms, response, 'receivers', () => receivers.list(), []),
      revisions: attempt(rooms, response, 'revisions', () => api.revisions(), []).slice(0, MOST_REVISIONS),
    }
    showScreen(rooms, request, response, (context) => settingsScreen(context, view))
  })
  return router
}
