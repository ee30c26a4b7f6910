import { Router } from 'express'
import type { Api } from '../ports/api.ts'
import { answer, refuse } from './answer.ts'
import { jsonBody } from './request.ts'

/** Notifications that wait for a person since the store was restored; mounted under `/api/v1`. */
export function outboxRoutes(api: Pick<Api, 'held' | 'settleHeld'>): Router {
  const router = Router()
  router.get('/outbox', (_request, response) => {
    answer(response, { held: api.held() })
  })
  for (const verb of ['send', 'drop'] as const) {
    router.post(`/outbox/:id/${verb}`, ...jsonBody(), (request, response) => {
      const by: unknown = response.locals['by']
      const id = String(request.params['id'] ?? '').slice(0, 200)
      const settled = api.settleHeld(id, verb, typeof by === 'string' ? by : undefined)
      if (settled !== undefined) return answer(response, settled)
      refuse(response, 404, { code: 'NOT_HELD', message: `No notification ${id} waits for a decision` })
    })
  }
  return router
}
