import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createRecorder } from '@tabiji/sdk'
import express from 'express'
import { Registry } from 'prom-client'
import { expect, onTestFinished, test } from 'vitest'
import { movedTime } from '../../packages/sdk/src/testing/time.ts'
import { scanJourney, startScanner, step } from './testing/scanner.ts'

const journeys = scanJourney(step('read', { routes: [{ method: 'GET', path: '/scans/:id' }] }))

test('what belongs to no journey is counted, and its paths are kept nowhere unless asked for', async () => {
  const { url, recorder } = await startScanner(journeys, ({ app, recorder }) => {
    app.use(recorder.express())
    app.get('/scans/:id', recorder.step('scan', 'read'), (_request, response) => void response.json({}))
  })
  expect(recorder.coverage()).toEqual({ requests: 0, inJourneys: 0, outside: 0, examples: [] })
  for (const path of ['/scans/1', '/scans/2', '/wp-admin.php']) await fetch(`${url}${path}`)
  expect(recorder.coverage()).toEqual({ requests: 3, inJourneys: 2, outside: 1, examples: [] })
})

test('a step that is declared twice for a request claims it once', async () => {
  const { url, recorder } = await startScanner(journeys, ({ app, recorder }) => {
    app.use(recorder.express({ match: true }))
    app.get('/scans/:id', recorder.step('scan', 'read'), (_request, response) => void response.json({}))
  })
  await fetch(`${url}/scans/1`)
  expect(recorder.coverage()).toMatchObject({ requests: 1, inJourneys: 1, outside: 0 })
})

const recording = (examples: number) =>
  createRecorder(journeys, { registry: new Registry(), service: 'scanner', time: movedTime(), coverage: { examples } })

async function listening(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('examples are templates of express where it has them, and masked paths elsewhere', async () => {
  const recorder = recording(10)
  const app = express()
  const tenants = express.Router()
  tenants.get('/items/:item', (_request, response) => void response.json({}))
  app.use(recorder.express())
  app.get('/scans/:id', recorder.step('scan', 'read'), (_request, response) => void response.json({}))
  app.get('/health', (_request, response) => void response.json({}))
  app.use('/t/:tenant', tenants)
  const url = await listening(app)
  const get = (path: string) => fetch(`${url}${path}`)
  for (const path of [
    '/scans/7',
    '/health',
    '/health',
    '/health',
    '/t/4711/items/12',
    '/t/4712/items/13',
    '/none/8?q=1',
  ])
    await get(path)
  await expect.poll(() => recorder.coverage().examples).toHaveLength(3)
  expect(recorder.coverage()).toEqual({
    requests: 7,
    inJourneys: 1,
    outside: 6,
    examples: [
      { method: 'GET', path: '/health', atLeast: 3 },
      { method: 'GET', path: '/t/:id/items/:item', atLeast: 2 },
      { method: 'GET', path: '/none/:id', atLeast: 1 },
    ],
  })
})

test('bare node:http is seen too, and a scanner cannot fill the memory or hide what is frequent', async () => {
  const recorder = recording(5)
  const see = recorder.express()
  const url = await listening((request, response) => see(request, response, () => response.end()))
  const words = (n: number) => [...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('')
  for (let i = 0; i < 300; i++) {
    await fetch(`${url}${i % 3 === 0 ? '/catalogue' : `/${words(i)}`}`)
  }
  await expect.poll(() => recorder.coverage().outside).toBe(300)
  const { examples } = recorder.coverage()
  expect(examples.length).toBeLessThanOrEqual(5)
  expect(examples[0]).toMatchObject({ method: 'GET', path: '/catalogue' })
  expect(examples[0]?.atLeast).toBeLessThanOrEqual(100)
})

test.each([0, 101, 1.5, Number.NaN])('%d examples are refused at the start', (examples) => {
  expect(() => recording(examples)).toThrow(/^Expected `coverage.examples` to be a whole number from 1 to 100, got/)
})
