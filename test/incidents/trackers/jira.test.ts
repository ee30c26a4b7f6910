import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Collector, collectorOf } from './testing/collector.ts'
import { EMAIL, type FakeJira, JIRA_TOKEN, jiraTime, startFakeJira } from './testing/fake-jira.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }
const DONE = { statusCategory: { key: 'done' } } as const

/** The real collector beside a Jira that is asked for changes a few times each second. */
describe('fixes that are followed in Jira', { timeout: 120_000 }, () => {
  let folder: string
  let jira: FakeJira
  let collector: Collector

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tabiji-jira-'))
    jira = await startFakeJira()
    const way = { url: jira.url, email: EMAIL, token: () => JIRA_TOKEN, intervalMs: 100 }
    const what = { project: 'SHOP', jql: 'project = "SHOP" AND labels = "permanent-fix"', label: 'permanent-fix' }
    const tracker = { ...way, ...what, name: 'jira', kind: 'jira', issueType: 'Task', dropped: ["Won't Do"] } as const
    collector = collectorOf(folder, () => [tracker])
  })
  afterEach(async () => {
    await collector.stop()
    await jira.close()
    rmSync(folder, { recursive: true, force: true })
    expect(jira.faults).toEqual([])
  })
  const eventually = (expected: string) => expect.poll(collector.states, PATIENCE).toBe(expected)

  test('are all found, page by page, with their dates, and are counted once wherever they move', async () => {
    const text = {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'fix: detect' },
        { type: 'hardBreak' },
        { type: 'text', text: 'Due: 2030-11-30' },
      ],
    }
    jira.add(1, { duedate: '2030-12-15', assignee: { displayName: '鈴木' }, labels: ['permanent-fix', 'fix:mitigate'] })
    jira.add(2, { description: { type: 'doc', version: 1, content: [text] } })
    const done = { status: DONE, resolution: { name: 'Done' }, resolutiondate: '2026-10-05T18:00:00.000+0900' }
    const moved = jira.add(3, done)
    jira.add(4, { labels: [] })
    const dropped = { status: DONE, resolution: { name: "Won't Do" }, resolutiondate: '2026-10-06T09:00:00.000+0900' }
    jira.add(5, dropped)
    await collector.start()
    await eventually('FIX-0001 open, FIX-0002 open, FIX-0003 done, FIX-0004 dropped')
    const [first, second, third] = await collector.fixes()
    expect(first).toMatchObject({ due: '2030-12-15', owner: '鈴木', kind: 'mitigate' })
    expect(second).toMatchObject({ due: '2030-11-30', kind: 'detect' })
    expect(third).toMatchObject({ doneAt: '2026-10-05T18:00:00+09:00' })
    moved.key = 'WEB-9'
    jira.change(moved, { summary: 'Moved' })
    await expect.poll(async () => (await collector.fixes())[2], PATIENCE).toMatchObject({ title: 'Moved' })
    expect((await collector.fixes())[2]?.ticket?.url).toBe(`${jira.url}/browse/WEB-9`)
    jira.change(moved, { status: { statusCategory: { key: 'indeterminate' } }, resolution: null, resolutiondate: null })
    await eventually('FIX-0001 open, FIX-0002 open, FIX-0003 open, FIX-0004 dropped')
    // A start reads everything again, and what was deleted is known on.
    jira.issues.shift()
    await collector.start()
    jira.change(moved, { ...done, resolutiondate: jiraTime(Date.now()) })
    await eventually('FIX-0001 open, FIX-0002 open, FIX-0003 done, FIX-0004 dropped')
    expect(await collector.transitions('FIX-0003')).toEqual(['added', 'done', 'linked', 'retitled', 'reopened', 'done'])
  })

  test('are not lost while Jira is down or wants to be left alone, which is said', async () => {
    const issue = jira.add(1)
    await collector.start()
    await eventually('FIX-0001 open')
    await expect.poll(() => jira.asked.some((jql) => jql.includes('updated >= "-')), PATIENCE).toBe(true)
    const why = "The value 'SHOP' does not exist for the field 'project'."
    jira.trouble = { status: 400, body: { errorMessages: [why], errors: {} } }
    const view = async () => ((await collector.get('/fixes')) as { readonly trackers: readonly object[] }).trackers[0]
    await expect.poll(view, PATIENCE).toMatchObject({ kind: 'jira', why: `Answered 400: ${why}` })
    jira.trouble = { status: 503 }
    jira.change(issue, { status: DONE, resolution: { name: 'Done' }, resolutiondate: jiraTime(Date.now()) })
    await expect.poll(view, PATIENCE).toMatchObject({ why: 'Answered 503' })
    expect(await collector.states()).toBe('FIX-0001 open')
    jira.trouble = { status: 429, headers: { 'retry-after': '1' } }
    await expect.poll(view, PATIENCE).toMatchObject({ why: 'Answered 429: asked too often' })
    jira.trouble = undefined
    await eventually('FIX-0001 done')
  })

  test('are created there once, though the answer was lost', async () => {
    await collector.start()
    await collector.post('/fixes', { title: 'Retry the upload', kind: 'prevent', due: '2030-12-01' })
    jira.dropsAnswers = true
    expect((await collector.send('/fixes/FIX-0001/ticket', {})).status).toBe(424)
    jira.dropsAnswers = false
    await collector.post('/fixes/FIX-0001/ticket', {})
    expect(jira.issues).toHaveLength(1)
    const [fix, ...others] = await collector.fixes()
    expect(others).toEqual([])
    expect(fix).toMatchObject({ due: '2030-12-01', ticket: { tracker: 'jira', url: `${jira.url}/browse/SHOP-100` } })
  })
})
