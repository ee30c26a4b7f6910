import { once } from 'node:events'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import express from 'express'
import { describe, expect, test } from 'vitest'
import { scanJourney, startScanner, step } from './testing/scanner.ts'

const journeys = scanJourney(
  step('start'),
  step('upload', { clock: 'body', routes: [{ method: 'PUT', path: '/photo' }] }),
  step('watch', { clock: 'headers' }),
)
const GET = (path: string) => `GET ${path} HTTP/1.1\r\nHost: scanner\r\n\r\n`
const PUT = (path: string, length: number, body: string) =>
  `PUT ${path} HTTP/1.1\r\nHost: scanner\r\nContent-Type: image/x-pgm\r\nContent-Length: ${length}\r\n\r\n${body}`

describe('a client that leaves', () => {
  const waiting = () =>
    startScanner(journeys, ({ app, recorder, reached }) => {
      app.use(recorder.express())
      app.get('/start', recorder.step('scan', 'start'), () => reached())
      app.get('/broken', recorder.step('scan', 'start'), async () => {
        throw new Error('broken')
      })
      app.get('/wrong', recorder.step('scan', 'start'), async () => {
        throw Object.assign(new Error('wrong'), { status: 400 })
      })
      app.use(recorder.expressError())
      // An app whose own error page is slow.
      app.use((_error: unknown, _request: express.Request, _response: express.Response, _next: express.NextFunction) =>
        reached(),
      )
    })

  test.each([
    ['within the promise is excluded', 100, 'start excluded'],
    ['after the promise was let down', 101, 'start slow'],
  ])('%s', async (_what, ms, booked) => {
    const { send, untilReached, time, counts } = await waiting()
    const socket = send(GET('/start'))
    await untilReached()
    time.advance(ms)
    socket.destroy()
    expect(await counts(1)).toEqual({ [booked]: 1 })
  })

  test.each([
    ['met that error', '/broken', 'start error'],
    ['is excluded when its request was what was wrong', '/wrong', 'start excluded'],
  ])('after an error was thrown %s', async (_what, path, booked) => {
    const { send, untilReached, counts } = await waiting()
    const socket = send(GET(path))
    await untilReached()
    socket.destroy()
    expect(await counts(1)).toEqual({ [booked]: 1 })
  })

  test('is not made an error by a handler that hears of it first', async () => {
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

  test('is not made an error by what its leaving breaks', async () => {
    const { send, counts } = await startScanner(journeys, ({ app, recorder }) => {
      app.use(recorder.express())
      app.get('/start', recorder.step('scan', 'start'), async (_request, response) => {
        await pipeline(Readable.from(endless()), response)
      })
      app.use(recorder.expressError())
    })
    const socket = send(GET('/start'))
    await once(socket, 'data')
    socket.destroy()
    expect(await counts(1)).toEqual({ 'start excluded': 1 })
  })
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

describe('a response that breaks', () => {
  test('because of an error after its headers is an error', async () => {
    const { send, counts } = await startScanner(journeys, ({ app, recorder }) => {
      app.use(recorder.express())
      app.get('/start', recorder.step('scan', 'start'), async (_request, response) => {
        response.write('half')
        throw new Error('broken')
      })
      app.use(recorder.expressError())
    })
    send(GET('/start'))
    expect(await counts(1)).toEqual({ 'start error': 1 })
  })

  test('because the service destroyed it with an error is an error', async () => {
    const { send, counts } = await startScanner(journeys, ({ app, recorder }) => {
      app.get('/start', recorder.step('scan', 'start'), (_request, response) => {
        response.destroy(new Error('broken'))
      })
    })
    send(GET('/start'))
    expect(await counts(1)).toEqual({ 'start error': 1 })
  })
})

describe('a stream', () => {
  const streaming = (name: 'start' | 'watch') =>
    startScanner(journeys, ({ app, recorder, time }) => {
      app.use(recorder.express())
      app.get('/stream', recorder.step('scan', name), (request, response) => {
        time.advance(Number(request.query['before'] ?? 0))
        response.write('first')
        time.advance(Number(request.query['after'] ?? 0))
        if (request.query['end'] !== undefined) response.end('last')
      })
    })

  test.each([
    ['start', '?before=60&after=60&end=1', 'start slow'],
    ['watch', '?before=60&after=60&end=1', 'watch good'],
    ['watch', '?before=100&after=9000&end=1', 'watch good'],
    ['watch', '?before=101&after=0&end=1', 'watch slow'],
  ] as const)('of the step %s read to its end: %s', async (name, query, booked) => {
    const { url, counts } = await streaming(name)
    await (await fetch(`${url}/stream${query}`)).text()
    expect(await counts(1)).toEqual({ [booked]: 1 })
  })

  test.each([
    ['start', '?before=60', 'start excluded'],
    ['start', '?before=60&after=60', 'start slow'],
    ['watch', '?before=60&after=9000', 'watch good'],
    ['watch', '?before=101', 'watch slow'],
  ] as const)('of the step %s that its client leaves: %s', async (name, query, booked) => {
    const { send, counts } = await streaming(name)
    const socket = send(GET(`/stream${query}`))
    await once(socket, 'data')
    socket.destroy()
    expect(await counts(1)).toEqual({ [booked]: 1 })
  })
})

describe('an upload', () => {
  const uploading = () =>
    startScanner(journeys, ({ app, recorder, time, reached }) => {
      app.use(recorder.express())
      app.use((_request, _response, next) => {
        reached()
        next()
      })
      app.put('/photo', recorder.step('scan', 'upload'), express.raw({ type: 'image/*' }), (request, response) => {
        time.advance(Number(request.query['work'] ?? 0))
        response.json({ bytes: request.body.length })
      })
      app.put('/unread', recorder.step('scan', 'upload'), (_request, response) => {
        time.advance(101)
        response.json({})
      })
      app.use(recorder.expressError())
    })

  test('over a slow radio is judged from its last byte', async () => {
    const { send, untilReached, time, counts } = await uploading()
    const socket = send(PUT('/photo?work=100', 8, 'half'))
    await untilReached()
    time.advance(60_000)
    socket.write('half')
    await once(socket, 'data')
    expect(await counts(1)).toEqual({ 'upload good': 1 })
    socket.destroy()
  })

  test('that is worked on for too long is slow', async () => {
    const { send, counts } = await uploading()
    const socket = send(PUT('/photo?work=101', 4, 'full'))
    await once(socket, 'data')
    expect(await counts(1)).toEqual({ 'upload slow': 1 })
    socket.destroy()
  })

  test('that is cut off is excluded, however long it took', async () => {
    const { send, untilReached, time, counts } = await uploading()
    const socket = send(PUT('/photo', 8, 'half'))
    await untilReached()
    time.advance(60_000)
    socket.destroy()
    expect(await counts(1)).toEqual({ 'upload excluded': 1 })
  })

  test('that nobody reads is judged from the request', async () => {
    const { send, counts } = await uploading()
    const socket = send(PUT('/unread', 4, 'full'))
    await once(socket, 'data')
    expect(await counts(1)).toEqual({ 'upload slow': 1 })
    socket.destroy()
  })

  test('that is cut off in a parser before its route counts when it is matched', async () => {
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
})

test('requests of one connection are separate events, and a mark stays with its own', async () => {
  const { send, counts } = await startScanner(journeys, ({ app, recorder, time }) => {
    app.use(recorder.express())
    app.put('/photo', recorder.step('scan', 'upload'), express.raw({ type: 'image/*' }), (request, response) => {
      if (request.body.toString() === 'bad!') recorder.fail('no-feet-found')
      response.json({})
    })
    app.get('/start', recorder.step('scan', 'start'), (_request, response) => {
      time.advance(60)
      response.json({})
    })
    app.get('/other', (_request, response) => {
      recorder.fail('belongs-to-no-step')
      response.json({})
    })
  })
  const requests = [PUT('/photo', 4, 'bad!'), GET('/other'), GET('/start'), PUT('/photo', 4, 'good'), GET('/start')]
  const socket = send('')
  for (const request of requests) {
    socket.write(request)
    await once(socket, 'data')
  }
  expect(await counts(4)).toEqual({ 'upload error': 1, 'upload good': 1, 'start good': 2 })
  socket.write(requests.join(''))
  expect(await counts(8)).toEqual({ 'upload error': 2, 'upload good': 2, 'start good': 4 })
  socket.destroy()
})

async function* endless() {
  while (true) {
    yield 'more '
    await new Promise((done) => setImmediate(done))
  }
}
