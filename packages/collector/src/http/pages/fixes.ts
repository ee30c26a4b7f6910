import { fixesScreen, fixScreen } from '@tabiji/dashboard'
import { Router } from 'express'
import type { ListTrackers } from '../../ports/tracker.ts'
import type { FrameRooms } from './around.ts'
import { attemptLater } from './panel.ts'
import { showScreen } from './show.ts'

/** The board of fixes, and one of them. */
export function fixesPages(rooms: FrameRooms & { readonly trackers: ListTrackers }): Router {
  const { api, work, trackers } = rooms
  const router = Router()
  router.get('/fixes', async (request, response, next) => {
    const { journey, incident } = request.query
    const listed = work.listFixes({
      state: 'all',
      ...(typeof journey === 'string' && { journey }),
      ...(typeof incident === 'string' && { incident }),
    })
    if (!listed.ok) return next()
    const facts = await attemptLater(rooms, response, 'month', () => api.monthFacts(api.months().current), undefined)
    const view = { fixes: listed.value, trackers: trackers(), ...(facts !== undefined && { facts }) }
    showScreen(rooms, request, response, (context) => fixesScreen(context, view))
  })
  router.get('/fixes/:key', (request, response, next) => {
    const found = work.fix(String(request.params['key']))
    if (!found.ok) return next()
    const view = { ...found.value, trackers: trackers() }
    showScreen(rooms, request, response, (context) => fixScreen(context, view))
  })
  return router
}
