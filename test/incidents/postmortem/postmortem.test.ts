import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLog } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import type { Desk } from '@tabiji/core/time'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BOT_TOKEN, startFakeSlackBot } from '../../../packages/collector/src/notifiers/testing/fake-slack-bot.ts'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { startTill } from '../../measurement/replay/testing/till.ts'

const TABIJI = join(import.meta.dirname, '../../../packages/collector/bin/tabiji.js')
const MINUTE = 60_000
const at = (text: string) => Date.parse(`${text}+09:00`)
/** A Friday; the Tuesday after it is a holiday. */
const FRIDAY = at('2026-10-30T12:00:00')
const DOOR = { host: '127.0.0.1', port: 0, tokens: [] }
const OFFICE: Desk = {
  timeZone: 'Asia/Tokyo',
  hours: [{ times: [{ from: 600, to: 1_140 }], weekdays: [{ from: 1, to: 5 }], location: 'Asia/Tokyo' }],
  closings: [{ dayOff: (date) => (date === '2026-11-03' ? 'Culture Day' : undefined) }],
}
const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    alerts: { excluded: false }
    objectives:
      availability:
        target: 99
        policy: { milestones: [], pairs: [{ level: 1, long: 1h, short: 5m, factor: 10 }] }
    steps:
      pay: { http: POST /pay, within: write }
