import { Router } from 'express'
import type { LoadedSettings } from '../../ports/settings.ts'
import { answer } from '../answer.ts'

/** What is in force, without a secret; mounted under `/api/v1`. */
export function settingsRoutes(settings: () => LoadedSettings): Router {
  const router = Router()
  router.get('/settings', (_request, response) => {
    answer(response, settings())
  })
  return router
}
