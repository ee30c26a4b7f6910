import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type AlertDetail, type App, createApp, createLog } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { tellingTo } from '../../../packages/collector/src/jobs/testing/office.ts'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { startTill } from '../../measurement/replay/testing/till.ts'
import { SECRET, startReceiver } from '../../road/testing/receiver.ts'

const NOON = Date.parse('2026-10-15T12:00:00+09:00')
const SLOT = 15_000
const MINUTE = 60_000
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
        policy:
          milestones: []
          pairs:
            - { level: 1, long: 1h, short: 5m, factor: 10 }
            - { level: 2, long: 6h, short: 30m, factor: 1 }
    steps:
      pay: { http: POST /pay, within: write }
`

/** One afternoon and night of the real collector, with real receivers; each test goes on where the one before it stopped. */
describe.sequential('a page through an afternoon and a night', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-episodes-'))
  const read = readJourneys(JOURNEYS, 'journeys.yaml')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const { definition } = read
  const clock = { now: NOON }
  let till: Awaited<ReturnType<typeof startTill>>
  let hooks: Record<'pager' | 'second' | 'chat', Awaited<ReturnType<typeof startReceiver>>>
  let app: App
  let api: string

  const open = async () => {
    const receivers = Object.entries(hooks).map(([name, { url }]) => {
      return { name, kind: 'webhook' as const, url: () => url, secret: () => SECRET }
    })
    const config = configIn(folder, {
      targets: [{ service: 'shop', url: till.url, intervalMs: SLOT, timeoutMs: 5_000 }],
      receivers,
      routes: { 1: ['pager'], 2: ['chat'], 3: [] },
      fallback: 'second',
      calendar: { desk: tellingTo().deskOf, teams: new Map(), files: [] },
      unanswered: {
        acknowledge: { pageMs: 60 * MINUTE },
        escalation: [{ afterMs: 5 * MINUTE, to: ['second'] }],
        reminders: { everyMs: 30 * MINUTE, atMost: 4 },
        ticketAfterDays: 3,
      },
    })
    app = createApp(config, definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    ;({ api } = await app.open())
  }
  beforeAll(async () => {
    const [pager, second, chat] = await Promise.all([startReceiver(), startReceiver(), startReceiver()])
    hooks = { pager, second, chat }
    till = await startTill(NOON)
    await open()
    await app.turns.read()
  })
  afterAll(async () => {
    await app.stop()
    await Promise.all([till.close(), ...Object.values(hooks).map(({ close }) => close())])
    rmSync(folder, { recursive: true, force: true })
  })

  /** Minutes with a hundred payments in each half, of which so many fail. */
  async function pass(minutes: number, failing = 0): Promise<void> {
    for (let half = 0; half < minutes * 2; half++) {
      till.pay.error += failing
      till.pay.good += 100 - failing
      clock.now += MINUTE / 2 - 1_000
      await app.turns.read()
      clock.now += 1_000
      app.turns.evaluate()
      await app.turns.deliver()
    }
  }
  async function ack(id: string, body: object) {
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify(body) }
    return (await fetch(`${api}/api/v1/alerts/${id}/ack`, init)).status
  }
  const alert = async (id: string) => (await (await fetch(`${api}/api/v1/alerts/${id}`)).json()) as AlertDetail
  const history = async (id: string) => (await alert(id)).timeline.map(({ transition }) => transition)
  const titles = (name: keyof typeof hooks) => hooks[name].messages.map(({ data }) => data['title'])

  test('a ticket is taken, becomes a page, and is nobody’s then; the digest will say what it became', async () => {
    await pass(20, 2)
    expect(await ack('A-0001', { by: 'aoi' })).toBe(200)
    expect((await alert('A-0001')).episode).toMatchObject({
      ack: { by: 'aoi', until: Date.parse('2026-10-16T10:00:00+09:00') },
    })
    await pass(10, 100)
    expect(await history('A-0001')).toEqual(['fired', 'acked', 'unacked', 'raised'])
    expect((await alert('A-0001')).notifications).toMatchObject([{ receiver: 'chat', state: 'digest' }])
    expect(await history('A-0002')).toEqual(['fired', 'raised'])
    expect(titles('pager')).toHaveLength(1)
  })

  test('the page goes to the second receiver after five minutes, and is not said again while somebody has it', async () => {
    expect(titles('second')).toEqual(['▲ LEVEL 1 · Check out: nobody has taken it for 5 min'])
    expect(hooks.second.messages[0]?.data).toMatchObject({ unanswered: { told: ['pager'] } })
    expect(await ack('A-0002', { by: 'ren', note: 'rolling back' })).toBe(200)
    await pass(31, 100)
    expect([titles('pager').length, titles('second').length]).toEqual([1, 1])
  })

  test('what came due in a night without the collector is said once, with how late it is', async () => {
    await app.stop()
    clock.now = Date.parse('2026-10-15T22:00:00+09:00')
    await open()
    app.turns.evaluate()
    await app.turns.deliver()
    app.turns.evaluate()
    await app.turns.deliver()
    expect(titles('pager').slice(1)).toEqual(['▲ LEVEL 1 · Check out: still rings, and ren has it no more'])
    expect(hooks.pager.messages[1]?.data['text']).toMatch(/This should have come 8 h \d+ min ago\./)
    expect(titles('second')).toHaveLength(1)
  })

  test('the end goes to everybody who was asked, and nothing is left to be asked', async () => {
    await pass(15)
    expect((await history('A-0002')).slice(-2)).toEqual(expect.arrayContaining(['resolved']))
    const ended = (name: keyof typeof hooks) =>
      hooks[name].messages.filter(({ type }) => type === 'alert.resolved').length
    expect([ended('pager'), ended('second')]).toEqual([1, 1])
    const before = [titles('pager').length, titles('second').length]
    await pass(32)
    expect([titles('pager').length, titles('second').length]).toEqual(before)
  })
})
