import { Router } from 'express'
import type { FirstResponse } from '../../ports/response.ts'
import type { Work } from '../../ports/work.ts'
import { INCIDENT_HANDS_REQUEST as HANDS } from '../../wire/incident-hands-request.ts'
import { RESPONSE_REQUEST as REQUEST } from '../../wire/response-request.ts'
import { keyOf, posting, respond } from '../command.ts'

/** What is done first about an incident: its checklist, updates to people, and the card for whoever takes over. */
export function responseRoutes({
  work,
  response: first,
}: {
  readonly work: Work
  readonly response: FirstResponse
}): Router {
  const router = Router()
  router.get('/incidents/:key/checklist', (request, response) => respond(response, first.checklist(keyOf(request))))
  router.get('/incidents/:key/card', (request, response) => respond(response, first.card(keyOf(request))))
  for (const type of ['tick', 'untick'] as const) {
    router.post(
      `/incidents/:key/${type}`,
      posting(REQUEST.tick, (said, { key, by }) => {
        const changed = work.changeIncident(key, { type, ...said }, by)
        return changed.ok ? first.checklist(key) : changed
      }),
    )
  }
  router.post(
    '/incidents/:key/handover',
    posting(HANDS.handover, (said, { key, by }) => {
      const changed = work.changeIncident(key, { type: 'handOver', ...said }, by)
      if (!changed.ok) return changed
      const card = first.card(key)
      return card.ok ? { ok: true, value: { ...changed.value, card: card.value } } : card
    }),
  )
  router.post(
    '/incidents/:key/update',
    posting(REQUEST.update, (said, { key, by }) => work.changeIncident(key, { type: 'update', ...said }, by)),
  )
  return router
}
