import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readJourneys } from '@tabiji/core/journey/document'
import { createRecorder } from '@tabiji/sdk'
import express from 'express'
import { fastify } from 'fastify'
import { Registry } from 'prom-client'
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest'
import { movedTime } from '../../packages/sdk/src/testing/time.ts'

const TABIJI = join(import.meta.dirname, '../../packages/collector/bin/tabiji.js')
const FILE = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }   # three are enough
journeys:
  measure-feet:
    objectives: { availability: 99.5 }
    steps:
      start: { http: POST /v1/scans, within: read }   # the camera opens
`

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tabiji-learn-'))
  writeFileSync(join(folder, 'journeys.yaml'), FILE)
})

afterEach(() => {
  delete process.env['TABIJI_LEARN']
  delete process.env['TABIJI_LEARN_JOURNEY']
  rmSync(folder, { recursive: true, force: true })
})

const observations = () => join(folder, 'observations.jsonl')

function learning(journey?: string) {
  const read = readJourneys(FILE, 'journeys.yaml')
  if (!read.ok) throw new Error('the journeys of this test are wrong')
  process.env['TABIJI_LEARN'] = observations()
  if (journey !== undefined) process.env['TABIJI_LEARN_JOURNEY'] = journey
  const time = movedTime()
  return { time, recorder: createRecorder(read.definition, { registry: new Registry(), service: 'scans', time }) }
}

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** Waits until so many requests are written down. */
async function written(requests: number): Promise<void> {
  const sum = () => {
    const lines = readFileSync(observations(), 'utf8').trimEnd().split('\n')
    return lines.reduce((all, line) => {
      const { answered, refused, failed } = JSON.parse(line) as Record<'answered' | 'refused' | 'failed', number>
      return all + answered + refused + failed
    }, 0)
  }
  await expect.poll(sum, { timeout: 20_000 }).toBe(requests)
}

function tabiji(...words: readonly string[]) {
  return spawnSync(process.execPath, [TABIJI, ...words], { cwd: folder, encoding: 'utf8' })
}

/** What is proposed, as JSON. */
const learned = () =>
  JSON.parse(tabiji('journeys', 'learn', 'observations.jsonl', '--json').stdout) as {
    readonly steps: readonly unknown[]
    readonly undecided: readonly unknown[]
    readonly patch: string
  }

test('a test run through express becomes a patch of the journeys file', async () => {
  const { recorder, time } = learning()
  const app = express()
  const scans = express.Router()
  app.use(recorder.express())
  scans.post('/', recorder.step('measure-feet', 'start'), (_request, response) => void response.json({}))
  scans.put('/:id/photo', (request, response) => {
    time.advance(400)
    response.sendStatus(request.params.id === 'broken' ? 500 : 204)
  })
  scans.get('/:id', (_request, response) => {
    time.advance(20)
    response.json({})
  })
  app.use('/v1/scans', scans)
  const url = await listening(app)
  const ask = (method: string, path: string, journey?: string) =>
    fetch(`${url}${path}`, { method, headers: journey === undefined ? {} : { 'tabiji-learn': journey } })
  await ask('POST', '/v1/scans', 'measure-feet')
  for (const id of ['1', '2', '3', 'broken']) await ask('PUT', `/v1/scans/${id}/photo`, 'measure-feet')
  for (const id of ['4711', 'b7c1']) await ask('GET', `/v1/scans/${id}?token=secret`, 'view-result')
  await ask('GET', '/wp-login.php', 'view-result')
  await ask('GET', '/v1/scans/9', 'NOT A NAME')
  await written(9)
  // What was asked is nobody's business: neither an id nor a query is in the file.
  expect(readFileSync(observations(), 'utf8')).not.toMatch(/4711|b7c1|secret|NOT A NAME/)

  const { status, stdout, stderr } = tabiji('journeys', 'learn', 'observations.jsonl')
  expect([status, stderr]).toEqual([0, 'next: the same with --write, or the patch into `git apply`\n'])
  expect(stdout).toContain('measure-feet/put-photo    PUT /v1/scans/:id/photo  3 (few)')
  expect(stdout).toMatch(/GET \/wp-login\.php +1 +was never answered below 400/)
  expect(stdout).toMatch(/GET \/v1\/scans\/:id +1 +was seen while no journey was named/)
  expect(stdout).toMatch(/measure-feet\/start +1 .* 300ms +enough/)
  expect(readFileSync(join(folder, 'journeys.yaml'), 'utf8')).toBe(FILE)

  // The patch is one that the usual tools take.
  writeFileSync(join(folder, 'learned.patch'), stdout)
  const applied = spawnSync('git', ['apply', '--check', 'learned.patch'], { cwd: folder, encoding: 'utf8' })
  expect([applied.status, applied.stderr]).toEqual([0, ''])
  expect(tabiji('journeys', 'learn', 'observations.jsonl', '--write').status).toBe(0)
  const patched = readFileSync(join(folder, 'journeys.yaml'), 'utf8')
  expect(patched.startsWith(FILE)).toBe(true)
  expect(patched).toContain('put-photo: { http: "PUT /v1/scans/:id/photo", within: write } # proposed: 3 requests')
  expect(patched).toContain('get-id: { http: "GET /v1/scans/:id", within: read }'.replace('get-id', 'get-scans-id'))
  expect(tabiji('check', 'journeys.yaml').status).toBe(0)
  const again = learned()
  expect([again.steps, again.patch]).toEqual([[], ''])
})

test('fastify says its templates itself', async () => {
  const { recorder } = learning('view-result')
  const app = fastify()
  await app.register(recorder.fastify)
  app.get('/v1/results/:result', async () => ({}))
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  onTestFinished(() => app.close())
  for (const path of ['/v1/results/abc', '/v1/results/def', '/none']) await fetch(`${url}${path}`)
  await written(3)
  expect(learned()).toMatchObject({
    steps: [{ path: '/v1/results/:result', isTemplate: true, answered: 2 }],
    undecided: [{ path: '/none' }],
  })
})

test('bare node:http is seen by masked paths, under the journey that the environment names', async () => {
  const { recorder } = learning('view-result')
  const see = recorder.express()
  const url = await listening((request, response) => see(request, response, () => response.end('{}')))
  for (let i = 0; i < 30; i++) await fetch(`${url}/v1/results/${i}`)
  await written(30)
  expect(learned().steps).toMatchObject([
    {
      journey: 'view-result',
      step: 'get-results-id',
      method: 'GET',
      path: '/v1/results/:id',
      isTemplate: false,
      answered: 30,
    },
  ])
  expect(tabiji('journeys', 'learn', 'observations.jsonl').stdout).toContain('GET /v1/results/:id (guessed)')
})

test('endless routes and journeys end at 500', async () => {
  const { recorder } = learning()
  const see = recorder.express()
  const url = await listening((request, response) => see(request, response, () => response.end()))
  const letters = (n: number) => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
  for (let i = 0; i < 600; i++) await fetch(`${url}/${letters(i)}`, { headers: { 'tabiji-learn': `j${i}` } })
  await written(500)
})

test('a file that cannot be written is told, and harms no request', async () => {
  const read = readJourneys(FILE, 'journeys.yaml')
  if (!read.ok) throw new Error('the journeys of this test are wrong')
  process.env['TABIJI_LEARN'] = join(folder, 'no-such-folder', 'file')
  const problems: string[] = []
  const onProblem = ({ message }: { readonly message: string }) => void problems.push(message)
  const recorder = createRecorder(read.definition, { registry: new Registry(), service: 'scans', onProblem })
  const see = recorder.express()
  const url = await listening((request, response) => see(request, response, () => response.end('fine')))
  expect(await (await fetch(`${url}/x`)).text()).toBe('fine')
  await expect.poll(() => problems.length, { timeout: 20_000 }).toBe(1)
  expect(problems[0]).toMatch(/^What was learned cannot be written to .*no-such-folder.* \(ENOENT\)\.$/)
})

test('journeys of a TypeScript module are exported with the same fingerprint', () => {
  const project = mkdtempSync(join(import.meta.dirname, '../../node_modules/.cache/export-'))
  onTestFinished(() => rmSync(project, { recursive: true, force: true }))
  const module = join(project, 'journeys.ts')
  writeFileSync(
    module,
    `import { defineJourneys } from '@tabiji/sdk'
