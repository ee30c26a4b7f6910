import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runTabiji } from '../../measurement/ledger/testing/daemon.ts'
import { type Collector, collectorOf } from './testing/collector.ts'
import { type FakeGithub, startFakeGithub, TOKEN } from './testing/fake-github.ts'
import { EMAIL, type FakeJira, JIRA_TOKEN, jiraTime, STATUS, startFakeJira } from './testing/fake-jira.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }
const FIX = { title: 'Retry the upload', kind: 'prevent', due: '2030-12-15' }
const LABEL = 'permanent-fix'

/** A team that moves from GitHub to Jira, issue by issue. */
describe('two trackers', { timeout: 120_000 }, () => {
  let folder: string
  let github: FakeGithub
  let jira: FakeJira
  let collector: Collector

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tabiji-two-'))
    ;[github, jira] = await Promise.all([startFakeGithub(), startFakeJira()])
    const common = { label: LABEL, intervalMs: 100 }
    const first = {
      ...common,
      name: 'github',
      kind: 'github',
      url: github.url,
      token: () => TOKEN,
      repositories: ['acme/shop', 'acme/web'],
      blocked: ['blocked'],
      dueField: 'Target date',
      create: [{ place: 'acme/web', journeys: ['checkout'] }],
    } as const
    const second = {
      ...common,
      name: 'jira',
      kind: 'jira',
      url: jira.url,
      email: EMAIL,
      token: () => JIRA_TOKEN,
      places: ['SHOP'],
      create: [],
      jql: `project = "SHOP" AND labels = "${LABEL}"`,
      issueType: 'Task',
      dropped: ["Won't Do"],
      blocked: { labels: ['blocked'], statuses: [] },
    } as const
    collector = collectorOf(folder, () => [first, second])
    await collector.start()
  })
  afterEach(async () => {
    await collector.stop()
    await Promise.all([github.close(), jira.close()])
    rmSync(folder, { recursive: true, force: true })
    expect([...github.faults, ...jira.faults]).toEqual([])
  })

  const tabiji = (...words: readonly string[]) => runTabiji(folder, ...words, '--url', collector.api())
  const pages = async () => (await collector.fixes()).map(({ ticket }) => ticket?.url)
  const issueOf = (number: number) => {
    const found = github.issues.find(({ html_url }) => html_url.endsWith(`/${number}`))
    if (found === undefined) throw new Error(`Expected an issue ${number}`)
    return found
  }
  const close = (number: number, reason: string) =>
    Object.assign(issueOf(number), {
      ...{ state: 'closed', state_reason: reason },
      ...{ closed_at: new Date().toISOString(), updated_at: new Date().toISOString() },
    })
  /** Each has been read in full and again for what has changed. */
  const readBoth = async () => {
    const before = [github.asked.length, jira.asked.length] as const
    await expect
      .poll(() => [github.asked.length - before[0], jira.asked.length - before[1]].every((n) => n > 5), PATIENCE)
      .toBe(true)
  }
  const description = (body: string | null) => ({
    ...{ type: 'doc', version: 1 },
    content: (body ?? '')
      .split('\n')
      .map((text) => ({ type: 'paragraph', content: text === '' ? [] : [{ type: 'text', text }] })),
  })

  test('new tickets go where the configuration or the command says, and nothing is added where there is no such place', async () => {
    await collector.post('/incidents', { title: 'Payments fail', level: 1, journeys: ['checkout'] })
    const add = (...words: readonly string[]) => tabiji('fix', 'add', 'Retry', '--kind', 'prevent', ...words)
    const refused = await add('--repo', 'acme/shopp')
    expect(refused).toMatchObject({ exit: 1, stdout: '' })
    expect(refused.stderr).toContain('Expected `place` to be a known one, got "acme/shopp"')
    expect(refused.stderr).toContain('did you mean "acme/shop"?')
    expect((await add('--ticket', 'jiro')).stderr).toContain('did you mean "jira"?')
    expect(await collector.fixes()).toEqual([])
    await add('--ticket', '--incident', 'INC-0001')
    await add('--ticket')
    await add('--ticket', '--incident', 'INC-0001', '--repo', 'ACME/shop')
    await add('--ticket', 'jira')
    await add('--repo', 'SHOP')
    const made = (await pages()).map((url) => url?.replace(/^https?:\/\/[^/]+/, '').replace(/\d+$/, ''))
    expect(made).toEqual([
      '/acme/web/issues/',
      '/acme/shop/issues/',
      '/acme/shop/issues/',
      '/browse/SHOP-',
      '/browse/SHOP-',
    ])
    await readBoth()
    expect(await collector.fixes()).toHaveLength(5)
  })

  test('a due date is moved where the issue states it', async () => {
    const [field, line, milestone] = [github.add(1), github.add(2), github.add(3)]
    field.issue_field_values = [
      { issue_field_id: 42, issue_field_name: 'Target date', data_type: 'date', value: '2030-12-15' },
    ]
    line.body = 'Why\r\ndue: 2030-11-30\r\n'
    milestone.milestone = { title: 'v1', due_on: '2030-10-01T08:00:00Z' }
    await expect
      .poll(async () => (await collector.fixes()).map(({ due }) => due), PATIENCE)
      .toEqual([...['2030-12-15', '2030-11-30', '2030-10-01']])
    const moved = await tabiji('fix', 'move', 'FIX-0001', '2031-01-31', '--reason', 'waits for parts')
    expect(moved.stdout).toContain('FIX-0001 moved from 2030-12-15 to 2031-01-31')
    expect(field.issue_field_values?.[0]?.value).toBe('2031-01-31')
    for (const key of ['FIX-0002', 'FIX-0003']) await tabiji('fix', 'move', key, '2031-01-31', '--reason', 'parts')
    // The field goes before what the text and the milestone say, which others may share.
    expect(line.body).toBe('Why\r\ndue: 2030-11-30\r\n')
    expect(milestone.issue_field_values?.[0]?.value).toBe('2031-01-31')
    await readBoth()
    expect((await collector.fixes()).map(({ due }) => due)).toEqual(['2031-01-31', '2031-01-31', '2031-01-31'])
    for (const key of ['FIX-0001', 'FIX-0002', 'FIX-0003'])
      expect(await collector.transitions(key)).toEqual(['added', 'moved'])
    github.trouble = { status: 403 }
    const refused = await tabiji('fix', 'move', 'FIX-0001', '2031-02-28', '--reason', 'parts')
    expect(refused.stderr).toContain(
      'not changed in github, nor here: acme/shop: Answered 403: the token may not write issues',
    )
    expect(refused.stderr).toContain('https://github.com/acme/shop/issues/1')
    github.trouble = undefined
    expect((await collector.fixes())[0]).toMatchObject({ due: '2031-01-31' })
    const owner = await tabiji('fix', 'assign', 'FIX-0001', 'aoi')
    expect(owner.stderr).toContain('Expected the owner of FIX-0001 to be changed where it is kept')
  })

  test('an issue that moves to the other tracker stays one fix, whichever is read first, and a doubt is asked about', async () => {
    // It carries our mark along, and its origin is closed as not planned.
    await collector.post('/fixes', FIX)
    await collector.post('/fixes/FIX-0001/ticket', { tracker: 'github' })
    const [issue] = github.issues
    const copied = jira.add(1, { summary: FIX.title, duedate: FIX.due, description: description(issue?.body ?? '') })
    const aside = async () =>
      (
        (await collector.get('/fixes')) as { trackers: readonly { aside?: readonly { url: string; why: string }[] }[] }
      ).trackers.flatMap(({ aside = [] }) => aside)
    // While both are open nobody knows which one is meant, so it is not counted twice but asked about.
    await expect.poll(aside, PATIENCE).toMatchObject([{ url: `${jira.url}/browse/SHOP-1`, asks: true }])
    expect((await aside())[0]?.why).toContain(
      'it may be FIX-0001, which is kept at https://github.com/acme/shop/issues/100',
    )
    expect((await tabiji('status')).stdout).toContain(`not counted yet: ${jira.url}/browse/SHOP-1`)
    expect(await collector.fixes()).toHaveLength(1)
    close(100, 'not_planned')
    await expect.poll(pages, PATIENCE).toEqual([`${jira.url}/browse/SHOP-1`])
    await expect.poll(collector.states, PATIENCE).toBe('FIX-0001 open')
    await expect.poll(aside, PATIENCE).toEqual([])
    expect(await collector.transitions('FIX-0001')).toEqual(['added', 'linked', 'dropped', 'undropped', 'linked'])
    // From now on it is followed there, also through a start that reads all of both.
    jira.turn(copied, STATUS.done, Date.now())
    await expect.poll(collector.states, PATIENCE).toBe('FIX-0001 done')
    await collector.start()
    await readBoth()
    expect(await collector.states()).toBe('FIX-0001 done')

    // One that only links back is asked about; the answer is recorded once and for all.
    github.add(7, { title: 'Warn sooner' })
    await expect.poll(async () => (await collector.fixes()).length, PATIENCE).toBe(2)
    const see = (text: string) => description(`see https://github.com/acme/shop/issues/7. ${text}`)
    const [same, other] = [2, 3].map((n) => jira.add(n, { summary: `Alert ${n}`, description: see(`${n}`) }))
    await expect.poll(async () => (await aside()).length, PATIENCE).toBe(2)
    const page = (one: typeof same) => `${jira.url}/browse/${one?.key}`
    expect((await tabiji('fix', 'follow', page(other))).stdout).toContain('FIX-0003 is worked on at ')
    expect((await tabiji('fix', 'follow', page(same), '--as', 'FIX-0002')).stdout).toBe(
      `FIX-0002 is worked on at ${page(same)}: Alert 2\n`,
    )
    expect(await aside()).toEqual([])
    close(7, 'completed')
    await collector.start()
    await readBoth()
    expect(await collector.states()).toBe('FIX-0001 done, FIX-0002 open, FIX-0003 open')
    expect(await aside()).toEqual([])
    const taken = await tabiji('fix', 'follow', page(other), '--as', 'FIX-0002')
    expect(taken.stderr).toContain('belongs to FIX-0003 already')
    expect(taken.stderr).toContain('tabiji fix merge FIX-0003 FIX-0002')
    const unknown = await tabiji('fix', 'follow', 'https://example.com/issues/1')
    expect(unknown).toMatchObject({ exit: 1, stderr: expect.stringContaining('Expected the page of a ticket') })
  })

  test('where the new issue is read before the one that it came from, that one is no fix of its own', async () => {
    const back = description('moved from https://github.com/acme/shop/issues/9')
    const moved = jira.add(1, { summary: 'Warn sooner', description: back, created: jiraTime(Date.now()) })
    await expect.poll(pages, PATIENCE).toEqual([`${jira.url}/browse/${moved.key}`])
    const before = { state: 'closed', state_reason: 'not_planned', closed_at: new Date().toISOString() } as const
    github.add(9, { title: 'Warn sooner', ...before })
    await readBoth()
    expect(await collector.states()).toBe('FIX-0001 open')
    await collector.start()
    await readBoth()
    expect(await collector.states()).toBe('FIX-0001 open')
    expect(await pages()).toEqual([`${jira.url}/browse/${moved.key}`])
  })
})
