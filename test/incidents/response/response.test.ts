import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLog } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BOT_TOKEN, startFakeSlackBot } from '../../../packages/collector/src/notifiers/testing/fake-slack-bot.ts'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { startTill } from '../../measurement/replay/testing/till.ts'

const NOON = Date.parse('2026-10-15T12:00:00+09:00')
const MINUTE = 60_000
const DOOR = { host: '127.0.0.1', port: 0, tokens: [] }
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

type Item = {
  readonly id: string
  readonly text: { readonly en: string }
  readonly ticked: boolean
  readonly by?: string
  readonly via?: string
}

type Impact = { readonly journeys: readonly { readonly bad: number; readonly valid: number }[] }

/** The first response to one page, through the real collector; each test goes on where the one before it stopped. */
describe.sequential('the first response to a page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-response-'))
  const read = readJourneys(JOURNEYS, 'journeys.yaml')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const { definition } = read
  const clock = { now: NOON }
  let till: Awaited<ReturnType<typeof startTill>>
  let slack: Awaited<ReturnType<typeof startFakeSlackBot>>
  let app: App
  let doors: Awaited<ReturnType<App['open']>>
  let key = ''

  const open = async () => {
    const config = configIn(folder, {
      listen: { api: DOOR, ingest: DOOR },
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
  const post = async (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${doors.api}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, body: (await answer.json()) as { incident: { key: string } } }
  }
  const items = async () => {
    const answer = await fetch(`${doors.api}/api/v1/incidents/${key}/checklist`)
    return ((await answer.json()) as { items: readonly Item[] }).items
  }
  const reminders = () => slack.calls.filter(({ text }) => text.includes('the next update is due'))

  test('brings the checklist of its level, which ticks itself from the record', async () => {
    await pass(2, 100)
    const stated = { title: 'Nobody can pay', level: 1, journeys: ['checkout'], episodes: ['A-0001'], by: 'aoi' }
    const { incidents } = (await (await fetch(`${doors.api}/api/v1/incidents`)).json()) as {
      incidents: { key: string }[]
    }
    key = incidents[0]?.key ?? (await post('/incidents', stated)).body.incident.key
    // The page itself brings the incident along, and what to do first; what ticked itself is not among it.
    const [first] = await items()
    expect(JSON.stringify(slack.calls[0]?.blocks)).toContain(`Incident: ${key}. Do first: 1. ${first?.text.en}`)
    expect((await items()).filter(({ ticked }) => ticked)).toMatchObject([{ id: 'journeys', via: 'record' }])
    await post('/alerts/A-0001/ack', { by: 'aoi' })
    expect((await items())[0]).toMatchObject({ id: 'take', ticked: true, by: 'aoi', via: 'record' })
  })

  test('is ticked by anybody, and a restart forgets nothing', async () => {
    const { status } = await post(`/incidents/${key}/tick`, { item: 'stop-bleeding', by: 'ken', via: 'api' })
    expect(status).toBe(200)
    expect((await post(`/incidents/${key}/tick`, { item: 'stop-bleding' })).status).toBe(422)
    await app.stop()
    await open()
    const ticked = (await items()).find(({ id }) => id === 'stop-bleeding')
    expect(ticked).toMatchObject({ ticked: true, by: 'ken', via: 'api' })
  })

  test('is asked for the next update once, in the thread of the alert, with a draft in both languages', async () => {
    await post(`/incidents/${key}/role`, { role: 'comms', name: 'ken' })
    for (let half = 0; half < 80 && reminders().length === 0; half++) await pass(0.5, 50)
    const impact = (await (await fetch(`${doors.api}/api/v1/incidents/${key}/impact`)).json()) as Impact
    expect(reminders()).toMatchObject([{ channel: 'C0123ABCD', thread_ts: '1792471140.000001', reply_broadcast: true }])
    const shown = JSON.stringify(reminders()[0]?.blocks)
    expect(shown).toContain('ken, people wait for your word.')
    // The numbers of the draft are those of the books at that moment.
    const { bad, valid } = impact.journeys[0] ?? { bad: 0, valid: 0 }
    expect(bad).toBeGreaterThan(1_000)
    const [some, all] = [bad.toLocaleString('en'), valid.toLocaleString('en')]
    expect(shown).toContain(`${some} of ${all} requests so far`)
    expect(shown).toContain(`「購入」(これまでに${all}件中${some}件、`)
    await app.stop()
    await open()
    await pass(5, 50)
    expect([reminders().length, slack.faults]).toEqual([1, []])
  })

  test('is asked again when the time that was promised is over, and not after the end', async () => {
    await post(`/incidents/${key}/update`, { text: 'We roll back.', next: '5m', by: 'ken' })
    await pass(4, 50)
    expect(reminders()).toHaveLength(1)
    await pass(2, 50)
    expect(reminders()).toHaveLength(2)
    await post(`/incidents/${key}/update`, { text: 'It works again.', next: '5m', by: 'ken' })
    await post(`/incidents/${key}/resolve`, { by: 'ken' })
    await pass(6, 0)
    expect(reminders()).toHaveLength(2)
  })
})
