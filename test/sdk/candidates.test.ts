import { fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { readJourneys } from '@tabiji/core/journey/document'
import { expect, onTestFinished, test } from 'vitest'
import { startScanner } from './testing/scanner.ts'

const TABIJI = join(import.meta.dirname, '../../packages/collector/bin/tabiji.js')
const PLAIN = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  scan:
    objectives: { availability: 99, latency: 90, start.latency: 95 }
    steps:
      start: { http: POST /scans, within: write }
      read: { http: GET /scans/:id, within: read }
`
const FILE = PLAIN.replace('within: write }', 'within: write, candidate: 250ms }')

function definitionOf(file: string) {
  const read = readJourneys(file, 'journeys.yaml')
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.definition
}

/** A service that was asked 20 times for `start`: 15 answers in 100 ms, 4 in 600 ms, one error; and once for `read`. */
async function measured() {
  const scanner = await startScanner(definitionOf(FILE), ({ app, recorder, time }) => {
    app.use(recorder.express({ match: true }))
    app.post('/scans', (request, response) => {
      time.advance(Number(request.query['ms']))
      response.sendStatus(Number(request.query['status']))
    })
    app.get('/scans/:id', (_request, response) => void response.json({}))
  })
  const post = (ms: number, status: number) =>
    fetch(`${scanner.url}/scans?ms=${ms}&status=${status}`, { method: 'POST' })
  for (let i = 0; i < 15; i++) await post(100, 200)
  for (let i = 0; i < 4; i++) await post(600, 200)
  await post(100, 500)
  await fetch(`${scanner.url}/scans/1`)
  return { scanner, counts: await scanner.counts(21) }
}

async function candidates(url: string, file: string, ...words: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-candidates-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(join(folder, 'journeys.yaml'), file)
  const args = [TABIJI, 'journeys', 'candidates', '--target', `${url}/metrics`, ...words]
  const child = spawn(process.execPath, args, { cwd: folder })
  const ended = new Promise<number | null>((done) => child.once('close', done))
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  return { stdout, stderr, exit: await ended }
}

test('a candidate changes no verdict and no fingerprint', () => {
  expect(definitionOf(FILE).fingerprint).toBe(definitionOf(PLAIN).fingerprint)
})

test('candidates are counted beside the books, and show what the budget would be', async () => {
  const { scanner, counts } = await measured()
  // By what is promised nothing was slow.
  expect(counts).toEqual({ 'start good': 19, 'start error': 1, 'read good': 1 })
  const exposition = await (await fetch(`${scanner.url}/metrics`)).text()
  expect(exposition.match(/^journey_step_candidate_events_total.*$/gm)).toEqual([
    'journey_step_candidate_events_total{journey="scan",step="start",within="0.25",outcome="good"} 15',
    'journey_step_candidate_events_total{journey="scan",step="start",within="0.25",outcome="slow"} 4',
    'journey_step_candidate_events_total{journey="scan",step="start",within="0.25",outcome="error"} 1',
    'journey_step_candidate_events_total{journey="scan",step="start",within="0.25",outcome="excluded"} 0',
  ])
  const { stdout, stderr, exit } = await candidates(scanner.url, FILE)
  expect([exit, stderr]).toEqual([0, ''])
  expect(stdout).toBe(`STEP        PROMISED  SLOW        CANDIDATE  SLOW THEN
scan/start  1s        0 (0.00 %)  250ms      4 (21.05 %)

JOURNEY  OBJECTIVE      TARGET  EVENTS  BUDGET SPENT  SPENT THEN
scan     latency        90 %    20      0.00 %        200.00 %
scan     start.latency  95 %    19      0.00 %        421.05 %

counted since the services started; no budget and no alert knows of candidates
`)
  const json = JSON.parse((await candidates(scanner.url, FILE, '--json')).stdout) as { objectives: unknown[] }
  expect(json.objectives[1]).toEqual({
    journey: 'scan',
    objective: 'start.latency',
    targetPpm: 950_000,
    valid: 19,
    spentPpm: 0,
    candidateSpentPpm: 4_210_526,
  })
})

test('counts by another candidate than the file states are not taken for its own', async () => {
  const { scanner } = await measured()
  const { stdout } = await candidates(scanner.url, FILE.replace('250ms', '500ms'))
  expect(stdout).toContain('scan/start  1s        0 (0.00 %)  500ms      –')
  expect((await candidates(scanner.url, PLAIN)).stdout).toBe('No step of the journeys file states a candidate.\n')
})

test('services that cannot be read end with 3, and none to ask with 2', async () => {
  expect(await candidates('http://127.0.0.1:9', FILE)).toMatchObject({ exit: 3, stdout: '' })
  expect((await candidates('ftp://127.0.0.1', FILE)).exit).toBe(2)
})

test('a cluster counts candidates as one process, and takes nothing from a worker that goes by another one', async () => {
  const child = fork(join(import.meta.dirname, 'testing/candidate-cluster.mjs'))
  const said: Record<string, string>[] = []
  child.on('message', (message) => said.push(message as Record<string, string>))
  const [exit] = await once(child, 'exit')
  expect(exit).toBe(0)
  const lines = (said.find(({ metrics }) => metrics !== undefined)?.['metrics'] ?? '').split('\n')
  expect(lines).toContain('journey_step_events_total{journey="scan",step="process",outcome="good"} 20')
  expect(lines.filter((line) => line.startsWith('journey_step_candidate_events_total'))).toEqual([
    'journey_step_candidate_events_total{journey="scan",step="process",within="2",outcome="good"} 12',
    'journey_step_candidate_events_total{journey="scan",step="process",within="2",outcome="slow"} 8',
    'journey_step_candidate_events_total{journey="scan",step="process",within="2",outcome="error"} 0',
    'journey_step_candidate_events_total{journey="scan",step="process",within="2",outcome="excluded"} 0',
  ])
  expect(said.filter(({ kind }) => kind === 'cluster').map(({ message }) => message)).toEqual([
    expect.stringMatching(/are not taken: expected the candidate times of the primary; restart it too\.$/),
  ])
})
