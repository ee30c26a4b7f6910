import express, { type ErrorRequestHandler } from 'express'
import { expect, test } from 'vitest'
import { scanJourney, startScanner, step } from './testing/scanner.ts'

const STATUSES = { good: [404], bad: [422], excluded: [] }
const journeys = scanJourney(
  step('start', { routes: [{ method: 'POST', path: '/scans' }] }),
  step('read', { routes: [{ method: 'GET', path: '/scans/:id' }], statuses: STATUSES }),
)

/** Answers with the status, after the milliseconds, that the path says. */
const scanner = () =>
  startScanner(journeys, ({ app, recorder, time }) => {
    app.use(recorder.express())
    app.get('/:step/:status/:ms', (request, response, next) => {
      const { step: name, status, ms } = request.params
      recorder.step('scan', name)(request, response, () => {
        time.advance(Number(ms))
        response.sendStatus(Number(status))
      })
      if (response.writableEnded) return
      next()
    })
  })

test.each([
  ['200 in time', '/start/200/100', 'start good'],
  ['200 late', '/start/200/101', 'start slow'],
  ['304 in time', '/start/304/0', 'start good'],
  ['404', '/start/404/0', 'start excluded'],
  ['404 of a step that calls it good', '/read/404/0', 'read good'],
  ['422 of a step that calls it bad', '/read/422/500', 'read error'],
  ['429', '/start/429/0', 'start error'],
  ['503 late', '/start/503/500', 'start error'],
])('%s', async (_what, path, booked) => {
  const { url, counts } = await scanner()
  await fetch(`${url}${path}`)
  expect(await counts(1)).toEqual({ [booked]: 1 })
})

test('a request of no step books nothing', async () => {
  const { url, counts } = await scanner()
  await fetch(`${url}/wp-admin.php`)
  await fetch(`${url}/start/200/0`)
  expect(await counts(1)).toEqual({ 'start good': 1 })
})

test('marks reach their event through a body parser, timers and a lost context', async () => {
  const { url, counts } = await startScanner(journeys, ({ app, recorder }) => {
    app.use(recorder.express())
    app.post('/scans', recorder.step('scan', 'start'), express.json(), async (request, response) => {
      await new Promise((done) => setTimeout(done, 1))
      if (request.body.say === 'fail') recorder.fail('no-feet-found')
      if (request.body.say === 'exclude') recorder.exclude('test-traffic')
      response.json({})
    })
    const lost: (() => void)[] = []
    app.get('/lost', recorder.step('scan', 'read'), (_request, response) => {
      lost.push(() => {
        recorder.fail('pool-exhausted', response)
        response.json({})
      })
    })
    app.get('/find', (_request, response) => {
      for (const run of lost.splice(0)) run()
      response.json({})
    })
  })
  const post = (say: string) =>
    fetch(`${url}/scans`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ say }),
    })
  await Promise.all([post('fail'), post('exclude'), post('nothing'), post('fail')])
  const lost = fetch(`${url}/lost`)
  expect(await counts(4)).toEqual({ 'start good': 1, 'start error': 2, 'start excluded': 1 })
  let found = false
  void lost.then(() => {
    found = true
  })
  while (!found) await fetch(`${url}/find`)
  expect(await counts(5)).toMatchObject({ 'read error': 1 })
})

test('a thrown error is what the app answers to it', async () => {
  const conflict: ErrorRequestHandler = (error, _request, response, next) => {
    if (error.message === 'conflict') response.sendStatus(409)
    else next(error)
  }
  const { url, counts } = await startScanner(journeys, ({ app, recorder }) => {
    app.use(recorder.express())
    app.get('/sync', recorder.step('scan', 'start'), () => {
      throw new Error('broken')
    })
    app.get('/async', recorder.step('scan', 'start'), async () => {
      throw new Error('broken')
    })
    app.get('/conflict', recorder.step('scan', 'start'), async () => {
      throw new Error('conflict')
    })
    app.use(recorder.expressError(), conflict)
  })
  for (const path of ['/sync', '/async', '/conflict']) await fetch(`${url}${path}`)
  expect(await counts(3)).toEqual({ 'start error': 2, 'start excluded': 1 })
})

test('a step in a mounted router counts under its name, whatever the path', async () => {
  const { url, counts } = await startScanner(journeys, ({ app, recorder }) => {
    const router = express.Router()
    router.get('/:id', recorder.step('scan', 'read'), (_request, response) => void response.json({}))
    app.use(recorder.express())
    app.use('/tenants/:tenant', router)
  })
  for (const tenant of ['acme', 'globex']) await fetch(`${url}/tenants/${tenant}/7`)
  expect(await counts(2)).toEqual({ 'read good': 2 })
})

test('a request that several layers see is one event, of the step that its route declares', async () => {
  const { url, counts } = await startScanner(journeys, ({ app, recorder }) => {
    app.use(recorder.express({ match: true }), recorder.express(), recorder.express({ match: true }))
    app.post('/scans', recorder.step('scan', 'start'), (_request, response) => void response.json({}))
    // The journeys file calls this path `read`; the route knows better.
    app.get('/scans/:id', recorder.step('scan', 'start'), (_request, response) => void response.json({}))
  })
  await fetch(`${url}/scans`, { method: 'POST' })
  await fetch(`${url}/scans/7?from=mail`)
  expect(await counts(2)).toEqual({ 'start good': 2 })
})

test('matching by the journeys file needs nothing on the routes and counts refusals before them', async () => {
  const { url, counts } = await startScanner(journeys, ({ app, recorder }) => {
    app.use(recorder.express({ match: true }))
    app.use((request, response, next) => {
      if (request.query['flood'] === undefined) next()
      else response.sendStatus(429)
    })
    app.get('/scans/:id', (_request, response) => void response.json({}))
  })
  await fetch(`${url}/scans/7?from=mail`)
  await fetch(`${url}/scans/7`, { method: 'HEAD' })
  await fetch(`${url}/scans/7?flood=1`)
  await fetch(`${url}/other/7`)
  expect(await counts(3)).toEqual({ 'read good': 2, 'read error': 1 })
})

test('a step works without the middleware', async () => {
  const { url, counts } = await startScanner(journeys, ({ app, recorder, time }) => {
    app.get('/scans/:id', recorder.step('scan', 'read'), (_request, response) => {
      time.advance(101)
      response.json({})
    })
  })
  await fetch(`${url}/scans/7`)
  expect(await counts(1)).toEqual({ 'read slow': 1 })
})
