import { DIGEST_PERIODS } from '@tabiji/core/alert'
import { Router } from 'express'
import { z } from 'zod'
import type { Digests } from '../../ports/digests.ts'
import { listing, posting } from '../command.ts'

const filter = z.object({ team: z.string().min(1).max(63).optional() })
const sendRequest = z.strictObject({
  period: z.literal(DIGEST_PERIODS).default('day'),
  by: z.string().min(1).max(200).exactOptional(),
})

/** What teams are told together; mounted under `/api/v1`. */
export function digestRoutes(digests: Digests): Router {
  const router = Router()
  router.get(
    '/digests',
    listing(filter, ({ team }) => digests.show(team)),
  )
  router.post(
    '/digests/:key/send',
    posting(sendRequest, ({ period }, { key, by }) => digests.send(key, period, by)),
  )
  return router
}
