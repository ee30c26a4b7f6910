import { gzipSync } from 'node:zlib'
import { BinaryReader } from '@bufbuild/protobuf/wire'
import express from 'express'
import { expect, test } from 'vitest'
import type { PointCount, Pushed, PushNote } from '../ports/intake.ts'
import { encodePush, type SentResource } from '../wire/testing/otlp-bodies.ts'
import { serve } from '../wire/testing/servers.ts'
import { OTLP_METRICS_PATH, type OtlpOptions, otlpRoutes } from './otlp.ts'

const T = Date.parse('2026-10-01T09:00:00Z')
const point = (outcome: string, asInt: bigint) => ({
  attributes: { journey: 'checkout', step: 'pay', outcome },
  from: T,
  to: T + 60_000,
  asInt,
})
const request = (service: string, ...points: readonly ReturnType<typeof point>[]): SentResource => ({
  attributes: { 'service.name': service, 'service.instance.id': 'pod-1' },
  metrics: [{ name: 'journey.step.events', points }],
})
const SOUND = encodePush([request('shop', point('good', 5n), point('error', 1n))])
const MIXED = encodePush([request('shop', point('good', 5n), point('error', -1n), point('fine', 1n))])

type Given = Partial<OtlpOptions> & { readonly notes?: readonly PushNote[]; readonly wait?: () => Promise<void> }

async function door({ notes = [], wait, ...over }: Given = {}) {
  const taken: Pushed[] = []
  const counts: PointCount[] = []
  const intake = {
    take: async (pushed: readonly Pushed[]) => {
      await wait?.()
      taken.push(...pushed)
      return notes
    },
    counted: (more: readonly PointCount[]) => void counts.push(...more.filter(({ points }) => points > 0)),
  }
  const options = { intake, tokens: [], services: new Set(['shop', 'scan']), maxBytes: 2_000, maxPoints: 10 }
  const server = await serve(express().use(otlpRoutes({ ...options, ...over })))
  const url = server.origin + OTLP_METRICS_PATH
  const post = async (body: Uint8Array, headers: Readonly<Record<string, string>> = {}) => {
    const sent = { 'content-type': 'application/json', ...headers }
    const response = await fetch(url, { method: 'POST', body: body as NonNullable<RequestInit['body']>, headers: sent })
    const bytes = Buffer.from(await response.arrayBuffer())
    return { status: response.status, headers: response.headers, bytes, text: bytes.toString() }
  }
  return { post, taken, counts, url }
}

const PROTOBUF = { 'content-type': 'application/x-protobuf' }

/** Field 2 of a message, or of the message in its field 1: both kinds of answers have their text there. */
function textIn(bytes: Uint8Array): string {
  const reader = new BinaryReader(bytes)
  let text = ''
  while (reader.pos < reader.len) {
    const [number, wire] = reader.tag()
    if (number === 2) text = reader.string()
    else if (wire === 2) text = textIn(reader.bytes())
    else reader.skip(wire)
  }
  return text
}

test('a push is taken and answered in its own encoding', async () => {
  const { post, taken, counts } = await door()
  const json = await post(SOUND.json)
  expect([json.status, json.headers.get('content-type'), json.text]).toEqual([
    200,
    'application/json; charset=utf-8',
    '{}',
  ])
  const binary = await post(SOUND.protobuf, PROTOBUF)
  expect([binary.status, binary.headers.get('content-type'), binary.text]).toEqual([200, 'application/x-protobuf', ''])
  expect(taken).toHaveLength(2)
  expect(taken[1]).toEqual(taken[0])
  expect(counts).toEqual([
    { service: 'shop', result: 'taken', points: 2 },
    { service: 'shop', result: 'taken', points: 2 },
  ])
})

test('points that cannot be booked are told beside those that were', async () => {
  const { post, counts } = await door()
  const { partialSuccess } = JSON.parse((await post(MIXED.json)).text) as { partialSuccess: object }
  const message = expect.stringMatching(/^1 negative: .*; 1 attribute: /)
  expect(partialSuccess).toEqual({ rejectedDataPoints: '2', errorMessage: message })
  expect(textIn((await post(MIXED.protobuf, PROTOBUF)).bytes)).toEqual(message)
  expect(counts.slice(0, 3)).toEqual([
    { service: 'shop', result: 'negative', points: 1 },
    { service: 'shop', result: 'attribute', points: 1 },
    { service: 'shop', result: 'taken', points: 1 },
  ])
})

test('what the ledger refuses is told as well, and what it knows already is not', async () => {
  const notes = [
    { service: 'shop', kind: 'too_old', points: 1 },
    { service: 'shop', kind: 'repeated', points: 1 },
    { service: 'shop', kind: 'baseline', points: 2 },
  ] as const
  const { post, counts } = await door({ notes })
  expect((await post(SOUND.json)).text).toContain('"rejectedDataPoints":"1"')
  expect(counts).toEqual([
    { service: 'shop', result: 'too_old', points: 1 },
    { service: 'shop', result: 'repeated', points: 1 },
  ])
})

