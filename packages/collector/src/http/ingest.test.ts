import { request as httpRequest } from 'node:http'
import { HAND_OVER_PATH } from '@tabiji/core/journey'
import type { Reading } from '@tabiji/core/ledger'
import express from 'express'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { FUZZ_TIMEOUT_MS, fuzzRuns } from '../wire/testing/fuzz.ts'
import { serve } from '../wire/testing/servers.ts'
import { type IngestOptions, ingestRoutes } from './ingest.ts'

const ARRIVED = Date.parse('2026-10-01T12:00:00Z')
const DOCUMENT = {
  schema: 'tabiji.hand-over/v1',
  processId: 'p-1',
  service: 'body-api',
  startedAt: '2026-10-01T09:00:00Z',
  at: '2026-10-01T11:59:59Z',
  fingerprint: '0123456789abcdef',
  sdkVersion: '0.1.0',
  steps: [{ journey: 'measure-feet', step: 'upload', counts: [10, 2, 1, 0] }],
}

async function door(over: Partial<IngestOptions> = {}) {
  const submitted: Reading[] = []
  const submit = async (reading: Reading) => {
    submitted.push(reading)
  }
  const options = {
    intake: { submit },
    tokens: [],
    services: new Set(['body-api', 'view-api']),
    maxBytes: 2_000,
    now: () => ARRIVED,
  }
  const server = await serve(express().use(ingestRoutes({ ...options, ...over })))
  const url = server.origin + HAND_OVER_PATH
  const post = async (body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body)
    const sent = { 'content-type': 'application/json', ...headers }
    const response = await fetch(url, { method: 'POST', body: text as NonNullable<RequestInit['body']>, headers: sent })
    const answer = (await response.json()) as { error?: { code: string; problems: { message: string }[] } }
    return { status: response.status, headers: response.headers, answer, code: answer.error?.code }
  }
  return { post, submitted, url, port: server.port }
}

const TOKENS = [
  { service: 'body-api', token: () => 'body-secret' },
  { service: 'body-api', token: () => 'next-body-secret' },
  { service: 'view-api', token: () => 'view-secret' },
]

test('a hand-over is accepted, as a reading of the moment when it arrived', async () => {
  const { post, submitted } = await door()
  const { status, answer } = await post(DOCUMENT, { 'content-type': 'Application/JSON; charset=UTF-8' })
  expect([status, answer]).toEqual([200, { accepted: true }])
  expect(submitted).toMatchObject([{ at: ARRIVED, speaker: { id: 'p-1', service: 'body-api' } }])
})

test('it is answered only after the reading is on disk', async () => {
  const order: string[] = []
  let commit = () => {}
  const submit = () =>
    new Promise<void>((resolve) => {
      commit = () => {
        order.push('committed')
        resolve()
      }
      // Whatever could answer too early has had its turns before this one.
      setImmediate(() => setImmediate(() => commit()))
    })
  const { post } = await door({ intake: { submit } })
  const { status } = await post(DOCUMENT).finally(() => order.push('answered'))
  expect([status, order]).toEqual([200, ['committed', 'answered']])
})

test('a reading that could not be written is to be sent again', async () => {
  const submit = () => Promise.reject(new Error('disk full at hunter2'))
  const { post } = await door({ intake: { submit } })
  const { status, headers, answer, code } = await post(DOCUMENT)
  expect([status, headers.get('retry-after'), code]).toEqual([503, '5', 'INGEST_NOT_WRITTEN'])
  expect(JSON.stringify(answer)).not.toContain('hunter2')
})

test('everything that is wrong with a document is told at once', async () => {
  const { post, submitted } = await door()
  const { status, answer } = await post({
    ...DOCUMENT,
    at: 'now',
    steps: [{ journey: '', step: 's', counts: [0.5, 0, 0, 0] }],
  })
  expect(status).toBe(400)
  expect(answer.error).toMatchObject({
    code: 'INGEST_WRONG',
    problems: [
      { message: 'Expected `at` to be a time in ISO 8601 with offset, got "now"' },
      {
        message: 'Expected `steps[0].journey` to be 1 to 128 characters without blanks and control characters, got ""',
      },
      { message: 'Expected `steps[0].counts[0]` to be a whole number, got 0.5' },
    ],
  })
  expect(submitted).toEqual([])
})

