import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Router } from 'express'
import type { Api } from '../../ports/api.ts'
import { answer } from '../answer.ts'

/** Whether the daemon lives, whether it is of use, and what it measures of itself. Told to anybody who can ask. */
export function healthRoutes(api: Pick<Api, 'checks' | 'metrics'>): Router {
  const router = Router()
  router.get('/livez', (_request, response) => {
    response.type('text/plain').send('ok\n')
  })
  // `/healthz` is what many monitors ask unless told otherwise. To find out whether a process must be started anew, ask `/livez`.
  router.get(['/readyz', '/healthz'], (_request, response) => {
    const checks = api.checks()
    const ready = checks.every(({ status }) => status !== 'failed')
    answer(response, { ready, checks }, ready ? 200 : 503)
  })
  router.get('/metrics', async (_request, response) => {
    response.type('text/plain; version=0.0.4; charset=utf-8')
    await pipeline(Readable.from(api.metrics()), response).catch((error: NodeJS.ErrnoException) => {
      // Whoever asked has hung up.
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
    })
  })
  return router
}
