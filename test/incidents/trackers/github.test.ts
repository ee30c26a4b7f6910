import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runTabiji } from '../../measurement/ledger/testing/daemon.ts'
import { type Collector, collectorIn } from './testing/collector.ts'
import { type FakeGithub, startFakeGithub } from './testing/fake-github.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }

/** The real collector beside a tracker that is asked for changes a few times each second. */
describe('fixes that are followed in GitHub', { timeout: 120_000 }, () => {
  let folder: string
  let github: FakeGithub
  let collector: Collector

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tabiji-trackers-'))
    github = await startFakeGithub()
    collector = collectorIn(folder, github)
  })
  afterEach(async () => {
    await collector.stop()
    await github.close()
    rmSync(folder, { recursive: true, force: true })
    expect(github.faults).toEqual([])
  })

  const start = (repository?: string) => collector.start(repository)
  const eventually = (expected: string) => expect.poll(collector.states, PATIENCE).toBe(expected)
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
    const found = new Map((await collector.fixes()).map((fix) => [fix.title, fix]))
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
    expect(await collector.transitions('FIX-0001')).toEqual(['added', 'done', 'reopened', 'dropped'])
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
    expect(await collector.states()).toBe('FIX-0001 open')
    const listed = (await collector.get('/fixes')) as { readonly trackers: readonly object[] }
    const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT.*\+09:00$/)
    const view = { name: 'github', kind: 'github', readAt: instant, failingSince: instant }
    expect(listed.trackers).toEqual([{ ...view, why: 'acme/shop: Answered 503' }])
    expect(await collector.get('/journeys')).toMatchObject({ trackers: [view] })
    expect(await collector.get('/statistics')).toMatchObject({ trackers: [view] })
    const shown = await runTabiji(folder, 'status', '--url', collector.api())
    expect(shown.stdout).toMatch(/^tickets in github: as of .* CANNOT BE READ since .*: acme\/shop: Answered 503$/m)
    const metrics = await (await fetch(`${collector.api()}/metrics`)).text()
    expect(metrics).toMatch(/tabiji_tracker_reads_total\{tracker="github",result="failed"\} [1-9]/)
    github.trouble = { status: 429, headers: { 'retry-after': '1' } }
    const before = github.refused
    await expect.poll(() => github.refused, PATIENCE).toBeGreaterThan(before)
    github.trouble = undefined
    await eventually('FIX-0001 done, FIX-0002 open')
    const { stdout } = await runTabiji(folder, 'fix', 'list', '--url', collector.api())
    expect(stdout).toMatch(/^tickets in github: as of [^;]*$/m)
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
    await collector.post('/incidents', {
      title: 'It is back',
      level: 1,
      journeys: ['checkout'],
      episodes: [],
      drill: false,
    })
    await collector.post('/incidents/INC-0001/cause', { id: 'no-retry', text: 'Nothing retries', bone: 'software' })
    await eventually('FIX-0001 open')
    // A start reads all issues, and those that have changed are read after it.
    const before = github.asked.length
    await start()
    await expect
      .poll(() => github.asked.slice(before).filter((query) => query.has('since')).length, PATIENCE)
      .toBeGreaterThan(0)
    expect(await collector.states()).toBe('FIX-0001 open')
    change(issue, { closed_at: new Date().toISOString() })
    await eventually('FIX-0001 done')
    expect(await collector.transitions('FIX-0001')).toEqual(['added', 'done', 'reopened', 'done'])
  })

  test('are read although one of them is odd, and the view is as old after a restart as before', async () => {
    github.add(1)
    const odd = github.add(2, { title: 7 as unknown as string })
    await start()
    await eventually('FIX-0001 open')
    const aside = [{ url: odd.html_url, why: 'its `title` is not as GitHub documents it' }]
    expect(await collector.get('/fixes')).toMatchObject({ trackers: [{ name: 'github', aside }] })
    const shown = await runTabiji(folder, 'fix', 'list', '--url', collector.api())
    expect(shown.stdout).toContain(`\n  cannot be read: ${odd.html_url} – its \`title\` is not`)
    github.trouble = { status: 503 }
    await expect.poll(() => github.refused, PATIENCE).toBeGreaterThan(0)
    const view = async () => ((await collector.get('/fixes')) as { readonly trackers: readonly object[] }).trackers
    await expect.poll(view, PATIENCE).toMatchObject([{ failingSince: expect.any(String) }])
    const [before] = await view()
    await start()
    expect(await view()).toEqual([before])
    const { current } = (await collector.get('/months')) as { readonly current: string }
    const { why: _, aside: __, ...told } = before as { why: string; aside: object }
    expect(await collector.get(`/months/${current}/facts`)).toMatchObject({ trackers: [told] })
    github.trouble = undefined
    change(odd, { title: 'Fix 2' })
    await eventually('FIX-0001 open, FIX-0002 open')
    await expect.poll(view, PATIENCE).toEqual([{ name: 'github', kind: 'github', readAt: expect.any(String) }])
  })

  test('are changed where they are kept', async () => {
    github.add(1)
    await start()
    await eventually('FIX-0001 open')
    const response = await collector.send('/fixes/FIX-0001/done', {})
    expect(response.status).toBe(422)
    expect(await response.text()).toContain('https://github.com/acme/shop/issues/1')
  })
})
