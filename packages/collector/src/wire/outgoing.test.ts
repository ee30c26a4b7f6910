import { getEventListeners } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import type { LookUp } from './guarded-lookup.ts'
import { createOutgoing, type OutgoingRequest } from './outgoing.ts'
import { serve } from './testing/servers.ts'

function outgoing(lookUp?: LookUp) {
  const made = createOutgoing(lookUp)
  onTestFinished(() => made.close())
  const controller = new AbortController()
  const send = (url: string, over: Partial<OutgoingRequest> = {}, signal = controller.signal) =>
    made.send({ url, method: 'GET', timeoutMs: 5_000, maxBytes: 1_000, ...over }, signal)
  return { send, controller }
}

const names =
  (...addresses: readonly string[]): LookUp =>
  (_hostname, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )

test('an answer comes with status, headers and body', async () => {
  const server = await serve((_, response) => response.writeHead(201, { 'X-A': ['1', '2'] }).end('足'))
  const answer = await outgoing().send(`${server.origin}/x`, { method: 'POST', body: 'hello' })
  expect(answer).toMatchObject({ kind: 'answer', status: 201, body: '足', bytes: Buffer.from('足') })
  expect(answer.kind === 'answer' && answer.headers['x-a']).toBe('1, 2')
})

test('answers in memory that is used again are whole while they are read, also beside trickling ones that are given up', async () => {
  const server = await serve(({ url = '' }, response) => {
    const [, letter = '', times] = url.split('/')
    if (letter === 'trickle') {
      const timer = setInterval(() => response.write('!'.repeat(70_000)), 2)
      response.once('close', () => clearInterval(timer))
      return
    }
    for (let i = 0; i < Number(times); i++) response.write(letter.repeat(1_000))
    response.end()
  })
  const made = createOutgoing()
  onTestFinished(() => made.close())
  const { signal } = new AbortController()
  const read = (path: string, timeoutMs = 10_000) => {
    const request = { url: `${server.origin}/${path}`, method: 'GET', timeoutMs, maxBytes: 50_000_000 } as const
    return made.sendAndUse(request, signal, async (answer) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      return answer.kind === 'answer' ? answer.bytes.toString() : answer.failure
    })
  }
  for (let round = 0; round < 3; round++) {
    const sizes = Array.from({ length: 12 }, (_, i) => ({ letter: 'abcdefghijkl'[i] as string, times: i * i + round }))
    const [bodies] = await Promise.all([
      Promise.all(sizes.map(({ letter, times }) => read(`${letter}/${times}`))),
      ...[20, 40, 60].map(async (timeoutMs) => expect(await read('trickle', timeoutMs)).toBe('timeout')),
    ])
    expect(bodies).toEqual(sizes.map(({ letter, times }) => letter.repeat(1_000 * times)))
  }
})

test('an answer that is longer than it may be is given up in memory that is used again, too', async () => {
  const server = await serve((_, response) => response.end('x'.repeat(1_001)))
  const made = createOutgoing()
  onTestFinished(() => made.close())
  const request = { url: server.origin, method: 'GET', timeoutMs: 5_000 } as const
  const failureOf = (maxBytes: number) =>
    made.sendAndUse({ ...request, maxBytes }, new AbortController().signal, async (answer) =>
      answer.kind === 'failed' ? answer.failure : answer.bytes.length,
    )
  expect([await failureOf(1_000), await failureOf(1_001)]).toEqual(['too_large', 1_001])
})

test('a redirect to another origin is an answer, and nobody is called there', async () => {
  const other = await serve((_, response) => response.end())
  const server = await serve((_, response) => response.writeHead(302, { Location: other.origin }).end())
  const headers = { authorization: 'Bearer hunter2' }
  expect(await outgoing().send(server.origin, { headers })).toMatchObject({ kind: 'answer', status: 302 })
  expect(other.requests).toEqual([])
})

