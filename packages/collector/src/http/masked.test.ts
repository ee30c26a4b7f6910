import type express from 'express'
import { Router } from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { serveRoutes, type WorkServer } from '../testing/work-server.ts'
import { maskedWords } from './masked.ts'

let server: WorkServer
beforeAll(async () => {
  const router = Router()
  router.post('/echo', ...maskedWords(), (request: express.Request, response: express.Response) => {
    response.json(request.body)
  })
  server = await serveRoutes(router)
})
afterAll(() => server.close())

const echo = async (body: unknown) => {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${server.url}/api/v1/echo`, { method: 'POST', headers, body: JSON.stringify(body) })
  return answer.json()
}

test('what people write is masked at the door; conditions and names stay as they are', async () => {
  const secret = 'planted-hunter2-value'
  const said = {
    note: `ran psql with PGPASSWORD=${secret}`,
    matchers: ['token=a'],
    by: 'aoi',
    title: 'deploy',
    for: '2h',
  }
  const kept = await echo({ ...said, reason: `curl -u root:${secret} https://db` })
  expect(JSON.stringify(kept)).not.toContain(secret)
  expect(kept).toMatchObject({ matchers: ['token=a'], by: 'aoi', title: 'deploy', for: '2h' })
  expect(await echo([])).toEqual([])
})