test.each<[string, unknown, Record<string, string>, number, string]>([
  ['half a document', '{"schema":', {}, 400, 'INGEST_UNREADABLE'],
  ['bytes that are no UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22]), {}, 400, 'INGEST_UNREADABLE'],
  ['nothing', '', {}, 400, 'INGEST_UNREADABLE'],
  ['a form', 'a=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'INGEST_CONTENT_TYPE'],
  ['another charset', DOCUMENT, { 'content-type': 'application/json; charset=utf-16' }, 415, 'INGEST_CONTENT_TYPE'],
  ['a compressed body', DOCUMENT, { 'content-encoding': 'gzip' }, 415, 'INGEST_CONTENT_ENCODING'],
  ['too many bytes', { ...DOCUMENT, more: 'x'.repeat(2_000) }, {}, 413, 'INGEST_TOO_LONG'],
  ['many megabytes', 'x'.repeat(20_000_000), {}, 413, 'INGEST_TOO_LONG'],
  ['an unknown service', { ...DOCUMENT, service: 'nobody' }, {}, 403, 'INGEST_UNKNOWN_SERVICE'],
])('%s is refused', async (_, body, headers, status, code) => {
  const { post, submitted } = await door()
  expect(await post(body, headers)).toMatchObject({ status, code })
  expect(submitted).toEqual([])
})

test('a body without a stated length is cut off at the limit too', async () => {
  const { url } = await door()
  const stream = new Blob(Array.from({ length: 300 }, () => 'x'.repeat(1_000))).stream()
  const init = { method: 'POST', body: stream, headers: { 'content-type': 'application/json' }, duplex: 'half' }
  expect((await fetch(url, init as RequestInit)).status).toBe(413)
})

test('only POST is served', async () => {
  const { url } = await door()
  const response = await fetch(url)
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
})

test.each([
  [undefined, 401],
  ['Bearer wrong', 401],
  ['Bearer ', 401],
  ['Basic Ym9keS1zZWNyZXQ6', 401],
  ['Bearer body-secre', 401],
  ['Bearer body-secrett', 401],
  ['Bearer view-secret', 403],
  ['Bearer body-secret', 200],
  ['bearer next-body-secret', 200],
])('with tokens, %j may speak for body-api: %d', async (authorization, status) => {
  const { post, submitted } = await door({ tokens: TOKENS })
  const answer = await post(DOCUMENT, authorization === undefined ? {} : { authorization })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null)
  expect(submitted).toHaveLength(status === 200 ? 1 : 0)
})

test('the token is asked for before the body is read', async () => {
  const { post } = await door({ tokens: TOKENS })
  expect(await post('x'.repeat(5_000))).toMatchObject({ status: 401, code: 'INGEST_UNAUTHORIZED' })
})

test.each([
  ['localhost', 200],
  ['127.0.0.1', 200],
  ['[::1]', 200],
  ['attacker.example', 403],
  ['10.0.0.7', 403],
  ['a b', 403],
])('without tokens, a request to the host %s gets %d', async (host, status) => {
  const { port } = await door()
  const got = await new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', host: `${host}:${port}` }
    const options = { host: '127.0.0.1', port, path: HAND_OVER_PATH, method: 'POST', headers }
    httpRequest(options, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .once('error', reject)
      .end(JSON.stringify(DOCUMENT))
  })
  expect(got).toBe(status)
})

test('whatever is posted is answered, and only counts come in', { timeout: FUZZ_TIMEOUT_MS }, async () => {
  const { post, submitted } = await door()
  const key = fc.constantFrom('schema', 'service', 'at', 'steps', '__proto__')
  const bent = fc
    .dictionary(key, fc.jsonValue(), { maxKeys: 2 })
    .map((over) => JSON.stringify({ ...DOCUMENT, ...over }))
  const cut = fc.nat(200).map((to) => JSON.stringify(DOCUMENT).slice(0, -to))
  const bytes = fc.uint8Array({ maxLength: 60 })
  await fc.assert(
    fc.asyncProperty(fc.oneof(bent, cut, bytes, fc.json()), async (body) => {
      const { status, code } = await post(body)
      expect(status === 200 || (status >= 400 && status < 500 && code !== undefined)).toBe(true)
    }),
    { numRuns: fuzzRuns(0.05) },
  )
  const counts = submitted.flatMap(({ steps }) => steps.flatMap((step) => [...step.counts]))
  expect(counts.every((count) => Number.isSafeInteger(count) && count >= 0)).toBe(true)
})