test('a server that never answers is left after the time', async () => {
  const server = await serve(() => {})
  const answer = await outgoing().send(server.origin, { timeoutMs: 500 })
  expect(answer).toMatchObject({ failure: 'timeout', message: 'Expected an answer within 500 ms, got none' })
  expect(answer).toMatchObject({ ambiguous: true })
  await server.closed
})

test('a server that trickles is left after the time, however often it sends', async () => {
  const server = await serve((_, response) => {
    const timer = setInterval(() => response.write('x'), 5)
    response.once('close', () => clearInterval(timer))
  })
  expect(await outgoing().send(server.origin, { timeoutMs: 500 })).toMatchObject({ failure: 'timeout' })
  await server.closed
})

test('the time also ends a request that finds no connection, and then nothing is sent', async () => {
  const server = await serve((_, response) => response.end())
  let tell = () => {}
  const late: LookUp = (_hostname, _options, callback) => {
    tell = () => callback(null, [{ address: '127.0.0.1', family: 4 }])
  }
  const { send } = outgoing(late)
  const url = `http://service.example:${server.port}/`
  expect(await send(url, { timeoutMs: 100 })).toMatchObject({ failure: 'timeout', ambiguous: false })
  tell()
  expect(await outgoing().send(server.origin)).toMatchObject({ kind: 'answer' })
  expect(server.requests).toHaveLength(1)
})

test('the last request for a while ends its connection', async () => {
  const server = await serve((_, response) => response.end('x'))
  expect(await outgoing().send(server.origin, { isLast: true })).toMatchObject({ kind: 'answer', body: 'x' })
  await server.closed
  expect(server.requests[0]?.headers).toMatchObject({ connection: 'close' })
})

test('a connection serves the next request, unless its server ends it within a second', async () => {
  const ports = { 'timeout=5': new Set<unknown>(), 'timeout=1': new Set<unknown>() }
  const { send } = outgoing()
  for (const [hint, seen] of Object.entries(ports)) {
    const server = await serve((request, response) => {
      seen.add(request.socket.remotePort)
      response.writeHead(200, { 'Keep-Alive': hint }).end()
    })
    for (let i = 0; i < 3; i++) await send(server.origin)
  }
  expect([ports['timeout=5'].size, ports['timeout=1'].size]).toEqual([1, 3])
})

test('a connection that nobody needs ends before its server would end it, and at once when the way out is closed', async () => {
  const waiting = await serve((_, response) => response.writeHead(200, { 'Keep-Alive': 'timeout=2' }).end())
  const closed = await serve((_, response) => response.writeHead(200, { 'Keep-Alive': 'timeout=600' }).end())
  const made = createOutgoing()
  const request = { method: 'GET', timeoutMs: 5_000, maxBytes: 1_000 } as const
  const { signal } = new AbortController()
  for (const { origin } of [waiting, closed]) await made.send({ ...request, url: origin }, signal)
  await waiting.closed
  made.close()
  await closed.closed
})

test('a change of protocol is no answer', async () => {
  const server = await serve((request) => {
    request.socket.end('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n')
  })
  expect(await outgoing().send(server.origin)).toMatchObject({ failure: 'unreachable', ambiguous: true })
})

test.each(['GET', 'DELETE', 'OPTIONS', 'POST'] as const)('%s carries what it is given', async (method) => {
  const server = await serve((request, response) => request.pipe(response))
  const answer = await outgoing().send(server.origin, { method, body: '足' })
  expect(answer).toMatchObject({ kind: 'answer', body: '足' })
  expect(server.requests[0]?.headers).toMatchObject({ 'content-length': '3' })
})

test('ten megabytes are not read to their end', async () => {
  const server = await serve((_, response) => response.end(Buffer.alloc(10_000_000)))
  const message = 'Expected an answer of at most 1000 bytes, but it goes on'
  expect(await outgoing().send(server.origin)).toMatchObject({ failure: 'too_large', message })
  await server.closed
})

