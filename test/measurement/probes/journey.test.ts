import { createServer } from 'node:http'
import type { Response } from 'express'
import { describe, expect, test } from 'vitest'
import { runTabiji } from '../ledger/testing/daemon.ts'
import { openDesk, slot, WHOLE } from './testing/desk.ts'
import { listening, openStudio, PASSWORD, type Whim } from './testing/studio.ts'

test('a journey of several steps is made as a customer makes it, and moves none of the service’s own numbers', async () => {
  const studio = await openStudio()
  const desk = openDesk(WHOLE(studio.url))
  const { exit, run, stdout } = await desk.run()
  expect([exit, run.outcome]).toEqual([0, 'good'])
  expect(run.steps.map(({ step, outcome, status }) => [step, outcome, status])).toEqual([
    ['login', 'good', 200],
    ['upload', 'good', 201],
    ['result', 'good', 200],
  ])
  expect(run.steps[2]?.requests).toBe(2)
  expect(run.steps.flatMap(({ captured }) => captured)).toEqual(['token', 'id'])
  // What was captured reached the service as it was, in an address, a header, a body and a cookie.
  expect(studio.heard[0]?.body).toEqual({ user: 'probe', password: PASSWORD })
  expect(studio.heard[1]).toMatchObject({
    url: '/photos?of=tok%2Fen%20%3F%26%23',
    headers: { authorization: 'Bearer tok/en ?&#', cookie: 'visit=a%2Cb%3D1' },
    body: { photo: 'feet', by: 'tok/en ?&#' },
  })
  expect(await studio.counts('journey_step_events_total')).toEqual({})
  expect(await studio.counts('journey_probe_events_total')).toEqual({
    'login good': 1,
    'upload good': 1,
    'result good': 2,
  })
  for (const secret of [PASSWORD, 'tok/en', 'tok%2Fen']) expect(stdout).not.toContain(secret)
})

test('in text it says each step, what was expected, and names without values', async () => {
  const studio = await openStudio({ asked: 1 })
  const desk = openDesk(WHOLE(studio.url))
  const { exit, stdout } = await runTabiji(desk.folder, 'probe', 'run', 'outside')
  expect(exit).toBe(0)
  expect(stdout).toMatch(
    /^STEP +OUTCOME +TOOK +PROMISED +STATUS +REQUEST\nlogin +good +\d+ ms +2000 ms +200 +POST http/,
  )
  expect(stdout).toContain('GET http://127.0.0.1')
  expect(stdout).toContain(`/results/${slot('id')}`)
  expect(stdout).toMatch(/Captured\n +login +token +\(not shown\)/)
  expect(stdout).toMatch(/\noutside: good\n$/)
})

const answers =
  (status: number, body: object | string): Whim =>
  (_request, response: Response) =>
    void response.status(status).send(body)

describe('a step fails, and the run ends with it,', () => {
  test.each<[string, string, Whim, string, string, number]>([
    ['by its status', '/photos', answers(500, {}), 'upload', 'expected status 200 or 201, got 500', 2],
    ['by a refusal', '/login', answers(401, { user: { id: 7 } }), 'login', 'expected status 200, got 401', 1],
    [
      'by a header that is not there',
      '/photos',
      answers(201, { id: 'x' }),
      'upload',
      'expected header x-photo contains "kept", got none',
      2,
    ],
    [
      'by another number',
      '/login',
      answers(200, { user: { id: 8 }, token: 't' }),
      'login',
      'expected json /user/id equals 7, got 8',
      1,
    ],
    [
      'by a value that is not there',
      '/login',
      answers(200, { user: { id: 7 } }),
      'login',
      'expected json /token exists, got nothing',
      1,
    ],
    ['by a body that is no JSON', '/login', answers(200, '<html>'), 'login', 'got a body that is no JSON', 1],
    [
      'by a pattern',
      '/photos',
      (_request, response) => void response.status(201).set('x-photo', 'kept').json({ id: 'secret-of-somebody' }),
      'upload',
      'expected json /id matches ^[0-9a-f-]{36}/, got another string',
      2,
    ],
  ])('%s', async (_what, path, whim, step, why, made) => {
    const studio = await openStudio()
    studio.whims.set(path, whim)
    const { exit, run, stdout } = await openDesk(WHOLE(studio.url)).run()
    expect([exit, run.outcome, run.steps.length]).toEqual([1, 'error', made])
    expect(run.why).toContain(`${step}: `)
    expect(run.why).toContain(why)
    expect(stdout).not.toContain('secret-of-somebody')
  })

  test('by a connection that is cut', async () => {
    const studio = await openStudio()
    studio.whims.set('/photos', (request) => void request.socket.destroy())
    const { run } = await openDesk(WHOLE(studio.url)).run()
    expect(run).toMatchObject({ outcome: 'error', why: expect.stringContaining('upload: The connection failed') })
  })

  test('by an answer that does not come in time', async () => {
    const studio = await openStudio()
    studio.whims.set('/photos', () => undefined)
    const whole = WHOLE(studio.url)
    const steps = whole.steps.map((step) => (step.step === 'upload' ? { ...step, timeout: '300ms' } : step))
    const { run } = await openDesk({ ...whole, steps }).run()
    expect(run).toMatchObject({ outcome: 'error', why: expect.stringContaining('upload: Expected an answer within') })
  })

  test('by a result that is never there: it is asked for until the time is up', async () => {
    const studio = await openStudio({ asked: 1_000_000 })
    const whole = WHOLE(studio.url)
    // The last request has 100 ms, fewer than lie between two: it may be cut short, and then says nothing.
    const asksOn = { poll: '400ms', timeout: '900ms' }
    const steps = whole.steps.map((step) => (step.step === 'result' ? { ...step, ...asksOn } : step))
    const { run } = await openDesk({ ...whole, steps }).run()
    expect(run.why).toContain('result: expected json /status equals "done", got "pending"')
    expect(run.steps[2]?.requests).toBeGreaterThan(1)
  })
})

