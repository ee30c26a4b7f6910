import { Router } from 'express'
import type { Postmortems } from '../../ports/postmortems.ts'
import type { Work } from '../../ports/work.ts'
import { POSTMORTEM_REQUEST as REQUEST } from '../../wire/postmortem-request.ts'
import { keyOf, listing, posting, respond } from '../command.ts'

type PostmortemRooms = { readonly postmortems: Postmortems; readonly work: Work }

/** Which postmortems are owed, and by when. */
export function postmortemRoutes({ postmortems, work }: PostmortemRooms): Router {
  const router = Router()
  router.get(
    '/postmortems',
    listing(REQUEST.list, ({ state }) => ({ ok: true, value: { postmortems: postmortems.list(state) } })),
  )
  router.get('/incidents/:key/postmortem', (request, response) => respond(response, postmortems.of(keyOf(request))))
  router.post(
    '/incidents/:key/postmortem-due',
    posting(REQUEST.due, (said, { key, by }) => {
      const changed = work.changeIncident(key, { type: 'owePostmortem', ...said }, by)
      return changed.ok ? postmortems.of(key) : changed
    }),
  )
  return router
}