test('it is answered only after its commit', async () => {
  const order: string[] = []
  let commit = () => {}
  const wait = new Promise<void>((resolve) => {
    commit = () => {
      order.push('committed')
      resolve()
    }
  })
  const { post } = await door({ wait: () => wait })
  const answered = post(SOUND.json).finally(() => order.push('answered'))
  // Whatever could answer too early has had its turns before this one.
  setTimeout(() => commit(), 50)
  expect([(await answered).status, order]).toEqual([200, ['committed', 'answered']])
})

test('a push that could not be written is to be sent again', async () => {
  const wait = () => Promise.reject(new Error('disk full at hunter2'))
  const { status, headers, text } = await (await door({ wait })).post(SOUND.json)
  expect([status, headers.get('retry-after')]).toEqual([503, '5'])
  expect(text).not.toContain('hunter2')
})

test('too many pushes at once are to be sent again', async () => {
  let release = () => {}
  const wait = new Promise<void>((resolve) => {
    release = resolve
  })
  const { post } = await door({ wait: () => wait })
  const first = Array.from({ length: 40 }, () => post(SOUND.json))
  // Some are refused at once, while the others wait for their commit.
  const refused = await Promise.race(first)
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '5'])
  release()
  const statuses = (await Promise.all(first)).map(({ status }) => status)
  expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(32)
  expect((await post(SOUND.json)).status).toBe(200)
})

test('a packed body is unpacked', async () => {
  const { post, taken } = await door()
  expect((await post(gzipSync(SOUND.protobuf), { ...PROTOBUF, 'content-encoding': 'gzip' })).status).toBe(200)
  expect(taken).toHaveLength(1)
})

const GZIP = { 'content-encoding': 'gzip' }
const big = Buffer.alloc(50_000_000, 0x20)

test.each<[string, Uint8Array, Record<string, string>, number]>([
  ['a small body that unpacks to a large one', gzipSync(big), GZIP, 413],
  ['a large body', big.subarray(0, 3_000), {}, 413],
  [
    'more points than may come at once',
    encodePush([request('shop', ...Array.from({ length: 11 }, (_, i) => point(`o${i}`, 1n)))]).protobuf,
    PROTOBUF,
    413,
  ],
  ['no gzip', SOUND.json, GZIP, 400],
  ['half a gzip', gzipSync(SOUND.json).subarray(0, 30), GZIP, 400],
  ['half a document', SOUND.json.subarray(0, 40), {}, 400],
  ['half a message', SOUND.protobuf.subarray(0, 40), PROTOBUF, 400],
  ['JSON that says to be protobuf', SOUND.json, PROTOBUF, 400],
  ['another packing', SOUND.json, { 'content-encoding': 'br' }, 415],
  ['another type', SOUND.json, { 'content-type': 'text/plain' }, 415],
  ['another charset', SOUND.json, { 'content-type': 'application/json; charset=utf-16' }, 415],
  ['a service that nobody knows', encodePush([request('stranger', point('good', 1n))]).json, {}, 403],
])('%s is refused, with a status that says why', async (_, body, headers, status) => {
  const { post, taken } = await door()
  const answer = await post(body, headers)
  expect(answer.status).toBe(status)
  const isBinary = headers['content-type'] === PROTOBUF['content-type']
  const message = isBinary ? textIn(answer.bytes) : (JSON.parse(answer.text) as { message: string }).message
  expect(message).toMatch(/^Expected /)
  expect(taken).toEqual([])
})

const TOKENS = [
  { service: 'shop', token: () => 'shop-secret' },
  { service: 'scan', token: () => 'scan-secret' },
  { service: 'shop', token: () => 'both-secret' },
  { service: 'scan', token: () => 'both-secret' },
]

test.each([
  [undefined, 401],
  ['Bearer wrong', 401],
  ['Bearer scan-secret', 403],
  ['Bearer shop-secret', 200],
  ['Bearer both-secret', 200],
])('with tokens, %j may speak for shop: %d', async (authorization, status) => {
  const { post, taken } = await door({ tokens: TOKENS })
  const answer = await post(SOUND.json, authorization === undefined ? {} : { authorization })
  expect([answer.status, answer.headers.get('www-authenticate')]).toEqual([status, status === 401 ? 'Bearer' : null])
  expect(taken).toHaveLength(status === 200 ? 1 : 0)
})

test('a token of one service takes that one from a body, and says what it left out', async () => {
  const { post, taken } = await door({ tokens: TOKENS })
  const both = encodePush([request('shop', point('good', 1n)), request('scan', point('good', 2n))])
  const { status, text } = await post(both.json, { authorization: 'Bearer scan-secret' })
  expect([status, text]).toEqual([200, expect.stringContaining('1 foreign_service')])
  expect(taken.map(({ told }) => told.speaker.service)).toEqual(['scan'])
})

test('the token is asked for before the body is read', async () => {
  const { post } = await door({ tokens: TOKENS })
  expect((await post(big.subarray(0, 5_000))).status).toBe(401)
})

test('only POST is served', async () => {
  const response = await fetch((await door()).url)
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST'])
})

test('without tokens, only this machine is let in, by its own name', async () => {
  const { url } = await door()
  const { request: ask } = await import('node:http')
  const status = await new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', host: 'attacker.example' }
    ask(url, { method: 'POST', headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
      .once('error', reject)
      .end(SOUND.json)
  })
  expect(status).toBe(403)
})
