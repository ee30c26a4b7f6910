import type { RequestListener } from 'node:http'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { edit, edits } from './testing/bodies.ts'
import { engineAt } from './testing/engines.ts'
import { FUZZ_TIMEOUT_MS, fuzzRuns } from './testing/fuzz.ts'
import { serve } from './testing/servers.ts'

const AT = 1_790_000_000_123
const signal = new AbortController().signal

const json =
  (body: unknown, status = 200): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

const success = (resultType: string, result: unknown, more: object = {}) =>
  json({ status: 'success', data: { resultType, result }, ...more })

/** Keeps the form that was sent. */
function listening(answer: RequestListener) {
  const forms: URLSearchParams[] = []
  const listener: RequestListener = async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    forms.push(new URLSearchParams(body))
    answer(request, response)
  }
  return { forms, listener }
}

test('raw samples are asked for by a range that ends at a time, and keep their own times and digits', async () => {
  const values = [
    [1_789_999_940.123, '1'],
    [1_789_999_985, '9007199254740993'],
    [1_790_000_000.123, 'NaN'],
  ]
  const { forms, listener } = listening(success('matrix', [{ metric: { __name__: 'up', job: 'shop' }, values }]))
  const server = await serve(listener)
  const answer = await engineAt(`${server.origin}/prometheus/`).raw(
    'up{job="shop"}',
    { from: AT - 60_000, to: AT },
    signal,
  )
  expect(answer).toEqual({
    ok: true,
    warnings: [],
    partial: false,
    series: [
      {
        labels: new Map([
          ['__name__', 'up'],
          ['job', 'shop'],
        ]),
        // The first one lies at the very beginning, which is not part of the stretch.
        samples: [
          { at: 1_789_999_985_000, value: 9_007_199_254_740_992, whole: true },
          { at: AT, value: Number.NaN, whole: false },
        ],
      },
    ],
  })
  expect(server.requests[0]).toMatchObject({
    url: '/prometheus/api/v1/query',
    headers: {
      authorization: 'Bearer hunter2',
      'x-scope-orgid': 'shop',
      'content-type': 'application/x-www-form-urlencoded',
    },
  })
  expect(Object.fromEntries(forms[0] ?? [])).toEqual({
    query: 'up{job="shop"}[60000ms]',
    time: '1790000000.123',
    timeout: '5000ms',
    partial_response: 'false',
    deny_partial_response: '1',
    dedup: 'true',
  })
})

test('an expression is asked for at a time, or at every step', async () => {
  const { forms, listener } = listening(success('vector', [{ metric: {}, value: [1_790_000_000.5, '-1.5e-3'] }]))
  const server = await serve(listener)
  const { instant, range } = engineAt(server.origin)
  const whole = { at: 1_790_000_000_500, value: -0.0015, whole: false }
  expect(await instant('sum(up)', AT, signal)).toMatchObject({ ok: true, series: [{ samples: [whole] }] })
  expect(await range('up', { from: AT - 60_000, to: AT, stepMs: 15_000 }, signal)).toMatchObject({ ok: true })
  expect(server.requests.map(({ url }) => url)).toEqual(['/api/v1/query', '/api/v1/query_range'])
  expect(Object.fromEntries(forms[1] ?? [])).toMatchObject({
    query: 'up',
    start: '1789999940.123',
    end: '1790000000.123',
    step: '15.000',
  })
})

test('a scalar is one sample without labels, and histograms have no samples', async () => {
  const scalar = await serve(success('scalar', [1_790_000_000, '+Inf']))
  expect(await engineAt(scalar.origin).instant('Inf', AT, signal)).toMatchObject({
    series: [{ labels: new Map(), samples: [{ value: Number.POSITIVE_INFINITY }] }],
  })
  const native = await serve(success('matrix', [{ metric: {}, histograms: [[1, {}]] }]))
  expect(await engineAt(native.origin).range('h', { from: 0, to: 1, stepMs: 1 }, signal)).toMatchObject({
    series: [{ samples: [] }],
  })
})

test.each<[string, object]>([
  ['warnings of Thanos', { warnings: ['No StoreAPIs matched\u001b[31m for this query'] }],
  ['a mark of VictoriaMetrics', { isPartial: true }],
])('an answer with %s is a partial one', async (_, more) => {
  const server = await serve(success('vector', [], more))
  const answer = await engineAt(server.origin).instant('up', AT, signal)
  expect(answer).toMatchObject({ ok: true, partial: true })
  expect(JSON.stringify(answer)).not.toContain('\\u001b')
})

