import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AlertDetail, type App, createApp, createLog } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BOT_TOKEN, startFakeSlackBot } from '../../../packages/collector/src/notifiers/testing/fake-slack-bot.ts'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { startTill } from '../../measurement/replay/testing/till.ts'

const NOON = Date.parse('2026-10-15T12:00:00+09:00')
const MINUTE = 60_000
const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5'
const DOOR = { host: '127.0.0.1', port: 0, tokens: [] }
const PATIENCE = { timeout: 60_000, interval: 50 }
const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://wiki.example.org/checkout
    alerts: { excluded: false }
    objectives:
      availability:
        target: 99
        policy: { milestones: [], pairs: [{ level: 1, long: 1h, short: 5m, factor: 10 }] }
    steps:
      pay: { http: POST /pay, within: write }
`

/** One page from its first message to its end, through the real collector; each test goes on where the one before it stopped. */
describe.sequential('a page in a channel', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-slack-'))
  const read = readJourneys(JOURNEYS, 'journeys.yaml')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const { definition } = read
  const clock = { now: NOON }
  let till: Awaited<ReturnType<typeof startTill>>
  let slack: Awaited<ReturnType<typeof startFakeSlackBot>>
  let app: App
  let presses = 0
  let doors: Awaited<ReturnType<App['open']>>

  const open = async () => {
    const config = configIn(folder, {
      listen: { api: DOOR, ingest: DOOR, hooks: DOOR },
      hooks: { slack: { signingSecret: () => SIGNING_SECRET } },
      targets: [{ service: 'shop', url: till.url, intervalMs: 15_000, timeoutMs: 5_000 }],
      receivers: [{ name: 'bot', kind: 'slack-bot', token: () => BOT_TOKEN, channel: '#alerts', url: slack.api }],
      routes: { 1: ['bot'], 2: [], 3: [] },
    })
    app = createApp(config, definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    doors = await app.open()
  }
  beforeAll(async () => {
    till = await startTill(NOON)
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

  /** Minutes with a hundred payments in each half, of which so many fail. */
  async function pass(minutes: number, failing: number): Promise<void> {
    for (let half = 0; half < minutes * 2; half++) {
      till.pay.error += failing
      till.pay.good += 100 - failing
      clock.now += MINUTE / 2
      await app.turns.read()
      app.turns.evaluate()
      await app.turns.deliver()
    }
  }
  /** Presses a button of the message that stands in the channel. */
  async function press(action: string): Promise<number> {
    const found = JSON.stringify([...slack.messages.values()]).match(`"action_id":"${action}","value":"([^"]*)"`)
    const payload = {
      type: 'block_actions',
      user: { id: 'U0123ABCD', username: 'aoi', name: 'aoi' },
      container: { type: 'message', channel_id: 'C0123ABCD' },
      // Slack gives each press another one.
      trigger_id: `${++presses}.0.0`,
      actions: [{ type: 'button', action_id: action, value: found?.[1] }],
    }
    const body = new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
    const stamp = String(Math.floor(clock.now / 1000))
    const signature = createHmac('sha256', SIGNING_SECRET).update(`v0:${stamp}:${body}`).digest('hex')
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': stamp,
      'x-slack-signature': `v0=${signature}`,
    }
    return (await fetch(`${doors.hooks}/slack/interactions`, { method: 'POST', headers, body })).status
  }
  const alert = async () => (await (await fetch(`${doors.api}/api/v1/alerts/A-0001`)).json()) as AlertDetail
  const whispers = () => slack.calls.filter(({ method }) => method === 'chat.postEphemeral').map(({ text }) => text)

  test('is one message, whose button takes the alert in the name of who pressed it', async () => {
    await pass(2, 100)
    expect(slack.calls.map(({ method, channel }) => [method, channel])).toEqual([['chat.postMessage', '#alerts']])
    expect(await press('tabiji_acknowledge')).toBe(200)
    expect((await alert()).episode).toMatchObject({ state: 'acked', ack: { by: 'aoi' } })
    await expect.poll(whispers, PATIENCE).toEqual([expect.stringMatching(/^A-0001 is yours, aoi\./)])
  })

  test('opens one incident, however often it is asked for', async () => {
    expect([await press('tabiji_open_incident'), await press('tabiji_open_incident')]).toEqual([200, 200])
    const { incidents } = (await (await fetch(`${doors.api}/api/v1/incidents`)).json()) as { incidents: object[] }
    expect(incidents).toMatchObject([{ key: 'INC-0001', level: 1, journeys: ['checkout'], episodes: ['A-0001'] }])
    await expect.poll(() => whispers().length, PATIENCE).toBe(3)
  })

  test('is edited when it is over, also after a restart, and the channel sees the reply', async () => {
    await app.stop()
    await open()
    await pass(20, 0)
    const [edit, reply] = slack.calls.filter(({ method }) => method !== 'chat.postEphemeral').slice(1)
    expect(edit).toMatchObject({ method: 'chat.update', channel: 'C0123ABCD', ts: '1792471140.000001' })
    expect(edit?.text).toMatch(/^✔ RESOLVED \(level 1\) · Check out/)
    expect(reply).toMatchObject({ thread_ts: '1792471140.000001', reply_broadcast: true })
    expect(reply?.text).toContain('&gt; ▲ LEVEL 1 · Check out is failing')
    expect(slack.faults).toEqual([])
    expect(JSON.stringify(await alert())).not.toContain('1792471140')
  })
})