test('a body of exactly the limit is read', async () => {
  const server = await serve((_, response) => response.end(Buffer.alloc(1_000)))
  expect(await outgoing().send(server.origin)).toMatchObject({ kind: 'answer', status: 200 })
})

test('a reset connection may have carried the request', async () => {
  const server = await serve((request) => request.socket.resetAndDestroy())
  expect(await outgoing().send(server.origin)).toMatchObject({ failure: 'unreachable', ambiguous: true })
})

test('a body that ends before its stated length is no answer', async () => {
  const server = await serve((_, response) => {
    response.writeHead(200, { 'Content-Length': 10 }).write('short')
    response.socket?.end()
  })
  expect(await outgoing().send(server.origin)).toMatchObject({ failure: 'unreachable' })
})

test('where nobody listens nothing was sent', async () => {
  const { send } = outgoing()
  expect(await send('http://127.0.0.1:1/')).toMatchObject({
    failure: 'unreachable',
    message: 'The connection failed (ECONNREFUSED)',
    ambiguous: false,
  })
})

test.each(['http://169.254.169.254/latest', 'http://[::ffff:a9fe:a9fe]/', 'http://2852039166/', 'http://0.0.0.0:1/'])(
  '%s is refused without a connection',
  async (url) => {
    expect(await outgoing().send(url)).toMatchObject({ failure: 'forbidden_address', ambiguous: false })
  },
)

test('a name is refused when any of its addresses is forbidden', async () => {
  const server = await serve((_, response) => response.end())
  const url = `http://service.example:${server.port}/`
  for (const addresses of [['169.254.169.254'], ['127.0.0.1', 'fe80::1']]) {
    expect(await outgoing(names(...addresses)).send(url)).toMatchObject({ failure: 'forbidden_address' })
  }
  expect(server.requests).toEqual([])
  expect(await outgoing(names('127.0.0.1')).send(url)).toMatchObject({ kind: 'answer', status: 200 })
})

test('a name that nobody knows is unreachable', async () => {
  const unknown: LookUp = (_, __, callback) => callback(Object.assign(new Error('x'), { code: 'ENOTFOUND' }), [])
  const answer = await outgoing(unknown).send('http://nowhere.example/')
  expect(answer).toMatchObject({ message: 'The connection failed (ENOTFOUND)', ambiguous: false })
})

test('the caller calls a request off', async () => {
  const { send, controller } = outgoing()
  const server = await serve(() => controller.abort())
  const message = 'The request was called off before an answer came'
  expect(await send(server.origin)).toMatchObject({ failure: 'unreachable', message })
  expect(await send(server.origin)).toMatchObject({ failure: 'unreachable', message })
  expect(server.requests).toHaveLength(1)
})

test('a request leaves nothing behind at the signal of its caller', async () => {
  const server = await serve((_, response) => response.end())
  const { send, controller } = outgoing()
  for (let i = 0; i < 3; i++) await send(server.origin)
  expect(getEventListeners(controller.signal, 'abort')).toEqual([])
})

test.each(['not an address', 'ftp://127.0.0.1/'])('%j is a failure, not an exception', async (url) => {
  const message = 'Expected an address as http://… or https://…'
  expect(await outgoing().send(url)).toMatchObject({ failure: 'unreachable', message, ambiguous: false })
})

test('no message holds a secret of the address or of a header', async () => {
  const { send } = outgoing()
  const server = await serve((request) => request.socket.destroy())
  const secretive = server.origin.replace('//', '//user:hunter2@')
  const headers = { authorization: 'Bearer hunter2\n' }
  const answers = [
    await send(`${secretive}/hunter2?token=hunter2`),
    await send('http://127.0.0.1:1/hunter2?token=hunter2'),
    await send(`${server.origin}/`, { headers }),
    await send('http://hunter2:x'),
  ]
  expect(answers.map((answer) => answer.kind)).toEqual(['failed', 'failed', 'failed', 'failed'])
  expect(JSON.stringify(answers)).not.toContain('hunter2')
})
