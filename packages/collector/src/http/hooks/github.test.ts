import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { openAnnotationDesk } from '../../testing/annotation-desk.ts'
import type { HookAnswer } from '../hooks.ts'
import { isSignedBy } from '../signature.ts'
import { createGithubHook, type GithubHookOptions } from './github.ts'

const SECRET = "It's a Secret to Everybody"
const SHA = '8c1f2e9dd1a24f0b9c57f6d4cfa6a5c0f0d1e2f3'

test('GitHub’s own example is signed right', () => {
  const signature = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17'
  expect(isSignedBy(SECRET, 'Hello, World!', signature)).toBe(true)
  expect(isSignedBy(SECRET, 'Hello, World?', signature)).toBe(false)
  expect(isSignedBy(SECRET, 'Hello, World!', signature.slice(1))).toBe(false)
})

const STAMPS = { announced: '04:30', running: '04:36', done: '04:39', failed: '04:38' } as const
const STATES = { running: 'in_progress', done: 'success', failed: 'failure' } as const
type Phase = keyof typeof STAMPS
const at = (time: string) => `2026-10-20T${time}:00Z`

/** What GitHub sends, as far as it matters and a little more. */
function payload(phase: Phase, changes: object = {}) {
  const creator = { login: 'octocat', id: 1 }
  const deployment = {
    ...{ id: 42, sha: SHA, ref: 'main', task: 'deploy', environment: 'production', creator },
    ...{ created_at: at(STAMPS.announced), updated_at: at(STAMPS[phase]), payload: {} },
  }
  const status = {
    created_at: at(STAMPS[phase]),
    creator,
    target_url: '',
    log_url: 'https://github.com/acme/shop/actions/runs/7',
  }
  return {
    action: 'created',
    deployment,
    ...(phase !== 'announced' && { deployment_status: { id: 7, ...status, state: STATES[phase] } }),
    repository: { full_name: 'Acme/shop', private: true },
    ...changes,
  }
}

function open(over: Partial<GithubHookOptions> = {}) {
  const desk = openAnnotationDesk()
  const { annotations, log, clock } = desk
  const repositories = new Map([
    ['acme/shop', { service: 'shop', journeys: ['checkout'], environments: ['production'] }],
  ])
  const hook = createGithubHook({
    secret: () => SECRET,
    repositories,
    annotations,
    log,
    readIssues: () => [],
    now: () => clock.now,
    ...over,
  })
  let deliveries = 0
  const deliver = (document: unknown, headers: Record<string, string> = {}): HookAnswer => {
    const body = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document))
    const event = typeof document === 'object' && document !== null && 'deployment_status' in document
    const sent = {
      'x-github-event': event ? 'deployment_status' : 'deployment',
      'x-github-delivery': `d-${++deliveries}`,
      'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
      ...headers,
    }
    const answer = hook.receive({ headers: sent, body })
    if (answer instanceof Promise) throw new Error('Expected an answer at once')
    return answer
  }
  const kept = () => annotations.list({ state: 'all', limit: 10 })
  return { ...desk, deliver, kept }
}

const permutations: readonly (readonly Phase[])[] = [
  ['announced', 'running', 'done'],
  ['done', 'running', 'announced'],
  ['running', 'announced', 'done', 'running'],
]

test.each(permutations.map((order) => [order]))('told as %j, a deployment is one annotation', (order) => {
  const { deliver, kept } = open()
  for (const phase of order) expect(deliver(payload(phase)).status).toBe(200)
  expect(kept()).toEqual([
    {
      ...{ key: 'ANN-0001', state: 'active', kind: 'deploy', title: 'shop@8c1f2e9d → production', service: 'shop' },
      ...{ journeys: ['checkout'], by: 'octocat', identity: 'github:acme/shop:42', phase: 'done' },
      ...{ at: '2026-10-20T13:36:00+09:00', createdAt: '2026-10-20T13:40:00+09:00' },
      ...(order[0] !== 'announced' && { url: 'https://github.com/acme/shop/actions/runs/7' }),
    },
  ])
})

test.each([
  ['no signature', payload('done'), { 'x-hub-signature-256': '' }, 401],
  ['another signature', payload('done'), { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` }, 401],
  ['the older kind of signature', payload('done'), { 'x-hub-signature-256': 'sha1=0' }, 401],
  ['no JSON', '{', {}, 400],
  ['another document', { deployment: {} }, {}, 400],
  [
    'a time that is none',
    { ...payload('done'), deployment: { ...payload('done').deployment, created_at: 'now' } },
    {},
    400,
  ],
])('%s is refused and nothing is kept', (_, document, headers, status) => {
  const { deliver, kept } = open()
  expect(deliver(document, headers).status).toBe(status)
  expect(kept()).toEqual([])
})

test.each([
  ['another event', payload('done'), { 'x-github-event': 'push' }, 'the event push is not used'],
  [
    'another repository',
    payload('done', { repository: { full_name: 'acme/blog' } }),
    {},
    'the repository acme/blog is not listed in `hooks.github.repositories`',
  ],
  [
    'another environment',
    { ...payload('done'), deployment: { ...payload('done').deployment, environment: 'staging' } },
    {},
    'the environment staging is not listed for Acme/shop',
  ],
  [
    'a state that moves nothing',
    { ...payload('done'), deployment_status: { ...payload('done').deployment_status, state: 'queued' } },
    {},
    'the state queued changes nothing for users',
  ],
])('%s is answered with why it is not used', (_, document, headers, why) => {
  const { deliver, kept } = open()
  expect(deliver(document, headers)).toEqual({ status: 202, body: { ignored: why } })
  expect(kept()).toEqual([])
})

test('a ping is answered', () => {
  expect(open().deliver({ zen: 'x' }, { 'x-github-event': 'ping' })).toEqual({ status: 200, body: { pong: true } })
})

test('a repetition changes nothing, under its own id, under another, and after a restart', () => {
  const { deliver, kept, reopen } = open()
  deliver(payload('running'), { 'x-github-delivery': 'same' })
  expect(deliver(payload('done'), { 'x-github-delivery': 'same' }).body).toEqual({ repeated: true })
  expect(deliver(payload('running'), { 'x-github-delivery': 'forged' }).body).toEqual({ repeated: true })
  expect(kept()).toMatchObject([{ phase: 'running' }])
  expect(reopen().log.knows('github', 'same')).toBe(true)
})

test('a recording of long ago is not believed, even when it was forgotten', () => {
  const { deliver, kept, clock, log } = open()
  deliver(payload('running'), { 'x-github-delivery': 'first' })
  clock.now += 40 * 86_400_000
  log.remember('github', ['later'], clock.now)
  expect(log.knows('github', 'first')).toBe(false)
  expect(deliver(payload('running'))).toEqual({ status: 202, body: { ignored: 'it is older than a week' } })
  expect(kept()).toHaveLength(1)
})

test('a delivery that had no effect is taken when it comes again', () => {
  let broken = true
  const desk = openAnnotationDesk()
  const annotations = {
    tell: (...given: Parameters<typeof desk.annotations.tell>) => {
      if (broken) throw new Error('disk full')
      return desk.annotations.tell(...given)
    },
  }
  const { deliver } = open({ annotations, log: desk.log })
  expect(() => deliver(payload('done'), { 'x-github-delivery': 'd' })).toThrow('disk full')
  broken = false
  expect(deliver(payload('done'), { 'x-github-delivery': 'd' }).status).toBe(200)
})
