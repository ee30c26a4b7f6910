import { refusal } from '@tabiji/core/problem'
import { Router } from 'express'
import { z } from 'zod'
import type { Api } from '../../ports/api.ts'
import { scribe } from '../../wire/work-request.ts'
import { listing, posting } from '../command.ts'

const filter = z.strictObject({ state: z.literal(['held', 'dead'], { error: 'held or dead' }).exactOptional() })

/** Notifications that did not get through: held since the store was restored, or given up; mounted under `/api/v1`. */
export function outboxRoutes(api: Pick<Api, 'held' | 'settleHeld' | 'dead' | 'retryDead'>): Router {
  const router = Router()
  router.get(
    '/outbox',
    listing(filter, ({ state = 'held' }) => ({
      ok: true,
      value: state === 'held' ? { held: api.held() } : { dead: api.dead() },
    })),
  )
  router.post(
    '/outbox/:key/retry',
    posting(z.strictObject(scribe), (_said, { key }) => {
      const value = api.retryDead(key)
      if (value !== undefined) return { ok: true, value }
      const problem = refusal('NOT_DEAD', `No notification ${key} was given up`, 'tabiji outbox list --state dead')
      return { ok: false, problems: [problem] }
    }),
  )
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
