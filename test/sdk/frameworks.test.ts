import { once } from 'node:events'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { express } from './testing/frameworks/express.ts'
import { fastify } from './testing/frameworks/fastify.ts'
import { hono } from './testing/frameworks/hono.ts'
import type { Framework, Mode } from './testing/frameworks/kit.ts'
import { koa } from './testing/frameworks/koa.ts'
import { type Measured, measure } from './testing/frameworks/measured.ts'
import { nest } from './testing/frameworks/nest.ts'
import { node } from './testing/frameworks/node.ts'

/** Every framework, by every way of being measured, passes the same expectations; where one cannot, it is stated here. */
const FRAMEWORKS: readonly Framework[] = [...express, fastify, koa, hono, ...nest, node]
const MODES: readonly Mode[] = ['declared', 'match', 'auto', 'auto and declared']

/** What an answer that a thrown error tears looks like to who is not told of the error. */
const TORN_UNTOLD = { cut: 'start error', ended: 'start good', 'left open': 'start excluded', cannot: '' } as const

const GET = (path: string) => `GET ${path} HTTP/1.1\r\nHost: scanner\r\n\r\n`
const PUT = (path: string, length: number, body: string) =>
  `PUT ${path} HTTP/1.1\r\nHost: scanner\r\nContent-Type: image/x-pgm\r\nContent-Length: ${length}\r\n\r\n${body}`

