import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { serve } from '../wire/testing/servers.ts'
import { createHouse } from './door.ts'
import { type Hook, hookRoutes, refusal } from './hooks.ts'

async function open(hook: Partial<Hook>) {
  const reported: unknown[] = []
  const received: string[] = []
  const report = (error: unknown) => void reported.push(error)
  const receive: Hook['receive'] = ({ body }) => {
    received.push(body.toString())
    return { status: 200, body: { taken: true } }
  }
  const house = createHouse([hookRoutes([{ path: '/x/webhook', maxBytes: 100, receive, ...hook }], report)], report)
  const server = await serve(house)
  const post = async (body: string, headers: Record<string, string> = {}, path = '/x/webhook', method = 'POST') => {
    const response = await fetch(server.origin + path, { method, ...(method === 'POST' && { body }), headers })
    const text = await response.text()
    return { status: response.status, headers: response.headers, text }
  }
  return { post, reported, received, port: server.port }
}

test('a hook is handed the bytes as they came, whatever they are called', async () => {
  const { post, received } = await open({})
  const { status, text, headers } = await post('{"a" : 1 }', { 'content-type': 'application/x-www-form-urlencoded' })
  expect([status, text, received]).toEqual([200, '{"taken":true}', ['{"a" : 1 }']])
  expect(headers.get('cache-control')).toBe('no-store')
})

test.each([
  ['another method', '', {}, '/x/webhook', 'GET', 405, 'HOOK_METHOD'],
  ['another path', '', {}, '/y/webhook', 'POST', 404, 'NOT_FOUND'],
  ['too much', 'x'.repeat(101), {}, '/x/webhook', 'POST', 413, 'HOOK_TOO_LONG'],
  ['a compressed body', 'x', { 'content-encoding': 'gzip' }, '/x/webhook', 'POST', 415, 'HOOK_CONTENT_ENCODING'],
])('%s is refused', async (_, body, headers, path, method, expected, code) => {
  const { post, received } = await open({})
  const { status, text } = await post(body, headers, path, method)
  expect([status, JSON.parse(text).error.code, received]).toEqual([expected, code, []])
})

test('who is not admitted is refused before the body is taken', async () => {
  const { port, received } = await open({ admit: () => refusal(401, 'NO', 'no') })
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST /x/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\nnever all of it')
    })
    socket.once('data', (chunk) => {
      resolve(chunk.toString())
      socket.destroy()
    })
    socket.once('error', reject)
  })
  expect(answer).toContain('401')
  expect(received).toEqual([])
})

test('a delivery that could not be taken is to be sent again, and the reason stays here', async () => {
  const receive = () => {
    throw new Error('disk full at hunter2')
  }
  const { post, reported } = await open({ receive })
  const { status, text, headers } = await post('x')
  expect([status, JSON.parse(text).error.code, headers.get('retry-after')]).toEqual([503, 'HOOK_NOT_TAKEN', '5'])
  expect(text).not.toContain('hunter2')
  expect(reported).toHaveLength(1)
})
