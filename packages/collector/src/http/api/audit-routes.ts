import { Router } from 'express'
import { z } from 'zod'
import type { CommandLog } from '../../ports/command-log.ts'
import { listing } from '../command.ts'

const filter = z.strictObject({
  by: z.string().min(1).max(200).exactOptional(),
  about: z.string().min(1).max(200).exactOptional(),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
})

/** Who did what; mounted under `/api/v1`. */
export function auditRoutes(log: Pick<CommandLog, 'list'>): Router {
  const router = Router()
  router.get(
    '/audit',
    listing(filter, (asked) => ({
      ok: true,
      value: {
        commands: log.list(asked).map(({ at, said, ...line }) => ({
          at: new Date(at).toISOString(),
          ...line,
          said: JSON.parse(said) as unknown,
        })),
      },
    })),
  )
  return router
}