export const words: readonly string[] = ['a']
export const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: { buy: { steps: { pay: { http: 'POST /pay', within: '2s' } } } },
})
export { journeys as same }
`,
  )
  const printed = tabiji('journeys', 'export', module)
  expect([printed.status, printed.stderr]).toEqual([0, ''])
  const { fingerprint, file } = JSON.parse(
    tabiji('journeys', 'export', module, '--out', 'out.json', '--json').stdout,
  ) as {
    fingerprint: string
    file: string
  }
  expect(readFileSync(join(folder, file), 'utf8')).toBe(printed.stdout)
  expect(readJourneys(printed.stdout, 'out.json')).toMatchObject({ ok: true, definition: { fingerprint } })

  writeFileSync(
    join(project, 'two.ts'),
    `export * from './journeys.ts'\nimport { journeys } from './journeys.ts'\nexport const other = { ...journeys }\n`,
  )
  const two = tabiji('journeys', 'export', join(project, 'two.ts'))
  expect(two).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('  fix: say which with `--name`'),
  })
  expect(tabiji('journeys', 'export', join(project, 'two.ts'), '--name', 'other').stdout).toBe(printed.stdout)
  writeFileSync(join(project, 'broken.ts'), 'throw new Error("no database")\n')
  expect(tabiji('journeys', 'export', join(project, 'broken.ts'))).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('cannot be run: no database'),
  })
  expect(tabiji('journeys', 'export', join(project, 'none.ts')).status).toBe(2)
})
