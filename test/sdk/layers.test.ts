import { createRecorder } from '@tabiji/sdk'
import express from 'express'
import { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { movedTime } from '../../packages/sdk/src/testing/time.ts'
import { scanJourney, startScanner, step } from './testing/scanner.ts'

const journeys = scanJourney(
  step('start', { routes: [{ method: 'POST', path: '/scans' }] }),
  step('read', { routes: [{ method: 'GET', path: '/scans/:id' }] }),
  step('upload', { clock: 'body', routes: [{ method: 'PUT', path: '/photo' }] }),
)
const GET = (path: string) => `GET ${path} HTTP/1.1\r\nHost: scanner\r\n\r\n`
const PUT = (path: string, length: number, body: string) =>
  `PUT ${path} HTTP/1.1\r\nHost: scanner\r\nContent-Type: image/x-pgm\r\nContent-Length: ${length}\r\n\r\n${body}`

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

test('a client that leaves is not made an error by a handler that hears of it first', async () => {
  const { send, untilReached, counts } = await startScanner(journeys, ({ app, recorder, reached }) => {
    app.use(recorder.express())
    app.get('/start', recorder.step('scan', 'start'), (request, _response, next) => {
      // Emitted while the connection is being closed, before the response is told.
      request.once('aborted', () => next(new Error('aborted')))
      reached()
    })
    app.use(recorder.expressError())
  })
  const socket = send(GET('/start'))
  await untilReached()
  socket.destroy()
  expect(await counts(1)).toEqual({ 'start excluded': 1 })
})

test('a client that has left before its request reaches the step is booked all the same', async () => {
  const { send, untilReached, counts } = await startScanner(journeys, ({ app, recorder, reached }) => {
    app.use(recorder.express())
    app.use((_request, response, next) => {
      reached()
      response.once('close', () => setImmediate(next))
    })
    app.get('/start', recorder.step('scan', 'start'), (_request, response) => void response.json({}))
  })
  const socket = send(GET('/start'))
  await untilReached()
  socket.destroy()
  expect(await counts(1)).toEqual({ 'start excluded': 1 })
})

test('a response that the service destroys with an error is an error', async () => {
  const { send, counts } = await startScanner(journeys, ({ app, recorder }) => {
    app.get('/start', recorder.step('scan', 'start'), (_request, response) => {
      response.destroy(new Error('broken'))
    })
  })
  send(GET('/start'))
  expect(await counts(1)).toEqual({ 'start error': 1 })
})

test('a connection that the service itself cuts is its error, whatever it says about it', async () => {
  const { url, counts } = await startScanner(journeys, ({ app, recorder }) => {
    app.use(recorder.express())
    app.get('/response', recorder.step('scan', 'start'), (_request, response) => void response.destroy())
    app.get('/socket', recorder.step('scan', 'start'), (request, response) => {
      response.write('half')
      setImmediate(() => request.socket.destroy())
    })
  })
  for (const path of ['/response', '/socket']) {
    await fetch(`${url}${path}`)
      .then((answer) => answer.text())
      .catch(() => 'broken off')
  }
  expect(await counts(2)).toEqual({ 'start error': 2 })
})

test('an upload that is cut off in a parser before its route counts when it is matched', async () => {
  const { send, untilReached, counts } = await startScanner(journeys, ({ app, recorder, reached }) => {
    app.use(recorder.express({ match: true }))
    app.use((_request, _response, next) => {
      reached()
      next()
    })
    app.use(express.raw({ type: 'image/*' }))
    app.use(recorder.expressError())
  })
  const socket = send(PUT('/photo', 8, 'half'))
  await untilReached()
  socket.destroy()
  expect(await counts(1)).toEqual({ 'upload excluded': 1 })
})

test('two recorders that see one request book it once: the one that declared its step last', async () => {
  const registry = new Registry()
  const other = createRecorder(journeys, { registry, service: 'viewer', time: movedTime() })
  const { url, counts } = await startScanner(journeys, ({ app, recorder }) => {
    app.use(other.express({ match: true }), recorder.express({ match: true }))
    app.get('/scans/:id', (_request, response) => void response.json({}))
    app.post('/scans', recorder.step('scan', 'start'), (_request, response) => void response.json({}))
  })
  await fetch(`${url}/scans/7`)
  await fetch(`${url}/scans`, { method: 'POST' })
  expect(await counts(1)).toEqual({ 'start good': 1 })
  const theirs = await registry.metrics()
  expect(theirs).toContain('journey_step_events_total{journey="scan",step="read",outcome="good"} 1')
  expect(theirs).toContain('journey_step_events_total{journey="scan",step="start",outcome="good"} 0')
})

test('a step that is not declared is told, and its requests are answered', async () => {
  const { url, recorder } = await startScanner(journeys, ({ app, recorder }) => {
    app.use(recorder.express())
    app.get('/typo', recorder.step({ journey: 'scan', step: 'raed' }), (_request, response) => void response.json({}))
  })
  expect(await (await fetch(`${url}/typo`)).json()).toEqual({})
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('journey_sdk_dropped_total{reason="unknown-step"} 1')
  expect(recorder.coverage()).toMatchObject({ inJourneys: 0 })
})
