import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runTabiji } from '../../measurement/ledger/testing/daemon.ts'
import { type Collector, collectorOf } from './testing/collector.ts'
import { EMAIL, type FakeJira, JIRA_TOKEN, jiraTime, STATUS, startFakeJira } from './testing/fake-jira.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }
const HOUR = 3_600_000
const SECRET = 'ghp_0123456789abcdefghijABCDEFGHIJ012345'

/** The real collector beside a Jira that is asked for changes a few times each second. */
describe('fixes that are followed in Jira', { timeout: 120_000 }, () => {
  let folder: string
  let jira: FakeJira
  let collector: Collector

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tabiji-jira-'))
    jira = await startFakeJira()
    const way = { url: jira.url, email: EMAIL, token: () => JIRA_TOKEN, intervalMs: 100 }
    const blocked = { labels: ['blocked'], statuses: ['On hold'], flag: 'customfield_10021' }
    const what = {
      places: ['SHOP'],
      create: [],
      blocked,
      jql: 'project = "SHOP" AND labels = "permanent-fix"',
      label: 'permanent-fix',
    } as const
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
    const closedAt = Date.parse('2026-10-05T18:00:00+09:00')
    const moved = jira.add(3)
    jira.turn(moved, STATUS.done, closedAt)
    jira.add(4, { labels: [] })
    jira.turn(jira.add(5), STATUS.done, closedAt + HOUR, "Won't Do")
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
    // Another step of the workflow resolves it anew, which does not make it come back.
    jira.turn(moved, STATUS.verified, Date.now() - HOUR)
    jira.change(moved, { summary: 'Verified' })
    await expect
      .poll(async () => (await collector.fixes())[2], PATIENCE)
      .toMatchObject({ title: 'Verified', state: 'done' })
    expect(await collector.transitions('FIX-0003')).toEqual(['added', 'done', 'linked', 'retitled', 'retitled'])
  })

  test('are dated by their changelog however late they are read, and are gone when they were deleted', async () => {
    const [late, deleted, unlabelled] = [jira.add(1), jira.add(2), jira.add(3)]
    await collector.start()
    await eventually('FIX-0001 open, FIX-0002 open, FIX-0003 open')
    await collector.stop()
    const began = Math.floor((Date.now() - 50 * HOUR) / 1000) * 1000
    const recorded = Math.ceil(Date.now() / 1_000) * 1_000
    // What happened while nobody read; its dates are after the fix was recorded.
    jira.turn(late, STATUS.done, recorded + 1_000)
    jira.turn(late, STATUS.todo, recorded + 2_000)
    jira.turn(late, STATUS.doing, recorded + 3_000)
    jira.turn(late, STATUS.done, recorded + 4_000)
    const old = jira.add(4, { created: jiraTime(began) })
    jira.turn(old, STATUS.done, began + HOUR)
    jira.turn(old, STATUS.doing, began + 2 * HOUR)
    jira.remove(deleted)
    jira.change(unlabelled, { labels: [] })
    await expect.poll(() => Date.now(), PATIENCE).toBeGreaterThan(recorded + 5_000)
    await collector.start()
    await eventually('FIX-0001 done, FIX-0002 open, FIX-0003 open, FIX-0004 open')
    const turns = async (key: string) => {
      const { transitions } = (await collector.get(`/fixes/${key}`)) as {
        readonly transitions: readonly { readonly type: string; readonly at: string }[]
      }
      return transitions.map(({ type, at }) => [type, Date.parse(at)])
    }
    expect((await turns('FIX-0001')).slice(1)).toEqual([
      ['done', recorded + 1_000],
      ['reopened', recorded + 2_000],
      ['done', recorded + 4_000],
    ])
    expect(await turns('FIX-0004')).toEqual([
      ['added', began],
      ['done', began + HOUR],
      ['reopened', began + 2 * HOUR],
    ])
    const tickets = async () => (await collector.fixes()).map(({ ticket }) => ticket?.gone === true)
    await expect.poll(tickets, PATIENCE).toEqual([false, true, false, false])
    expect((await collector.send('/fixes/FIX-0002/done', {})).status).toBe(200)
    expect((await collector.send('/fixes/FIX-0003/done', {})).status).toBe(422)
  })

  test('are blocked by a status, a flag or a label, hold no secrets, and are read although one of them is odd', async () => {
    const [held, flagged, labelled] = [jira.add(1), jira.add(2), jira.add(3)]
    const odd = jira.add(4, { created: 'yesterday' })
    jira.turn(held, STATUS.held, Date.now())
    jira.change(flagged, { customfield_10021: [{ value: 'Impediment' }], summary: `Rotate ${SECRET}` })
    jira.change(labelled, { labels: ['permanent-fix', 'Blocked'] })
    await collector.start()
    await eventually('FIX-0001 open, FIX-0002 open, FIX-0003 open')
    for (const key of ['FIX-0001', 'FIX-0002', 'FIX-0003'])
      expect(await collector.transitions(key)).toContain('blocked')
    const listed = JSON.stringify(await collector.get('/fixes'))
    expect(listed).toContain('Rotate ')
    expect(listed).not.toContain(SECRET)
    const line = `  cannot be read: ${jira.url}/browse/SHOP-4 – its \`fields.created\` is not as Jira documents it`
    for (const command of [['fix', 'list'], ['status']]) {
      expect((await runTabiji(folder, ...command, '--url', collector.api())).stdout).toContain(line)
    }
    const doctor = await runTabiji(folder, 'doctor', '--url', collector.api())
    expect(doctor.stdout).toContain('DOCTOR_TICKET')
    expect(doctor.stdout).toContain(odd.key)
    jira.turn(held, STATUS.doing, Date.now())
    jira.change(flagged, { customfield_10021: null })
    jira.change(labelled, { labels: ['permanent-fix'] })
    for (const key of ['FIX-0001', 'FIX-0002', 'FIX-0003'])
      await expect.poll(() => collector.transitions(key), PATIENCE).toContain('unblocked')
    // Read again and again, a masked title is not another one.
    expect(await collector.transitions('FIX-0002')).not.toContain('retitled')
    jira.change(odd, { created: jiraTime(Date.now()) })
    await eventually('FIX-0001 open, FIX-0002 open, FIX-0003 open, FIX-0004 open')
  })

  test('are moved there before they are moved here, or neither', async () => {
    const issue = jira.add(1, { duedate: '2030-12-15' })
    await collector.start()
    await eventually('FIX-0001 open')
    const move = { due: '2031-01-31', reason: 'waits for parts' }
    jira.hidesDueDate = true
    const refused = await collector.send('/fixes/FIX-0001/move', move)
    expect(refused.status).toBe(424)
    expect(await refused.text()).toContain("Field 'duedate' cannot be set")
    expect((await collector.fixes())[0]).toMatchObject({ due: '2030-12-15' })
    jira.hidesDueDate = false
    expect((await collector.send('/fixes/FIX-0001/move', { ...move, due: '2020-01-01' })).status).toBe(422)
    expect(issue.fields.duedate).toBe('2030-12-15')
    await collector.post('/fixes/FIX-0001/move', move)
    expect(issue.fields.duedate).toBe('2031-01-31')
    const asked = jira.asked.length
    await expect.poll(() => jira.asked.length, PATIENCE).toBeGreaterThan(asked + 2)
    expect((await collector.fixes())[0]).toMatchObject({ due: '2031-01-31' })
    const { transitions } = (await collector.get('/fixes/FIX-0001')) as { readonly transitions: readonly object[] }
    expect(transitions).toMatchObject([{ type: 'added' }, { type: 'moved', reason: 'waits for parts' }])
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
    jira.turn(issue, STATUS.done, Date.now())
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
