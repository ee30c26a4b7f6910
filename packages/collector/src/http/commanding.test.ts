import { readdirSync, readFileSync } from 'node:fs'
import { Router } from 'express'
import { expect, onTestFinished, test } from 'vitest'
import { auditCommand } from '../cli/alert/audit.ts'
import { createCommandLog } from '../store/command-log.ts'
import { openDatabase } from '../store/database.ts'
import { runCli } from '../testing/captured-io.ts'
import { openWorkDesk } from '../testing/work-desk.ts'
import { serveRoutes, signInAs } from '../testing/work-server.ts'
import { auditRoutes } from './api/audit-routes.ts'
import { workRoutes } from './api/work-routes.ts'
import { keepCommands } from './commanding.ts'

const DAY = 86_400_000

/** Incidents on a real store, and the audit of them on another one. */
async function open(token?: string) {
  const desk = openWorkDesk()
  const { database, close } = openDatabase(':memory:', 0)
  const log = createCommandLog(database)
  const clock = { now: Date.parse('2026-10-20T04:05:00Z') }
  const routes = Router().use(
    keepCommands(log, () => clock.now),
    workRoutes(desk.work),
    auditRoutes(log),
  )
  const server = await serveRoutes(routes, token === undefined ? undefined : signInAs(token, 'suzuki'))
  onTestFinished(async () => {
    await server.close()
    close()
    desk.close()
  })
  const post = async (path: string, body: object, key?: string) => {
    const headers = {
      'content-type': 'application/json',
      ...(key !== undefined && { 'idempotency-key': key }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    }
    const response = await fetch(`${server.url}/api/v1${path}`, { method: 'POST', body: JSON.stringify(body), headers })
    const { headers: told, status } = response
    return {
      status,
      location: told.get('location'),
      replayed: told.get('idempotency-replayed'),
      document: await response.json(),
    }
  }
  const incidents = () => desk.work.listIncidents('all').map(({ key, title }) => `${key} ${title}`)
  return { ...desk, log, clock, server, post, incidents }
}

const OPEN = { title: 'checkout fails', by: 'abe' }

test('the same request under the same key is answered as the first time, and does nothing more', async () => {
  const { post, incidents } = await open()
  const first = await post('/incidents', OPEN, 'k-1')
  expect(first).toMatchObject({ status: 201, location: '/api/v1/incidents/INC-0001', replayed: null })
  expect(await post('/incidents', OPEN, 'k-1')).toEqual({ ...first, replayed: 'true' })
  expect(incidents()).toEqual(['INC-0001 checkout fails'])
  await post('/incidents', OPEN, 'k-2')
  await post('/incidents', OPEN)
  expect(incidents()).toHaveLength(3)
})

test('another request under the same key is refused, unless somebody else makes it', async () => {
  const { post, incidents } = await open()
  await post('/incidents', OPEN, 'k-1')
  expect(await post('/incidents', { ...OPEN, title: 'login fails' }, 'k-1')).toMatchObject({
    status: 422,
    document: { error: { code: 'IDEMPOTENCY_KEY_REUSED' } },
  })
  expect((await post('/incidents', { ...OPEN, by: 'sato' }, 'k-1')).status).toBe(201)
  expect(incidents()).toHaveLength(2)
})

test('what was refused may be sent again under its key, mended', async () => {
  const { post } = await open()
  expect((await post('/incidents', { title: '' }, 'k-1')).status).toBe(422)
  expect((await post('/incidents', { title: 'x' }, 'k-1')).status).toBe(201)
})

test.each([['x'.repeat(201)], ['a b']])('the key %j is refused', async (key) => {
  const { post } = await open()
  expect(await post('/incidents', OPEN, key)).toMatchObject({
    status: 400,
    document: { error: { code: 'IDEMPOTENCY_KEY' } },
  })
})

test('of what was cut short nobody says that it was done, or that it was not', async () => {
  const { post, log, clock } = await open()
  const said = JSON.stringify({ title: 'checkout fails', journeys: [], episodes: [], drill: false })
  log.begin({ at: clock.now, by: 'abe', signed: false, action: '/incidents', said, key: 'k-1' })
  expect(await post('/incidents', OPEN, 'k-1')).toMatchObject({
    status: 409,
    document: { error: { code: 'IDEMPOTENCY_UNKNOWN' } },
  })
  expect(log.list({ limit: 10 })).toMatchObject([{ outcome: 'unknown' }])
})

test('a key is forgotten after a day, what was done is not', async () => {
  const { post, log, clock, incidents } = await open()
  await post('/incidents', OPEN, 'k-1')
  clock.now += DAY + 1
  expect((await post('/incidents', OPEN, 'k-1')).replayed).toBeNull()
  expect(incidents()).toHaveLength(2)
  expect(log.list({ limit: 10 })).toHaveLength(2)
})

test('the audit says who did what and why, by the name of the token where there is one', async () => {
  const { post, server, log } = await open('token-of-suzuki')
  await post('/incidents', OPEN)
  await post('/incidents/INC-0001/resolve', {})
  await post('/incidents/INC-0001/reopen', { reason: 'it is back' })
  await post('/incidents/INC-0009/resolve', {})
  expect(log.list({ limit: 10 }).map(({ by, signed, action }) => [by, signed, action])).toEqual([
    ['suzuki', true, '/incidents/INC-0001/reopen'],
    ['suzuki', true, '/incidents/INC-0001/resolve'],
    ['suzuki', true, '/incidents'],
  ])
  const env = { TABIJI_URL: server.url, TABIJI_TOKEN: 'token-of-suzuki' }
  const listed = await runCli([auditCommand], ['audit', 'list', '--about', 'reopen'], { env })
  expect(listed.stdout.split('\n').map((line) => line.trimEnd())).toEqual([
    'AT (UTC)             BY      WHAT                        SAID',
    '2026-10-20 04:05:00  suzuki  /incidents/INC-0001/reopen  reason: it is back',
    '',
  ])
  const json = await runCli([auditCommand], ['audit', 'list', '--about', 'INC-0001', '--json'], { env })
  expect(JSON.parse(json.stdout).commands).toMatchObject([{ said: { reason: 'it is back' } }, { said: {} }])
  expect((await runCli([auditCommand], ['audit', 'list', '--by', 'abe'], { env })).stdout).toBe('No commands.\n')
})

test('a name that nobody signed for is told as such', async () => {
  const { post, server } = await open()
  await post('/incidents', OPEN)
  const { stdout } = await runCli([auditCommand], ['audit', 'list'], { env: { TABIJI_URL: server.url } })
  expect(stdout).toContain('abe (not signed in)  /incidents  title: checkout fails')
})

test('every change that comes by the API is written down: no route posts by another way', () => {
  const routes = new URL('api/', import.meta.url)
  const sources = readdirSync(routes).filter((file) => file.endsWith('-routes.ts'))
  const posts = sources.flatMap((file) => {
    const text = readFileSync(new URL(file, routes), 'utf8')
    const changes = [...text.matchAll(/\.(post|put|patch|delete)\(\s*[^,]+,(?:\s*\.\.\.\w+,)?\s*(\.*\w+)/g)]
    return changes.map(([, verb, by]) => `${file}: ${verb} ${by}`)
  })
  expect(posts.length).toBeGreaterThan(10)
  expect(posts.filter((line) => !/: post (?:posting(?:Later)?|posted)$/.test(line))).toEqual([])
})
