import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { createRecorder } from '@tabiji/sdk'
import { Registry } from 'prom-client'
import { expect, onTestFinished, test } from 'vitest'
import { scanJourney, step } from './testing/scanner.ts'

const FOLDER = join(import.meta.dirname, 'testing')
const REQUESTS = process.env['TABIJI_FULL'] === '1' ? 500_000 : 100_000

test('nothing of Node or the language is patched, by importing the SDK or by using it', () => {
  const { stdout, stderr } = spawnSync(process.execPath, [join(FOLDER, 'unpatched.mjs')], { encoding: 'utf8' })
  expect(stderr).toBe('')
  const { watched, imported, used, own } = JSON.parse(stdout) as Record<'imported' | 'used', string[]> & {
    watched: number
    own: string[][]
  }
  expect(watched).toBeGreaterThan(500)
  expect([imported, used]).toEqual([[], []])
  // The one thing that is replaced, on the one response: `writeHead`, where the clock of the step stops at the headers.
  expect(own).toEqual([[], ['writeHead'], []])
})

test(`${REQUESTS} hostile requests: no error gets out, nothing is printed, memory stays`, async () => {
  const child = fork(join(FOLDER, 'hostile-traffic.mjs'), [String(REQUESTS)], {
    execArgv: ['--expose-gc'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (printed += String(chunk)))
  const [said] = (await once(child, 'message')) as [
    {
      heaps: number[]
      problems: number
      thrown: string[]
      series: number
      coverage: Record<string, number>
      examples: number
    },
  ]
  await once(child, 'close')
  expect(printed).toBe('')
  expect(said.thrown).toEqual([])
  // What a process says of itself and of one step is known from the file: no request can add a series.
  expect(said.series).toBeLessThan(40)
  expect(said.coverage['requests']).toBeGreaterThanOrEqual(REQUESTS)
  expect(said.examples).toBeLessThanOrEqual(20)
  // A line a minute for each kind of problem, however many there were.
  expect(said.problems).toBeLessThan(40)
  const [, , early = 0] = said.heaps
  const late = said.heaps.at(-1) ?? 0
  // Between the two lie seven tenths of the traffic: fifteen bytes kept of each request would be more than a megabyte.
  expect((late - early) / 2 ** 20).toBeLessThan(1)
}, 240_000)

test('while a service runs it sends nothing: a collector that hangs is not even asked', async () => {
  let connections = 0
  const hanging = createTcpServer((socket) => {
    connections += 1
    socket.on('error', () => undefined)
  }).listen(0, '127.0.0.1')
  await once(hanging, 'listening')
  const { port: collector } = hanging.address() as AddressInfo
  const journeys = scanJourney(step('read', { routes: [{ method: 'GET', path: '/scans/:id' }] }))
  const url = `http://127.0.0.1:${collector}`
  const recorder = createRecorder(journeys, {
    registry: new Registry(),
    service: 'scans',
    handOver: { url, timeoutMs: 200 },
  })
  const measure = recorder.step('scan', 'read')
  const server = createServer((request, response) => measure(request, response, () => response.end('fine')))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
    hanging.close()
  })
  const { port } = server.address() as AddressInfo
  for (let i = 0; i < 500; i++) expect(await (await fetch(`http://127.0.0.1:${port}/scans/${i}`)).text()).toBe('fine')
  expect(recorder.coverage().inJourneys).toBe(500)
  expect(connections).toBe(0)
  // At the end it is asked, for no longer than was said, and the service still answers.
  const closed = recorder.close()
  expect(await (await fetch(`http://127.0.0.1:${port}/scans/last`)).text()).toBe('fine')
  expect(await closed).toMatchObject({ accepted: false, reason: 'unreachable' })
  expect(connections).toBeGreaterThan(0)
})
