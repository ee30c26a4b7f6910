import { HELPED } from '@tabiji/core/incident'
import { DAY, parseDuration } from '@tabiji/core/time'
import { Router } from 'express'
import { z } from 'zod'
import type { RunbookDesk } from '../../ports/runbooks.ts'
import type { Result } from '../../ports/work.ts'
import { scribe } from '../../wire/work-request.ts'
import { answer } from '../answer.ts'
import { keyOf, listing, posting, respond } from '../command.ts'

const HELP = z.strictObject({
  ...scribe,
  helped: z.enum(HELPED),
  runbook: z.string().exactOptional(),
  note: z.string().exactOptional(),
})

const STEP = z.strictObject({
  ...scribe,
  step: z.string().trim().min(1, { error: 'the words of a step, or its number' }).max(1_000),
  runbook: z.string().max(2_000).exactOptional(),
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
  router.get('/incidents/:key/steps', (request, response) => respond(response, stepsOf(desk.worked(keyOf(request)))))
  for (const done of [true, false]) {
    router.post(
      `/incidents/:key/${done ? 'step-done' : 'step-undone'}`,
      posting(STEP, (said, { key, by }) => stepsOf(desk.step(key, { ...said, done }, by))),
    )
  }
  return router
}

/** How far people are; the pages themselves are read where they are kept. */
function stepsOf(worked: ReturnType<RunbookDesk['worked']>): Result<object> {
  if (!worked.ok) return worked
  const { incident, pages } = worked.value
  return {
    ok: true,
    value: { incident, runbooks: pages.map(({ address, about, steps }) => ({ address, about, steps })) },
  }
}
