import type { RequestListener } from 'node:http'
import { expect, onTestFinished, test } from 'vitest'
import { createOutgoing } from '../wire/outgoing.ts'
import { serve } from '../wire/testing/servers.ts'
import { createGithubTracker } from './github.ts'

const TOKEN = 'hunter2-hunter2-hunter2'
const NOW = Date.parse('2026-10-05T00:00:00Z')
const ISSUE = {
  ...{ id: 1001, html_url: 'https://github.com/acme/shop/issues/7', title: 'Retry', state: 'open', labels: [] },
  created_at: '2026-10-01T00:00:00Z',
}

async function readFrom(answer: RequestListener) {
  const server = await serve(answer)
  const outgoing = createOutgoing()
  onTestFinished(() => outgoing.close())
  const where = { url: `${server.origin}/api/v3/`, repositories: ['acme/shop'] } as const
  const place = { ...where, name: 'github', label: '恒久対応', blocked: ['blocked'] }
  const tracker = createGithubTracker({ ...place, token: () => TOKEN }, outgoing, () => NOW)
  const reading = await tracker.read(NOW - 999, new AbortController().signal)
  expect(JSON.stringify(reading)).not.toContain('hunter2')
  return { reading, server }
}

test('asks below the path of an enterprise server, and tells the time of its clock', async () => {
  const { reading, server } = await readFrom((_, response) => {
    response.setHeader('date', 'Mon, 05 Oct 2026 00:10:00 GMT')
    response.end(JSON.stringify([ISSUE]))
  })
  expect(reading).toMatchObject({ ok: true, until: NOW + 10 * 60_000, tickets: [{ id: '1001' }] })
  const { pathname, searchParams } = new URL(server.requests[0]?.url ?? '', server.origin)
  expect(pathname).toBe('/api/v3/repos/acme/shop/issues')
  expect(Object.fromEntries(searchParams)).toMatchObject({
    ...{ state: 'all', labels: '恒久対応', since: '2026-10-04T23:59:59Z' },
  })
})

test.each([
  [429, { 'retry-after': '30' }, 30_000],
  [403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(NOW / 1000 + 120) }, 120_000],
  [403, { 'retry-after': '7' }, 7_000],
  [429, {}, 60_000],
  [429, { 'retry-after': '999999' }, 3_600_000],
])('%i with %j is left alone for so long', async (status, headers, waitMs) => {
  const { reading } = await readFrom((_, response) => response.writeHead(status, headers).end('{}'))
  expect(reading).toEqual({ ok: false, message: `acme/shop: Answered ${status}: asked too often`, waitMs })
})

test.each([
  [401, 'acme/shop: Answered 401: the token is not valid (any more)'],
  [403, 'acme/shop: Answered 403: the token may not read its issues'],
  [404, 'acme/shop: Answered 404: there is no such repository, or the token may not see it'],
  [410, 'acme/shop: Answered 410: its issues are switched off'],
  [500, 'acme/shop: Answered 500'],
])('%i is told with what it means', async (status, message) => {
  const { reading } = await readFrom((_, response) => response.writeHead(status).end('hunter2'))
  expect(reading).toEqual({ ok: false, message })
})

test('a page that breaks off spoils the reading, and no part of it is taken', async () => {
  const { reading } = await readFrom((request, response) => {
    if (request.url?.includes('page=2') === true) return response.writeHead(502).end()
    response.setHeader('link', `<http://${request.headers.host}/api/v3/x?page=2>; rel="next"`)
    return response.end(JSON.stringify([ISSUE]))
  })
  expect(reading).toEqual({ ok: false, message: 'acme/shop: Answered 502' })
})

test('another origin is never asked: it would get the token', async () => {
  const other = await serve((_, response) => response.end('[]'))
  const moved = await readFrom((_, response) => response.writeHead(301, { location: `${other.origin}/x` }).end())
  expect(moved.reading).toEqual({ ok: false, message: 'acme/shop: Answered 301' })
  const paged = await readFrom((_, response) => {
    response.setHeader('link', `<${other.origin}/x>; rel="next"`)
    response.end(JSON.stringify([ISSUE]))
  })
  expect(paged.reading).toEqual({ ok: false, message: 'acme/shop: The next page is at another origin' })
  expect(other.requests).toEqual([])
})

test('an issue that is not as documented is set aside with its page, and the others are read', async () => {
  const odd = { ...ISSUE, id: 1002, html_url: 'https://github.com/acme/shop/issues/8', created_at: 'yesterday' }
  const pull = { ...odd, pull_request: {} }
  const { reading } = await readFrom((_, response) => response.end(JSON.stringify([odd, pull, ISSUE])))
  const aside = [{ url: odd.html_url, why: 'its `created_at` is not as GitHub documents it' }]
  expect(reading).toMatchObject({ ok: true, tickets: [{ id: '1001' }], aside })
})

test.each([
  ['what is no list', { message: 'hello' }, 'the whole is not'],
  ['a hundred and one odd ones', Array.from({ length: 101 }, () => ({ ...ISSUE, state: 7 })), 'more than 100 are not'],
])('%s spoils the reading', async (_, issues, message) => {
  const { reading } = await readFrom((__, response) => response.end(JSON.stringify(issues)))
  expect(reading).toMatchObject({ ok: false, message: expect.stringContaining(message) })
})

test('what is no list of issues is refused', async () => {
  const { reading } = await readFrom((_, response) => response.end('<html>hunter2</html>'))
  expect(reading).toMatchObject({ ok: false, message: expect.stringContaining('the whole is not') })
})