describe.each(FRAMEWORKS)('$name', (framework) => {
  describe.each(MODES)('measured by %s', (mode) => {
    let app: Measured
    const sockets: Socket[] = []
    const send = (text: string) => {
      const socket = app.send(text)
      sockets.push(socket)
      return socket
    }
    const get = async (path: string) => (await fetch(`${app.url}${path}`)).text().catch(() => 'broken off')
    /** Sends, and waits until the app has seen so many requests more. */
    const sendSeen = async (text: string, requests = 1) => {
      const seen = () => app.kit.recorder.coverage().requests
      const before = seen()
      const socket = send(text)
      await expect.poll(seen, { interval: 2, timeout: 30_000 }).toBe(before + requests)
      return socket
    }
    const claimsByRoute = mode !== 'declared'
    const seesThrown = mode !== 'auto' && framework.tellsThrown

    beforeAll(async () => {
      app = await measure(framework, mode)
    })
    afterAll(async () => {
      for (const socket of sockets) socket.destroy()
      await app.close()
    })

    test.each([
      ['200 in time', '/answer/200/100', 'start good'],
      ['200 late', '/answer/200/101', 'start slow'],
      ['302', '/answer/302/0', 'start good'],
      ['404', '/answer/404/0', 'start excluded'],
      ['422', '/answer/422/0', 'start excluded'],
      ['404 of a step that calls it good, in a mounted router', '/tenants/acme/items/7?status=404', 'read good'],
      ['422 of a step that calls it bad', '/tenants/globex/items/7?status=422&ms=500', 'read error'],
      ['429', '/answer/429/0', 'start error'],
      ['503 late', '/answer/503/500', 'start error'],
      ['an error that a handler throws', '/throw', 'start error'],
      ['an error that its promise rejects with', '/reject', 'start error'],
      ['an error that says that the request is wrong', '/wrong', 'start excluded'],
    ])('%s', async (_what, path, booked) => {
      await fetch(`${app.url}${path}`, { redirect: 'manual' })
      expect(await app.added(1)).toEqual({ [booked]: 1 })
    })

    test('what no step claims books nothing: another path, another method, a route of no step', async () => {
      await get('/wp-admin.php')
      await fetch(`${app.url}/hang`, { method: 'DELETE' })
      await get('/outside')
      await get('/answer/200/0')
      expect(await app.added(1)).toEqual({ 'start good': 1 })
    })

    test.each([
      ['within the promise is excluded', 100, 'start excluded'],
      ['after the promise was let down', 101, 'start slow'],
    ])('a client that leaves %s', async (_what, ms, booked) => {
      const socket = send(GET('/hang'))
      await app.untilReached()
      app.kit.time.advance(ms)
      socket.destroy()
      expect(await app.added(1)).toEqual({ [booked]: 1 })
    })

    test('a client that resets the connection has left too', async () => {
      const socket = send(GET('/hang'))
      await app.untilReached()
      socket.resetAndDestroy()
      expect(await app.added(1)).toEqual({ 'start excluded': 1 })
    })

    test(`a client that leaves before a slow error page ${seesThrown ? 'has met that error' : 'is taken for impatient'}`, async () => {
      const socket = send(GET('/late'))
      await app.untilReached()
      socket.destroy()
      expect(await app.added(1)).toEqual({ [seesThrown ? 'start error' : 'start excluded']: 1 })
    })

    test('a client that leaves an endless stream is not made an error by what its leaving breaks', async () => {
      const socket = send(GET('/endless'))
      await once(socket, 'data')
      socket.destroy()
      expect(await app.added(1)).toEqual({ 'start excluded': 1 })
    })

    test('a stream that breaks after its headers is an error', async () => {
      const socket = send(GET('/half'))
      await once(socket, 'data')
      app.release()
      expect(await app.added(1)).toEqual({ 'start error': 1 })
      socket.destroy()
    })

    const torn = mode === 'auto' ? TORN_UNTOLD[framework.torn] : 'start error'
    const tearing = framework.torn === 'cannot' ? [] : [['/torn', torn] as const]
    test.each(tearing)('an error in the middle of the answer %s: %s', async (path, booked) => {
      const socket = send(GET(path))
      // A connection may be cut before anything of the answer has gone.
      await Promise.race([once(socket, 'data'), once(socket, 'close')])
      if (framework.torn === 'left open') socket.destroy()
      expect(await app.added(1)).toEqual({ [booked]: 1 })
      socket.destroy()
    })

    test.each([
      ['/stream?before=60', 60, 'start slow'],
      ['/stream?before=60', 40, 'start good'],
      ['/watch?before=100', 9000, 'watch good'],
      ['/watch?before=101', 0, 'watch slow'],
    ])('the stream %s read to its end %d ms later', async (path, ms, booked) => {
      const socket = send(GET(path))
      await once(socket, 'data')
      app.kit.time.advance(ms)
      app.release()
      expect(await app.added(1)).toEqual({ [booked]: 1 })
      socket.destroy()
    })

    test.each([
      ['/stream?before=60', 0, 'start excluded'],
      ['/stream?before=60', 60, 'start slow'],
      ['/watch?before=60', 9000, 'watch good'],
      ['/watch?before=101', 0, 'watch slow'],
    ])('the stream %s that its client leaves %d ms later', async (path, ms, booked) => {
      const socket = send(GET(path))
      await once(socket, 'data')
      app.kit.time.advance(ms)
      socket.destroy()
      expect(await app.added(1)).toEqual({ [booked]: 1 })
    })

    test('an upload over a slow radio is judged from its last byte', async () => {
      const socket = await sendSeen(PUT('/photo?work=100', 8, 'half'))
      app.kit.time.advance(60_000)
      socket.write('half')
      await once(socket, 'data')
      expect(await app.added(1)).toEqual({ 'upload good': 1 })
      socket.destroy()
    })

    test('an upload that is worked on for too long is slow', async () => {
      const socket = send(PUT('/photo?work=101', 4, 'full'))
      await once(socket, 'data')
      expect(await app.added(1)).toEqual({ 'upload slow': 1 })
      socket.destroy()
    })

    test('an upload whose answer does not need it is judged from its beginning', async () => {
      const socket = send(PUT('/unread', 4, 'full'))
      await once(socket, 'data')
      expect(await app.added(1)).toEqual({ 'upload slow': 1 })
      socket.destroy()
    })

    test('an upload that is cut off is excluded, however long it took', async () => {
      const socket = await sendSeen(PUT('/photo', 8, 'half'))
      app.kit.time.advance(60_000)
      socket.destroy()
      expect(await app.added(1)).toEqual({ 'upload excluded': 1 })
    })

    test('marks reach their event through a body parser, timers and a lost context', async () => {
      const post = (say: string) =>
        fetch(`${app.url}/mark`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ say }),
        })
      await Promise.all([post('fail'), post('exclude'), post('nothing'), post('fail')])
      expect(await app.added(4)).toEqual({ 'start good': 1, 'start error': 2, 'start excluded': 1 })
      const lost = get('/lost')
      await app.untilReached()
      await get('/find')
      await lost
      expect(await app.added(1)).toEqual({ 'start error': 1 })
    })

    test('requests of one connection are separate events, one after the other and pipelined', async () => {
      const requests = [
        PUT('/photo?work=101', 4, 'full'),
        GET('/outside'),
        GET('/answer/200/60'),
        PUT('/photo', 4, 'full'),
        GET('/answer/200/60'),
      ]
      const socket = send('')
      for (const request of requests) {
        socket.write(request)
        await once(socket, 'data')
      }
      expect(await app.added(4)).toEqual({ 'upload slow': 1, 'upload good': 1, 'start good': 2 })
      socket.write([GET('/answer/200/0'), GET('/outside'), GET('/tenants/a/items/1'), GET('/answer/503/0')].join(''))
      expect(await app.added(3)).toEqual({ 'start good': 1, 'read good': 1, 'start error': 1 })
      socket.destroy()
    })

    test('a pipelined request whose connection goes before its turn is booked with the one before it', async () => {
      const socket = await sendSeen(GET('/hang') + GET('/hang'), 2)
      socket.destroy()
      expect(await app.added(2)).toEqual({ 'start excluded': 2 })
    })

    const sees = claimsByRoute || framework.declaresBeforeGate
    test(`a refusal before the route ${sees ? 'is an error of its step' : 'is not known to be of a step'}`, async () => {
      await get('/refused')
      await get('/answer/200/0')
      expect(await app.added(sees ? 2 : 1)).toEqual({ 'start good': 1, ...(sees && { 'start error': 1 }) })
    })

    test('a HEAD request is of the step of its GET', async () => {
      await fetch(`${app.url}/answer/200/0`, { method: 'HEAD' })
      expect(await app.added(1)).toEqual({ 'start good': 1 })
    })
  })
})
