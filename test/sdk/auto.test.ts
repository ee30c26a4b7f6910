import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { listeningCollector, status } from '../../packages/sdk/src/testing/collector.ts'

const ROOT = join(import.meta.dirname, '../..')
const JOURNEYS = {
  timeZone: 'Asia/Tokyo',
  journeys: { scan: { steps: { read: { http: 'GET /scans/:id', within: '60s' } } } },
}
/** An app that knows nothing of us, but for the line that a test may add. */
const APP = (line = '') => `
import express from 'express'
import { register } from 'prom-client'
${line}
const app = express()
app.get('/scans/:id', (request, response) => void response.json({}))
app.get('/metrics', async (request, response) => void response.type('text').send(await register.metrics()))
app.get('/end', (request, response) => { response.end(); setImmediate(() => process.exit()) })
app.listen(0, '127.0.0.1', function () { console.log(this.address().port) })
`

let project = ''
const children: ChildProcess[] = []

beforeAll(() => {
  const cache = join(ROOT, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  project = mkdtempSync(join(cache, 'auto-'))
  const write = (name: string, text: string) => writeFileSync(join(project, name), text)
  write('package.json', '{ "type": "module" }')
  write('journeys.json', JSON.stringify(JOURNEYS))
  write('broken.json', '{ "timeZone": ')
  write('wrong.json', JSON.stringify({ ...JOURNEYS, journeys: { scan: { steps: { read: { within: 'soon' } } } } }))
  write('app.js', APP())
  write('importing.js', APP(`import '@tabiji/sdk/auto'`))
  write(
    'tagged.js',
    APP(`
import { readFileSync } from 'node:fs'
import { createRecorder, defineJourneys } from '@tabiji/sdk'
import { recorder } from '@tabiji/sdk/auto'
const mine = createRecorder(defineJourneys(JSON.parse(readFileSync('journeys.json', 'utf8'))), { registry: register, service: 'scanner' })
console.error(mine === recorder ? 'the same' : 'another')`).replace(
      'const app = express()',
      'const app = express()\napp.use(mine.express({ match: true }))',
    ),
  )
  write('required.cjs', `require('@tabiji/sdk/auto')\nimport('./app.js')`)
})
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL')
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

/** Starts the app with the variables; resolves when it listens. */
async function start(program: string, env: Record<string, string>, ...flags: string[]) {
  const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('TABIJI_')))
  const child = spawn(process.execPath, [...flags, program], { cwd: project, env: { ...plain, ...env } })
  children.push(child)
  const said: string[] = []
  createInterface(child.stderr).on('line', (line) => void said.push(line))
  const [port] = await once(createInterface(child.stdout), 'line')
  const url = `http://127.0.0.1:${port}`
  const read = async (metrics = url) => {
    const text = await (await fetch(`${metrics}/metrics`)).text()
    const line = /^journey_step_events_total\{journey="scan",step="read",outcome="good"\} (\d+)$/m
    return line.exec(text)?.[1]
  }
  const get = async (path: string) => (await fetch(`${url}${path}`)).text()
  return { child, said, get, read }
}

const SERVICE = { TABIJI_SERVICE: 'scanner' }

describe('an app is measured without a line of its code changed', () => {
  test.each([
    ['by a flag', 'app.js', ['--import', '@tabiji/sdk/auto']],
    ['by one import', 'importing.js', []],
    ['by one require', 'required.cjs', []],
  ])('%s', async (_how, program, flags) => {
    const { get, read, said } = await start(program, SERVICE, ...flags)
    expect(await read()).toBe('0')
    for (const path of ['/scans/1', '/scans/2', '/nothing']) await get(path)
    await expect.poll(() => read(), { timeout: 20_000 }).toBe('2')
    expect(said).toEqual([])
  })

  test('and beside tags in its code nothing counts twice', async () => {
    const { get, read, said } = await start('tagged.js', SERVICE)
    await get('/scans/1')
    await expect.poll(() => read(), { timeout: 20_000 }).toBe('1')
    expect(said).toEqual(['the same'])
  })
})

test('an app without /metrics gets one on a port of its own', async () => {
  const port = await freePort()
  const env = { ...SERVICE, TABIJI_METRICS: `127.0.0.1:${port}` }
  const { get, read, said } = await start('app.js', env, '--import', '@tabiji/sdk/auto')
  await get('/scans/1')
  await expect.poll(() => read(`http://127.0.0.1:${port}`), { timeout: 20_000 }).toBe('1')
  expect((await fetch(`http://127.0.0.1:${port}/other`)).status).toBe(404)
  expect(said).toEqual([])
})

test('its last counts are handed over by the next process when it exits', async () => {
  const collector = await listeningCollector(status(200))
  writeFileSync(join(project, 'token'), 'open-sesame\n')
  const env = { ...SERVICE, TABIJI_COLLECTOR: collector.url, TABIJI_SPOOL: 'spool', TABIJI_TOKEN_FILE: 'token' }
  const first = await start('importing.js', env)
  await first.get('/scans/1')
  await expect.poll(() => first.read(), { timeout: 20_000 }).toBe('1')
  const ended = once(first.child, 'exit')
  await first.get('/end')
  await ended
  await start('importing.js', env)
  await expect.poll(() => collector.posts.length, { timeout: 20_000 }).toBe(1)
  expect(collector.posts[0]).toMatchObject({
    authorization: 'Bearer open-sesame',
    body: { service: 'scanner', steps: [{ journey: 'scan', step: 'read', counts: [1, 0, 0, 0] }] },
  })
  await collector.close()
})

describe('what is wrong costs one line, and never the app', () => {
  test.each([
    ['no service', {}, /^tabiji: not measuring: TABIJI_SERVICE is not set; set it/],
    [
      'no journeys file',
      { ...SERVICE, TABIJI_JOURNEYS: 'none.json' },
      /the journeys file none.json cannot be read \(ENOENT\)/,
    ],
    ['a file that is no JSON', { ...SERVICE, TABIJI_JOURNEYS: 'broken.json' }, /broken.json is not JSON/],
    [
      'a file that is wrong',
      { ...SERVICE, TABIJI_JOURNEYS: 'wrong.json' },
      /not measuring: The journeys cannot be used:.*within/,
    ],
    [
      'a port that is none',
      { ...SERVICE, TABIJI_METRICS: 'http://x' },
      /TABIJI_METRICS is "http:\/\/x"; set it to a port/,
    ],
    ['a token for nobody', { ...SERVICE, TABIJI_TOKEN: 'open-sesame' }, /TABIJI_COLLECTOR is not set/],
    ['a collector that is no address', { ...SERVICE, TABIJI_COLLECTOR: 'nowhere' }, /Expected `handOver.url` to be/],
  ])('%s', async (_what, env, line) => {
    const { get, said } = await start('importing.js', env)
    expect(await get('/scans/1')).toBe('{}')
    expect(said).toEqual([expect.stringMatching(line)])
    expect(said.join()).not.toContain('open-sesame')
  })

  test('a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as { port: number }
    const { get, said, read } = await start('importing.js', { ...SERVICE, TABIJI_METRICS: String(port) })
    await get('/scans/1')
    await expect.poll(() => read(), { timeout: 20_000 }).toBe('1')
    await expect
      .poll(() => said, { timeout: 20_000 })
      .toEqual([expect.stringMatching(/cannot listen on 127.0.0.1:\d+ \(EADDRINUSE\)/)])
    taken.close()
  })
})

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  await once(server, 'close')
  return port
}
