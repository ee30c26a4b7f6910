import { Router } from 'express'
import type { Corrections } from '../../ports/corrections.ts'
import { CORRECTION_REQUEST } from '../../wire/correction-request.ts'
import { keyOf, listing, posting, respond } from '../command.ts'

/** Corrections over HTTP, to be mounted beside incidents and fixes; the rules are the same. */
export function correctionRoutes(corrections: Corrections): Router {
  const router = Router()
  router.get(
    '/corrections',
    listing(CORRECTION_REQUEST.list, ({ state }) => ({ ok: true, value: { corrections: corrections.list(state) } })),
  )
  router.post(
    '/corrections',
    posting(CORRECTION_REQUEST.add, ({ preview, ...said }, { by }) => {
      if (preview) return corrections.preview(said, by)
      const added = corrections.add(said, by)
      return added.ok ? { ...added, address: `/corrections/${added.value.correction.key}` } : added
    }),
  )
  router.get('/corrections/:key', (request, response) => respond(response, corrections.correction(keyOf(request))))
  router.post(
    '/corrections/:key/withdraw',
    posting(CORRECTION_REQUEST.withdraw, ({ reason }, { key, by }) => corrections.withdraw(key, reason, by)),
  )
  return router
}
