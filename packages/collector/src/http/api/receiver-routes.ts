import { Router } from 'express'
import { z } from 'zod'
import type { Receivers } from '../../ports/receivers.ts'
import { answer, refuse } from '../answer.ts'
import { posting } from '../command.ts'

const MOST_TESTS = 100

const testRequest = z.strictObject({ by: z.string().min(1).max(200).exactOptional() })

/** The ways to people, and trying them; mounted under `/api/v1`. */
export function receiverRoutes(receivers: Receivers): Router {
  const router = Router()
  router.get('/receivers', (_request, response) => {
    answer(response, { receivers: receivers.list() })
  })
  router.get('/receivers/tests', (_request, response) => {
    answer(response, { tests: receivers.history(MOST_TESTS) })
  })
  router.post(
    '/receivers/:key/test',
    posting(testRequest, (_, { key, by }) => {
      const tested = receivers.test(key, by)
      return tested.ok ? { ...tested, address: `/notifications/${tested.value.id}` } : tested
    }),
  )
  router.get('/notifications/:id', (request, response) => {
    const id = request.params.id.slice(0, 200)
    const found = receivers.notification(id)
    if (found !== undefined) return answer(response, found)
    refuse(response, 404, { code: 'NOT_FOUND', message: `There is no notification ${id}` })
  })
  return router
}