`

type Impact = {
  readonly journeys: readonly [
    { readonly objective: string; readonly bad: number; readonly valid: number; readonly badPpm: number },
  ]
}

type Statistics = { readonly debt: { readonly virtual: readonly { readonly incident: string }[] } }

/** A postmortem from the page to its publication, through the real collector; each test goes on where the one before it stopped. */
describe.sequential('the postmortem of an incident', { timeout: 120_000 }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-postmortem-story-'))
  const file = join(folder, 'postmortems', 'INC-0001.md')
  const read = readJourneys(JOURNEYS, 'journeys.yaml')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const { definition } = read
  const clock = { now: FRIDAY }
  let till: Awaited<ReturnType<typeof startTill>>
  let slack: Awaited<ReturnType<typeof startFakeSlackBot>>
  let app: App
  let api: string

  const open = async () => {
    const config = configIn(folder, {
      listen: { api: DOOR, ingest: DOOR },
      targets: [{ service: 'shop', url: till.url, intervalMs: 15_000, timeoutMs: 5_000 }],
      receivers: [{ name: 'bot', kind: 'slack-bot', token: () => BOT_TOKEN, channel: '#alerts', url: slack.api }],
      routes: { 1: ['bot'], 2: [], 3: ['bot'] },
      calendar: { desk: () => OFFICE, teams: new Map(), files: [] },
    })
    app = createApp(config, definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    api = (await app.open()).api
  }
  beforeAll(async () => {
    till = await startTill(FRIDAY)
    slack = await startFakeSlackBot()
    await open()
    await app.turns.read()
  })
  afterAll(async () => {
    await app.stop()
    await till.close()
    await slack.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const turn = async () => {
    await app.turns.read()
    app.turns.evaluate()
    await app.turns.deliver()
  }
  /** Minutes with a hundred payments in each half, of which so many fail. */
  async function pass(minutes: number, failing: number): Promise<void> {
    for (let half = 0; half < minutes * 2; half++) {
      till.pay.error += failing
      till.pay.good += 100 - failing
      clock.now += MINUTE / 2
      await turn()
    }
  }
  const tabiji = (...words: readonly string[]) =>
    new Promise<{ exit: number; stdout: string; stderr: string }>((resolve) => {
      const env = { PATH: process.env['PATH'], TABIJI_URL: api, TABIJI_BY: 'aoi' }
      const child = execFile(process.execPath, [TABIJI, ...words, '--timeout', '60s'], { env }, (_, stdout, stderr) =>
        resolve({ exit: child.exitCode ?? -1, stdout, stderr }),
      )
    })
  const get = async (path: string) => (await (await fetch(`${api}/api/v1${path}`)).json()) as object
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${api}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, text: await answer.text() }
  }
  const text = () => readFileSync(file, 'utf8')
  const listed = async (state: string) => {
    const { stdout } = await tabiji('postmortem', 'list', '--state', state, '--json')
    return (JSON.parse(stdout) as { postmortems: readonly object[] }).postmortems
  }

  test('is owed from the resolution on, by business days, by who led', async () => {
    await pass(3, 0)
    await pass(3, 50)
    await tabiji('incident', 'lead', 'INC-0001')
    await tabiji('incident', 'note', 'INC-0001', 'rolled back payments')
    await tabiji('incident', 'star', 'INC-0001', 'L-0001')
    await tabiji(
      ...['incident', 'decide', 'INC-0001', '--knew', '5xx since noon', '--option', 'wait', '--choice', 'roll back'],
      ...['--why', 'it is quick'],
    )
    await tabiji('incident', 'cause', 'INC-0001', 'retry', 'Clients retry at once', '--bone', 'design')
    expect(await listed('all')).toEqual([])
    await pass(45, 0)
    expect((await tabiji('incident', 'resolve', 'INC-0001')).exit).toBe(0)
    // Monday, Wednesday, Thursday: Tuesday is a holiday.
    expect(await listed('missing')).toMatchObject([
      { incident: 'INC-0001', level: 1, state: 'missing', due: '2026-11-05', overdueDays: 0, owner: 'aoi' },
    ])
  })

  test('its draft has the numbers of the ledger, the timeline, the decision and the picture', async () => {
    expect((await tabiji('postmortem', 'draft', 'INC-0001', '--out', file)).stdout).toBe(
      `INC-0001: drafted in ${file}\n`,
    )
    const { journeys } = (await get('/incidents/INC-0001/impact')) as Impact
    const [{ objective, bad, valid, badPpm }] = journeys
    expect(bad).toBe(till.pay.error)
    expect(badPpm).toBe(Math.floor((bad * 1_000_000) / valid))
    expect(text()).toContain(`| ${objective} | ${bad} | ${valid} | ${(Math.floor(badPpm / 100) / 100).toFixed(2)} % |`)
    expect(text()).toMatch(/- ★ .* rolled back payments\n\nEverything else:\n\n/)
    expect(text()).toContain('checkout/availability left its target')
    expect(text()).toMatch(/Decision: roll back\. Known then: 5xx since noon\. Options: wait\. Because: it is quick/)
    expect(text()).toContain('due: 2026-11-05')
    expect(text()).not.toContain('aoi')
    const picture = readFileSync(join(folder, 'postmortems', 'INC-0001-fishbone.svg'), 'utf8')
    expect(picture).toMatch(/^<svg[\s\S]*Clients retry at once[\s\S]*<\/svg>\s*$/)
  })

  test('the team is reminded once when it is overdue, in working hours, also by a process that was started since', async () => {
    const reminders = () => slack.calls.filter((call) => JSON.stringify(call).includes('the postmortem is overdue'))
    clock.now = at('2026-11-05T23:59:00')
    await turn()
    expect(await listed('overdue')).toEqual([])
    clock.now = at('2026-11-06T00:00:30')
    await turn()
    expect(reminders()).toEqual([])
    await app.stop()
    await open()
    clock.now = at('2026-11-06T10:00:30')
    await turn()
    await turn()
    expect(reminders()).toHaveLength(1)
    expect(JSON.stringify(reminders())).toContain('It was due on 2026-11-05. aoi has it')
    expect((await tabiji('postmortem', 'list', '--state', 'overdue')).stdout).toMatch(/INC-0001 .* draft .* 1 d late/)
  })

  test('is refused with every reason, by the command and by the collector itself, and published once it is mended', async () => {
    expect((await tabiji('postmortem', 'review', file)).exit).toBe(0)
    const refused = await tabiji('postmortem', 'publish', file)
    expect(refused.exit).toBe(1)
    expect(refused.stderr).toContain('Expected at least one permanent fix, or why there is none, got neither')
    expect(refused.stderr).toMatch(/INC-0001\.md:\d+:1: Expected somebody to have written: what went well/)
    const direct = await post('/incidents/INC-0001/postmortem', { state: 'published' })
    expect(direct).toMatchObject({ status: 422, text: expect.stringContaining('POSTMORTEM_FIX') })
    await tabiji('fix', 'add', 'Write it down', '--kind', 'process', '--incident', 'INC-0001', '--owner', 'ken')
    expect((await post('/incidents/INC-0001/postmortem', { state: 'published' })).text).toContain('not `process`')
    await tabiji(
      ...['fix', 'add', 'Back off', '--kind', 'prevent', '--incident', 'INC-0001', '--cause', 'retry'],
      ...['--owner', 'ken', '--due', '2026-12-01'],
    )
    await tabiji('postmortem', 'draft', 'INC-0001', '--out', file)
    writeFileSync(file, text().replace(/⟪[^⟫]*⟫/g, 'Written by those who were there.'))
    expect(await tabiji('postmortem', 'publish', file)).toMatchObject({
      exit: 0,
      stdout: 'INC-0001: the postmortem is published\n',
    })
    expect(text()).toContain('state: published')
    expect(await get('/incidents/INC-0001')).toMatchObject({ incident: { postmortem: { state: 'published', file } } })
    expect(await listed('open')).toEqual([])
    expect(await listed('published')).toMatchObject([{ incident: 'INC-0001', overdueDays: 0 }])
    const audit = JSON.stringify(await get('/audit'))
    expect(audit).toContain('/incidents/INC-0001/postmortem')
    expect(audit).toContain('published')
  })

  test('two incidents that turn out to be one are counted once; a published one takes nothing in', async () => {
    await tabiji('incident', 'open', 'Payments are slow', '--level', '2', '--journey', 'checkout')
    await tabiji('incident', 'open', 'Carts are empty', '--level', '2', '--journey', 'checkout')
    await tabiji('incident', 'note', 'INC-0003', 'the cache was cold')
    const late = await tabiji('incident', 'merge', 'INC-0003', '--into', 'INC-0001', '--reason', 'the same')
    expect(late.exit).not.toBe(0)
    expect(late.stderr).toContain('Expected the postmortem of INC-0001 not to be published yet')
    const counted = async () =>
      ((await get('/months/2026-11/facts')) as { readonly incidents: readonly { readonly key: string }[] }).incidents
    expect((await counted()).map(({ key }) => key)).toEqual(['INC-0002', 'INC-0003'])
    for (const key of ['INC-0002', 'INC-0003']) await tabiji('incident', 'resolve', key)
    const owed = async () => ((await get('/statistics?month=2026-11')) as Statistics).debt.virtual
    expect((await owed()).map(({ incident }) => incident)).toEqual(['INC-0002', 'INC-0003'])
    const merged = await tabiji('incident', 'merge', 'INC-0003', '--into', 'INC-0002', '--reason', 'one cold cache')
    expect(merged.stdout).toMatch(/^INC-0003 is part of INC-0002/)
    expect((await counted()).map(({ key }) => key)).toEqual(['INC-0002'])
    expect((await owed()).map(({ incident }) => incident)).toEqual(['INC-0002'])
    const { stdout } = await tabiji('incident', 'timeline', 'INC-0002')
    expect(stdout).toContain('the cache was cold')
    expect(stdout).toContain('Another incident is part of this one: INC-0003 · one cold cache')
    expect((await tabiji('incident', 'show', 'INC-0003')).stdout).toContain('merged into INC-0002')
  })
})
