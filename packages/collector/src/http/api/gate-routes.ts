import { Router } from 'express'
import type { MaintenanceDesk } from '../../ports/maintenance.ts'
import type { Silences } from '../../ports/silences.ts'
import { MAINTENANCE_REQUEST, SILENCE_REQUEST } from '../../wire/gate-request.ts'
import { keyOf, listing, posting, respond } from '../command.ts'

type GateRooms = { readonly silences: Silences; readonly maintenance: MaintenanceDesk }

/** What is not to be told of for a while, over HTTP: silences and announced maintenance; mounted under `/api/v1`. */
export function gateRoutes({ silences, maintenance }: GateRooms): Router {
  const router = Router()
  silenceRoutes(router, silences)
  router.get(
    '/maintenance',
    listing(MAINTENANCE_REQUEST.list, ({ state }) => ({ ok: true, value: { maintenance: maintenance.list(state) } })),
  )
  router.post(
    '/maintenance',
    posting(MAINTENANCE_REQUEST.add, (said, { by }) => maintenance.add(said, by)),
  )
  router.post(
    '/maintenance/:key/end',
    posting(MAINTENANCE_REQUEST.end, (_, { key, by }) => maintenance.end(key, by)),
  )
  return router
}

function silenceRoutes(router: Router, silences: Silences): void {
  router.get(
    '/silences',
    listing(SILENCE_REQUEST.list, ({ state }) => ({ ok: true, value: { silences: silences.list(state) } })),
  )
  router.post(
    '/silences',
    posting(SILENCE_REQUEST.add, ({ preview, ...said }, { by }) => {
      if (preview) return silences.preview({ type: 'add', ...said }, by)
      const added = silences.add({ type: 'add', ...said }, by)
      return added.ok ? { ...added, address: `/silences/${added.value.silence.key}` } : added
    }),
  )
  router.get('/silences/:key', (request, response) => respond(response, silences.silence(keyOf(request))))
  router.post(
    '/silences/:key/extend',
    posting(SILENCE_REQUEST.extend, (said, { key, by }) => silences.change(key, { type: 'extend', ...said }, by)),
  )
  router.post(
    '/silences/:key/end',
    posting(SILENCE_REQUEST.end, (said, { key, by }) => silences.change(key, { type: 'end', ...said }, by)),
  )
}