test('an answer that comes later than promised is slow, and the journey goes on', async () => {
  const studio = await openStudio()
  studio.whims.set('/photos', (_request, _response, next) => void setTimeout(next, 60))
  const whole = WHOLE(studio.url)
  const steps = whole.steps.map((step) => (step.step === 'upload' ? { ...step, within: '50ms' } : step))
  const { exit, run } = await openDesk({ ...whole, steps }).run()
  expect([exit, run.outcome]).toEqual([1, 'slow'])
  expect(run.steps.map(({ outcome }) => outcome)).toEqual(['good', 'slow', 'good'])
  expect(run.why).toMatch(/^upload: took \d+ ms, promised within 50 ms$/)
})

describe('a redirect', () => {
  const elsewhere = async () => {
    const heard: Record<string, unknown>[] = []
    const url = await listening(
      createServer((request, response) => {
        heard.push({ method: request.method, ...request.headers })
        response.end('{"id":"x"}')
      }),
    )
    return { heard, url: url.replace('127.0.0.1', 'localhost') }
  }
  const redirected = (to: string, more: object = {}) => {
    const whole = WHOLE('')
    return async (studio: Awaited<ReturnType<typeof openStudio>>) => {
      studio.whims.set('/photos', (_request, response) => void response.redirect(307, to))
      const steps = WHOLE(studio.url)
        .steps.slice(0, 2)
        .map((step) => (step.step === 'upload' ? { ...step, expect: { status: 200 } } : step))
      return openDesk({ ...whole, ...more, steps }).run()
    }
  }

  test('to another origin is not followed', async () => {
    const other = await elsewhere()
    const { run } = await redirected(`${other.url}/x?secret=1`)(await openStudio())
    expect(run.why).toContain(`upload: it was redirected to ${other.url}, which \`redirects.to\` does not list`)
    expect(run.why).not.toContain('secret')
    expect(other.heard).toEqual([])
  })

  test('to a listed origin is followed without credentials, mark, cookies and body', async () => {
    const other = await elsewhere()
    const { run } = await redirected(other.url, { redirects: { to: [other.url] } })(await openStudio())
    expect(run.outcome).toBe('good')
    expect(other.heard).toHaveLength(1)
    expect(other.heard[0]).toMatchObject({ method: 'GET' })
    for (const header of ['authorization', 'tabiji-probe', 'cookie', 'content-length', 'content-type']) {
      expect(other.heard[0]).not.toHaveProperty(header)
    }
  })

  test('within the origin keeps them, up to a limit', async () => {
    const studio = await openStudio()
    studio.whims.set('/photos', (_request, response) => void response.redirect(307, '/moved'))
    studio.whims.set('/moved', (_request, response) => void response.json({ id: 'x' }))
    const whole = WHOLE(studio.url)
    const steps = whole.steps.slice(0, 2).map((step) => (step.step === 'upload' ? { ...step, expect: {} } : step))
    expect((await openDesk({ ...whole, steps }).run()).run.outcome).toBe('good')
    expect(studio.heard.at(-1)).toMatchObject({
      method: 'POST',
      url: '/moved',
      headers: { authorization: 'Bearer tok/en ?&#', 'tabiji-probe': expect.any(String) },
      body: { photo: 'feet' },
    })
    studio.whims.set('/moved', (_request, response) => void response.redirect(302, '/moved'))
    expect((await openDesk({ ...whole, steps }).run()).run.why).toContain('redirected more than 5 times')
  })
})

test.each([
  ['..', 'a captured value cannot stand in the address'],
  ['', 'a captured value cannot stand in the address'],
])('a value %j of a hostile answer leads nowhere else', async (id, why) => {
  const studio = await openStudio()
  studio.whims.set('/photos', (_request, response) => void response.status(201).set('x-photo', 'kept').json({ id }))
  const whole = WHOLE(studio.url)
  const steps = whole.steps.map((step) => (step.step === 'upload' ? { ...step, expect: { status: 201 } } : step))
  const { run } = await openDesk({ ...whole, steps }).run()
  expect(run.why).toBe(`result: ${why}`)
  expect(studio.heard).toHaveLength(2)
})

test('a value with a line break adds no header', async () => {
  const studio = await openStudio()
  const token = 'a\r\nx-admin: yes'
  studio.whims.set('/login', (_request, response) => void response.json({ user: { id: 7 }, token }))
  const { run, stdout } = await openDesk(WHOLE(studio.url)).run()
  expect(run.why).toBe('upload: a captured value cannot stand in the header authorization')
  expect(stdout).not.toContain('x-admin')
  expect(studio.heard).toHaveLength(1)
})
