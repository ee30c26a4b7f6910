import { HELPED } from '@tabiji/core/incident'
import { DAY, parseDuration } from '@tabiji/core/time'
import { Router } from 'express'
import { z } from 'zod'
import type { RunbookDesk } from '../ports/runbooks.ts'
import { scribe } from '../wire/work-request.ts'
import { answer } from './answer.ts'
import { keyOf, listing, posting, respond } from './command.ts'

const HELP = z.strictObject({
  ...scribe,
  helped: z.enum(HELPED),
  runbook: z.string().exactOptional(),
  note: z.string().exactOptional(),
})

const STRETCH = 'a duration of whole days such as `90d`'
const RANK = z.strictObject({
  for: z
    .string()
    .refine((said) => (parseDuration(said) ?? 0) >= DAY, { error: STRETCH })
    .default('90d'),
})

type Parts = { readonly desk: RunbookDesk; readonly now: () => number }

/** Which runbook is for what, and whether it helped; mounted under `/api/v1`. */
export function runbookRoutes({ desk, now }: Parts): Router {
  const router = Router()
  router.get('/runbooks', (_request, response) => answer(response, { runbooks: desk.list() }))
  router.get(
    '/runbooks/rank',
    listing(RANK, ({ for: stretch }) => ({
      ok: true,
      value: { for: stretch, rules: desk.rank(now() - (parseDuration(stretch) ?? 0)) },
    })),
  )
  router.get('/runbooks/for/:key', (request, response) => respond(response, desk.chosenFor(keyOf(request))))
  router.post(
    '/incidents/:key/helped',
    posting(HELP, (said, { key, by }) => desk.help(key, said, by)),
  )
  return router
}
