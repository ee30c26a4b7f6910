import { Router } from 'express'
import type { Annotations } from '../../ports/annotations.ts'
import { ANNOTATION_REQUEST } from '../../wire/annotation-request.ts'
import { keyOf, listing, posting, respond } from '../command.ts'

/** Annotations over HTTP, to be mounted beside incidents and fixes; the rules are the same. */
export function annotationRoutes(annotations: Annotations): Router {
  const router = Router()
  router.get(
    '/annotations',
    listing(ANNOTATION_REQUEST.list, (filter) => ({ ok: true, value: { annotations: annotations.list(filter) } })),
  )
  router.post(
    '/annotations',
    posting(ANNOTATION_REQUEST.add, (said, { by }) => {
      const added = annotations.add(said, by)
      return added.ok ? { ...added, address: `/annotations/${added.value.key}` } : added
    }),
  )
  router.get('/annotations/:key', (request, response) => respond(response, annotations.annotation(keyOf(request))))
  router.post(
    '/annotations/:key/withdraw',
    posting(ANNOTATION_REQUEST.withdraw, ({ reason }, { key, by }) => annotations.withdraw(key, reason, by)),
  )
  return router
}
