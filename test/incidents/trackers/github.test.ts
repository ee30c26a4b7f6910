import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLog } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { type FakeGithub, startFakeGithub, TOKEN } from './testing/fake-github.ts'

const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    alerts: { excluded: false }
    steps:
      pay: { http: POST /pay, within: write }
`
const PATIENCE = { timeout: 60_000, interval: 50 }

type Fix = {
  readonly key: string
  readonly title: string
  readonly state: string
  readonly due: string
  readonly ticket?: { readonly url: string }
}

/** The real collector beside a tracker that is asked for changes a few times each second. */
describe('fixes that are followed in GitHub', { timeout: 120_000 }, () => {
  const read = readJourneys(JOURNEYS, 'journeys.yaml')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const { definition } = read
  let folder: string
  let github: FakeGithub
  let app: App | undefined
  let api: string

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tabiji-trackers-'))
    github = await startFakeGithub()
  })
  afterEach(async () => {
    await app?.stop()
    app = undefined
    await github.close()
    rmSync(folder, { recursive: true, force: true })
    expect(github.faults).toEqual([])
  })

  async function start(repository = 'acme/shop'): Promise<void> {
    await app?.stop()
    const place = { name: 'github', url: github.url, repositories: [repository], label: 'permanent-fix' }
    app = createApp(configIn(folder, { trackers: [{ ...place, intervalMs: 100, token: () => TOKEN }] }), definition, {
      now: Date.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    api = (await app.start()).api
  }

  async function get(path: string): Promise<unknown> {
    return (await fetch(`${api}/api/v1${path}`)).json()
  }
  const send = (path: string, body: object) =>
    fetch(`${api}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  async function post(path: string, body: object): Promise<void> {
    const response = await send(path, body)
    if (!response.ok) throw new Error(`Expected ${path} to be recorded, got ${await response.text()}`)
  }
  const fixes = async () => (await get('/fixes?state=all')) as { readonly fixes: readonly Fix[] }
  const states = async () => {
    const all = (await fixes()).fixes.map(({ key, state }) => `${key} ${state}`)
    return all.sort().join(', ')
  }
  const eventually = (expected: string) => expect.poll(states, PATIENCE).toBe(expected)
  const change = (issue: FakeGithub['issues'][number], changes: Partial<typeof issue>) =>
    Object.assign(issue, changes, { updated_at: new Date().toISOString() })

  test('are all found, page by page, without pull requests, with their dates', async () => {
    github.add(1, { milestone: { due_on: '2030-12-15T08:00:00Z' }, body: 'due: 2031-01-01' })
    github.add(2, { pull_request: {} })
    github.add(3, { body: '起きたこと\r\nDue: 2030-11-30\r\n' })
    github.add(4, { labels: [{ name: 'permanent-fix' }, { name: 'fix:detect' }] })
    github.add(5, { labels: [{ name: 'bug' }] })
    await start()
    await eventually('FIX-0001 open, FIX-0002 open, FIX-0003 open')
    const found = new Map((await fixes()).fixes.map((fix) => [fix.title, fix]))
    expect(found.get('Fix 1')).toMatchObject({ due: '2030-12-15' })
    expect(found.get('Fix 3')).toMatchObject({ due: '2030-11-30' })
    expect(found.get('Fix 4')).toMatchObject({ due: '2026-10-31', kind: 'detect' })
  })

  test('are counted once, through a restart and in a repository that moved', async () => {
    const issue = github.add(1)
    await start()
    await eventually('FIX-0001 open')
    change(issue, { state: 'closed', state_reason: 'completed', closed_at: '2026-10-05T00:00:00Z' })
    await eventually('FIX-0001 done')
    await start('acme/old')
    change(issue, { state: 'open', state_reason: 'reopened', closed_at: null })
    await eventually('FIX-0001 open')
    change(issue, { state: 'closed', state_reason: 'not_planned', closed_at: new Date().toISOString() })
    await eventually('FIX-0001 dropped')
    const { transitions } = (await get('/fixes/FIX-0001')) as { readonly transitions: readonly { type: string }[] }
    expect(transitions.map(({ type }) => type)).toEqual(['added', 'done', 'reopened', 'dropped'])
  })

  test('are not lost while the tracker is down or wants to be left alone', async () => {
    const issue = github.add(1)
    await start()
    await eventually('FIX-0001 open')
    await expect.poll(() => github.asked.some((query) => query.has('since')), PATIENCE).toBe(true)
    github.trouble = { status: 503 }
    change(issue, { state: 'closed', state_reason: 'completed', closed_at: '2026-10-05T00:00:00Z' })
    github.add(2)
    await expect.poll(() => github.refused, PATIENCE).toBeGreaterThan(1)
    expect(await states()).toBe('FIX-0001 open')
    github.trouble = { status: 429, headers: { 'retry-after': '1' } }
    const before = github.refused
    await expect.poll(() => github.refused, PATIENCE).toBeGreaterThan(before)
    github.trouble = undefined
    await eventually('FIX-0001 done, FIX-0002 open')
  })

  test('that an incident has shown not to work stay open, through a restart, until they are closed once more', async () => {
    const issue = github.add(1, { body: 'cause: no-retry' })
    change(issue, {
      state: 'closed',
      state_reason: 'completed',
      closed_at: new Date(Date.now() - 60_000).toISOString(),
    })
    await start()
    await eventually('FIX-0001 done')
    await post('/incidents', { title: 'It is back', level: 1, journeys: ['checkout'], episodes: [], drill: false })
    await post('/incidents/INC-0001/cause', { id: 'no-retry', text: 'Nothing retries', bone: 'software' })
    await eventually('FIX-0001 open')
    // A start reads all issues, and those that have changed are read after it.
    const before = github.asked.length
    await start()
    await expect
      .poll(() => github.asked.slice(before).filter((query) => query.has('since')).length, PATIENCE)
      .toBeGreaterThan(0)
    expect(await states()).toBe('FIX-0001 open')
    change(issue, { closed_at: new Date().toISOString() })
    await eventually('FIX-0001 done')
    const { transitions } = (await get('/fixes/FIX-0001')) as { readonly transitions: readonly { type: string }[] }
    expect(transitions.map(({ type }) => type)).toEqual(['added', 'done', 'reopened', 'done'])
  })

  test('are changed where they are kept', async () => {
    github.add(1)
    await start()
    await eventually('FIX-0001 open')
    const response = await send('/fixes/FIX-0001/done', {})
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('https://github.com/acme/shop/issues/1')
  })
})
