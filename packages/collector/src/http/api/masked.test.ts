import type express from 'express'
import { Router } from 'express'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { openWorkDesk } from '../../testing/work-desk.ts'
import { serveRoutes, serveWork, type WorkServer } from '../../testing/work-server.ts'
import { jsonBody } from '../request.ts'
import { maskingWords } from './masked.ts'

let server: WorkServer
beforeAll(async () => {
  const router = Router()
  router.post('/echo', ...jsonBody(), maskingWords, (request: express.Request, response: express.Response) => {
    response.json(request.body)
  })
  server = await serveRoutes(router)
})
afterAll(() => server.close())

const post = async ({ url }: Pick<WorkServer, 'url'>, path: string, body: unknown) => {
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(`${url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return answer.json()
}
const echo = (body: unknown) => post(server, '/echo', body)

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

test('incidents and fixes hold no secret that somebody wrote, by whichever way it came', async () => {
  const desk = openWorkDesk()
  const work = await serveWork(desk.work)
  onTestFinished(async () => {
    await work.close()
    desk.close()
  })
  const secret = 'planted-hunter2-value'
  const said = `ran psql with PGPASSWORD=${secret}`
  const causes = [{ id: 'a', text: said, bone: 'design' }]
  await post(work, '/incidents', { title: said })
  await post(work, '/incidents', { title: 'Scans fail' })
  const time = { moment: 'impactStarted', value: '13:02', reason: said }
  await post(work, '/incidents/INC-0001/time', time)
  await post(work, '/incidents/INC-0001/status', { status: 'identified', note: said })
  await post(work, '/incidents/INC-0001/cause', { text: said, bone: 'design', id: 'typed' })
  await post(work, '/incidents/INC-0001/postmortem', { state: 'draft', noFix: said, causes })
  await post(work, '/incidents/INC-0002/merge', { into: 'INC-0001', reason: said })
  await post(work, '/fixes', { title: said, kind: 'prevent' })
  await post(work, '/fixes/FIX-0001/block', { reason: said })
  await post(work, '/fixes/FIX-0001/move', { due: '2026-12-01', reason: said })
  const kept = JSON.stringify([desk.store.incidentHistories(), desk.store.fixHistories()])
  expect(kept.match(/PGPASSWORD=•••/g)).toHaveLength(11)
  expect(kept).not.toContain(secret)
})
