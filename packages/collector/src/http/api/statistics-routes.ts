import { Router } from 'express'
import { z } from 'zod'
import type { Statistics } from '../../ports/statistics.ts'
import type { ListTrackers } from '../../ports/tracker.ts'
import { listing } from '../command.ts'
import { beside } from './tracker-views.ts'

const filter = z.strictObject({ month: z.string().max(20).optional() })

/** What a month says of fixes and of the response to incidents; mounted under `/api/v1`. */
export function statisticsRoutes(statistics: Statistics, trackers: ListTrackers): Router {
  const router = Router()
  router.get(
    '/statistics',
    listing(filter, ({ month }) => {
      const counted = statistics.of(month)
      return counted.ok ? { ok: true, value: beside(counted.value, trackers()) } : counted
    }),
  )
  return router
}
