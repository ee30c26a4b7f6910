import { parseDuration } from '@tabiji/core/time'
import { Router } from 'express'
import { z } from 'zod'
import type { Acknowledging } from '../../ports/acknowledging.ts'
import type { EpisodeRecord } from '../../ports/alert-store.ts'
import type { Api } from '../../ports/api.ts'
import type { Result } from '../../ports/work.ts'
import { scribe, text, word } from '../../wire/work-request.ts'
import { posting } from '../command.ts'

const note = word.max(500).exactOptional()

const length = z.string({ error: 'a duration such as `2h`' }).transform((text, context): number => {
  const ms = parseDuration(text)
  if (ms !== undefined) return ms
  context.issues.push({ code: 'custom', input: text, message: 'a duration such as `2h`' })
  return z.NEVER
})

const ACK = z.strictObject({ ...scribe, for: length.exactOptional(), note })
const JUDGE = z.strictObject({ ...scribe, reason: text })
const UNACK = z.strictObject({ ...scribe, note })

type AckParts = {
  readonly acknowledging: Acknowledging
  readonly api: Pick<Api, 'alert'>
  readonly now: () => number
}

/**
 * Taking an alert, giving it back, and judging it to be noise; mounted under `/api/v1`. All answer with the alert as it is then. Whoever signs in is
 * who has it, so a token that may read only can do none of it.
 */
export function ackRoutes({ acknowledging, api, now }: AckParts): Router {
  const router = Router()
  const shown = (changed: Result<EpisodeRecord>): Result<object> =>
    changed.ok ? { ok: true, value: api.alert(changed.value.id) ?? changed.value } : changed
  router.post(
    '/alerts/:key/ack',
    posting(ACK, ({ for: ms, ...said }, { key, by }) => {
      const at = now()
      const until = ms === undefined ? {} : { until: at + ms }
      const who = by === undefined ? {} : { by }
      return shown(acknowledging.acknowledge(key, { ...said, ...who, ...until, at, via: 'api' }))
    }),
  )
  router.post(
    '/alerts/:key/unack',
    posting(UNACK, (said, { key, by }) => {
      const who = by === undefined ? {} : { by }
      return shown(acknowledging.unacknowledge(key, { ...said, ...who, at: now(), via: 'api' }))
    }),
  )
  for (const noise of [true, false]) {
    router.post(
      `/alerts/:key/${noise ? 'noise' : 'not-noise'}`,
      posting(JUDGE, (said, { key, by }) => {
        const who = by === undefined ? {} : { by }
        return shown(acknowledging.judge(key, { ...said, ...who, noise, at: now(), via: 'api' }))
      }),
    )
  }
  return router
}