const series = { metric: {}, value: [1, '1'] }
const UNREADABLE = 'Expected series of labels and samples in the result, got something else'

test.each<[string, RequestListener, string, string]>([
  [
    'a query that the engine cannot read',
    json({ status: 'error', errorType: 'bad_data', error: 'parse error' }, 400),
    'refused',
    'The engine refused the query (bad_data): parse error',
  ],
  [
    'a query that took too long',
    json({ status: 'error', errorType: 'timeout', error: 'query timed out' }, 503),
    'timeout',
    'The engine refused the query (timeout): query timed out',
  ],
  [
    'a redirect',
    (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    'status',
    'Expected status 200, got 302; redirects are not followed, name the final address',
  ],
  [
    'no tenant',
    (_, response) => response.writeHead(401).end('no org id'),
    'status',
    'Expected status 200, got 401; the engine wants other credentials, or a tenant',
  ],
  [
    'another path',
    (_, response) => response.writeHead(404).end(),
    'status',
    'Expected status 200, got 404; name what stands before /api/v1, such as http://mimir.example/prometheus',
  ],
  [
    'a page',
    (_, response) => response.end('<html></html>'),
    'malformed',
    'Expected an answer in JSON of the query API, got another one',
  ],
  ['no status', json({ data: {} }), 'malformed', 'Expected the status "success" in the answer'],
  [
    'streams of Loki',
    success('streams', []),
    'malformed',
    'Expected a vector, a matrix or a scalar as the result, got streams',
  ],
  [
    'too many series',
    success('vector', [series, series, series, series]),
    'too_many_series',
    'Expected at most 3 series in an answer, got 4',
  ],
  ['a series without labels', success('vector', [{ value: [1, '1'] }]), 'malformed', UNREADABLE],
  ['a label that is no text', success('vector', [{ metric: { a: 1 }, value: [1, '1'] }]), 'malformed', UNREADABLE],
  ['a number that is none', success('vector', [{ metric: {}, value: [1, '0x10'] }]), 'malformed', UNREADABLE],
  ['a time that is none', success('vector', [{ metric: {}, value: ['1', '1'] }]), 'malformed', UNREADABLE],
  [
    'samples out of order',
    success('matrix', [
      {
        metric: {},
        values: [
          [2, '1'],
          [1, '1'],
        ],
      },
    ]),
    'malformed',
    UNREADABLE,
  ],
  [
    'a long answer',
    (_, response) => response.end('x'.repeat(20_000)),
    'too_large',
    'Expected an answer of at most 10000 bytes, but it goes on',
  ],
  ['a reset', (request) => request.socket.resetAndDestroy(), 'unreachable', 'The connection failed (ECONNRESET)'],
  ['silence', () => {}, 'timeout', 'Expected an answer within 60 ms, got none'],
])('%s is a failure that says what happened', async (what, listener, failure, message) => {
  const server = await serve(listener)
  const asked = engineAt(server.origin, what === 'silence' ? { timeoutMs: 60 } : {})
  expect(await asked.instant('up', AT, signal)).toEqual({ ok: false, failure, message })
})

test('addresses of credentials are never called', async () => {
  expect(await engineAt('http://169.254.169.254').instant('up', AT, signal)).toMatchObject({
    ok: false,
    failure: 'forbidden_address',
  })
})

test('whatever an engine answers is a value', { timeout: FUZZ_TIMEOUT_MS }, async () => {
  let next: Buffer = Buffer.alloc(0)
  const server = await serve((_, response) => response.end(next))
  const { raw } = engineAt(server.origin)
  const good = JSON.stringify({
    status: 'success',
    data: {
      resultType: 'matrix',
      result: [
        {
          metric: { __name__: 'up' },
          values: [
            [1, '1'],
            [2, '2'],
          ],
        },
      ],
    },
  })
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        edits.map((changes) => edit(Buffer.from(good), changes)),
        fc.json().map(Buffer.from),
      ),
      async (body) => {
        next = body
        const answer = await raw('up', { from: 0, to: 60_000 }, signal)
        if (answer.ok) {
          for (const { samples } of answer.series) {
            for (const { at, value } of samples)
              expect([Number.isSafeInteger(at), typeof value]).toEqual([true, 'number'])
          }
        } else expect(answer.message).not.toBe('')
      },
    ),
    { numRuns: fuzzRuns(0.02) },
  )
})
