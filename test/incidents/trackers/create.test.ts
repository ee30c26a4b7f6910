import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { runTabiji } from '../../measurement/ledger/testing/daemon.ts'
import { type Collector, collectorIn, collectorOf } from './testing/collector.ts'
import { type FakeGithub, startFakeGithub, TOKEN } from './testing/fake-github.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }
const FIX = { title: 'Retry the upload', kind: 'prevent', owner: 'suzuki', due: '2030-12-15', cause: 'no-retry' }

/** The real collector and its real commands beside a tracker in which it creates tickets. */
describe('a ticket that is created for a fix', { timeout: 120_000 }, () => {
  let folder: string
  let github: FakeGithub
  let collector: Collector

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tabiji-tickets-'))
    github = await startFakeGithub()
    collector = collectorIn(folder, github)
    await collector.start()
  })
  afterEach(async () => {
    await collector.stop()
    await github.close()
    rmSync(folder, { recursive: true, force: true })
    expect(github.faults).toEqual([])
  })

  const tabiji = (...words: readonly string[]) => runTabiji(folder, 'fix', ...words, '--url', collector.api())
  /** All that was there is read once more. */
  const readAgain = async () => {
    const before = github.asked.length
    await expect.poll(() => github.asked.length, PATIENCE).toBeGreaterThan(before + 2)
  }

  test('has the words of its incident, is followed, and changes nothing by being read', async () => {
    await collector.post('/incidents', { title: 'Payments fail', level: 1, journeys: ['checkout'] })
    await collector.post('/incidents/INC-0001/cause', { id: 'no-retry', text: 'Nothing retries', bone: 'design' })
    const added = await tabiji(
      ...['add', 'Retry the upload', '--kind', 'prevent', '--incident', 'INC-0001', '--owner', 'suzuki'],
      ...['--cause', 'no-retry', '--due', '2030-12-15', '--ticket'],
    )
    expect(added).toEqual({
      exit: 0,
      stdout: 'FIX-0001 is worked on at https://github.com/acme/shop/issues/100\n',
      stderr: 'FIX-0001 added, due 2030-12-15: Retry the upload\nnext: tabiji fix show FIX-0001\n',
    })
    expect(github.issues[0]).toMatchObject({ title: 'Retry the upload', labels: [{ name: 'permanent-fix' }] })
    expect(github.issues[0]?.body).toContain('- Incident: INC-0001 (level 1) Payments fail\n')
    expect(github.issues[0]?.body).toContain('- Cause that it removes: Nothing retries (no-retry)\n')
    await readAgain()
    expect(await collector.transitions('FIX-0001')).toEqual(['added', 'linked'])
    const issue = github.issues[0]
    if (issue !== undefined)
      Object.assign(issue, {
        ...{ state: 'closed', state_reason: 'completed' },
        ...{ closed_at: new Date().toISOString(), updated_at: new Date().toISOString() },
      })
    await expect.poll(collector.states, PATIENCE).toBe('FIX-0001 done')
    const audit = (await collector.get('/audit')) as { readonly commands?: readonly object[] }
    expect(JSON.stringify(audit)).toContain('/fixes/FIX-0001/ticket')
    expect(JSON.stringify(audit)).not.toContain(TOKEN)
  })

  test('is created once by many who ask at once, and again later', async () => {
    await collector.post('/fixes', FIX)
    const answers = await Promise.all([1, 2, 3].map(() => collector.send('/fixes/FIX-0001/ticket', {})))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
    await collector.start()
    expect((await collector.send('/fixes/FIX-0001/ticket', { tracker: 'github' })).status).toBe(200)
    expect(github.issues).toHaveLength(1)
    expect(await collector.fixes()).toMatchObject([{ key: 'FIX-0001', ticket: { url: github.issues[0]?.html_url } }])
  })

  test('whose answer was lost is found by whoever comes first, the next try or the next reading', async () => {
    await collector.post('/fixes', FIX)
    github.dropsAnswers = true
    const lost = await collector.send('/fixes/FIX-0001/ticket', {}, { 'idempotency-key': 'one' })
    expect(lost.status).toBe(424)
    expect(await lost.json()).toMatchObject({ error: { code: 'TRACKER_FAILED' } })
    github.dropsAnswers = false
    expect((await collector.send('/fixes/FIX-0001/ticket', {}, { 'idempotency-key': 'one' })).status).toBe(200)
    expect(github.issues).toHaveLength(1)
    await collector.post('/fixes', { ...FIX, title: 'Warn sooner' })
    github.dropsAnswers = true
    expect((await collector.send('/fixes/FIX-0002/ticket', {})).status).toBe(424)
    await expect
      .poll(async () => (await collector.fixes()).map(({ ticket }) => ticket?.url), PATIENCE)
      .toEqual(github.issues.map(({ html_url }) => html_url))
    expect(await collector.transitions('FIX-0002')).toEqual(['added', 'linked'])
    await readAgain()
    expect(await collector.fixes()).toHaveLength(2)
  })

  test('is refused with the reason of the tracker, and may be asked for again under the same key', async () => {
    await collector.post('/fixes', FIX)
    github.trouble = { status: 403 }
    const refused = await tabiji('ticket', 'FIX-0001')
    expect(refused).toMatchObject({ exit: 1, stdout: '' })
    expect(refused.stderr).toContain('The ticket of FIX-0001 was not created in github: acme/shop: Answered 403')
    github.trouble = undefined
    github.dropsLabels = true
    expect(await tabiji('ticket', 'FIX-0001')).toMatchObject({
      exit: 0,
      stdout: expect.stringContaining('give it the label permanent-fix'),
    })
  })

  test('is no reason to add a fix where there is no tracker', async () => {
    await collector.stop()
    collector = collectorOf(folder, () => [])
    await collector.start()
    const refused = await tabiji('add', 'Retry the upload', '--kind', 'prevent', '--ticket')
    expect(refused).toMatchObject({ exit: 1, stdout: '' })
    expect(refused.stderr).toContain('Expected a tracker to create the ticket in, got none')
    expect(refused.stderr).toContain('list one under `trackers` in the configuration')
    expect(await collector.fixes()).toEqual([])
  })

  test('needs a tracker that is known, and an open fix', async () => {
    await collector.post('/fixes', FIX)
    const unknown = await collector.send('/fixes/FIX-0001/ticket', { tracker: 'githbu' })
    expect(unknown.status).toBe(422)
    expect(await unknown.text()).toContain('github')
    await collector.post('/fixes/FIX-0001/done', {})
    expect((await collector.send('/fixes/FIX-0001/ticket', {})).status).toBe(409)
    expect((await collector.send('/fixes/FIX-0009/ticket', {})).status).toBe(404)
    expect(github.issues).toEqual([])
  })
})
