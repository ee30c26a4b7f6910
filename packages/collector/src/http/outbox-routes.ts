import { refusal } from '@tabiji/core/problem'
import { Router } from 'express'
import { z } from 'zod'
import type { Api } from '../ports/api.ts'
import { scribe } from '../wire/work-request.ts'
import { answer } from './answer.ts'
import { posting } from './command.ts'

/** Notifications that wait for a person since the store was restored; mounted under `/api/v1`. */
export function outboxRoutes(api: Pick<Api, 'held' | 'settleHeld'>): Router {
  const router = Router()
  router.get('/outbox', (_request, response) => {
    answer(response, { held: api.held() })
  })
  for (const verb of ['send', 'drop'] as const) {
    router.post(
      `/outbox/:key/${verb}`,
      posting(z.strictObject(scribe), (_said, { key, by }) => {
        const value = api.settleHeld(key, verb, by)
        if (value !== undefined) return { ok: true, value }
        const problem = refusal('NOT_HELD', `No notification ${key} waits for a decision`, 'tabiji outbox list')
        return { ok: false, problems: [problem] }
      }),
    )
  }
  return router
}
