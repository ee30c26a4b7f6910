import { Router } from 'express'
import { z } from 'zod'
import type { Statistics } from '../ports/statistics.ts'
import { listing } from './command.ts'

const filter = z.strictObject({ month: z.string().max(20).optional() })

/** What a month says of fixes and of the response to incidents; mounted under `/api/v1`. */
export function statisticsRoutes(statistics: Statistics): Router {
  const router = Router()
  router.get(
    '/statistics',
    listing(filter, ({ month }) => statistics.of(month)),
  )
  return router
}
