import { Router } from 'express'
import { z } from 'zod'
import type { Practice } from '../../ports/practice.ts'
import { scribe, word } from '../../wire/work-request.ts'
import { keyOf, listing, posting, respond } from '../command.ts'

const OVERVIEW = z.strictObject({ journey: word.exactOptional() })
const ITEM = z.strictObject({ ...scribe, item: word })
const READ = z.strictObject({ ...scribe, runbook: word.max(2_000) })

/** Who led how often, what is to be practised next, and what new members do; mounted under `/api/v1`. */
export function practiceRoutes(practice: Practice): Router {
  const router = Router()
  router.get(
    '/practice',
    listing(OVERVIEW, ({ journey }) => practice.overview(journey)),
  )
  router.get('/practice/members/:key', (request, response) => respond(response, practice.member(keyOf(request))))
  for (const type of ['tick', 'untick'] as const) {
    router.post(
      `/practice/members/:key/${type}`,
      posting(ITEM, ({ item }, { key, by }) => practice.change(key, { type, item }, by)),
    )
  }
  router.post(
    '/practice/members/:key/read',
    posting(READ, ({ runbook }, { key, by }) => practice.change(key, { type: 'read', runbook }, by)),
  )
  return router
}
