import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLog } from '@tabiji/collector'
import { readJourneys } from '@tabiji/core/journey/document'
import { BOT_TOKEN, startFakeSlackBot } from '../../../packages/collector/src/notifiers/testing/fake-slack-bot.ts'
import { configIn } from '../../../packages/collector/src/testing/config.ts'
import { startTill } from '../../measurement/replay/testing/till.ts'

const MINUTE = 60_000
const DOOR = { host: '127.0.0.1', port: 0, tokens: [] }
const FORM = 'application/x-www-form-urlencoded'

export const NOON = Date.parse('2026-10-15T12:00:00+09:00')
/** For what is sent to Slack without being waited for. */
export const PATIENCE = { timeout: 60_000, interval: 50 }
export const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5'
/** Where the first message of the channel stands. */
export const FIRST_TS = '1792471140.000001'
export const JOURNEYS = `timeZone: Asia/Tokyo
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

type Element = {
  readonly type: string
  readonly action_id?: string
  readonly value?: string
  readonly options?: readonly { readonly value: string }[]
  readonly initial_options?: readonly { readonly value: string }[]
}
type Block = { readonly block_id?: string; readonly elements?: readonly Element[] }
type Pressed = {
  readonly block_id?: string | undefined
  readonly element: Element
  readonly ts: string
  readonly thread_ts?: string | undefined
}
type User = { readonly id: string; readonly name: string }
const AOI: User = { id: 'U0123ABCD', name: 'aoi' }

/**
 * A real collector with a shop that is read, pages that a bot tells in a channel, and the door for what people press there. Nobody
 * but the test moves its clock.
 */
export async function openSlackHouse(stated: Parameters<typeof configIn>[1] = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-slack-'))
  const read = readJourneys(JOURNEYS, 'journeys.yaml')
  if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  const { definition } = read
  const clock = { now: NOON }
  const [till, slack] = await Promise.all([startTill(NOON), startFakeSlackBot()])
  const config = configIn(folder, {
    listen: { api: DOOR, ingest: DOOR, hooks: DOOR },
    hooks: { slack: { signingSecret: () => SIGNING_SECRET } },
    targets: [{ service: 'shop', url: till.url, intervalMs: 15_000, timeoutMs: 5_000 }],
    receivers: [{ name: 'bot', kind: 'slack-bot', token: () => BOT_TOKEN, channel: '#alerts', url: slack.api }],
    routes: { 1: ['bot'], 2: [], 3: [] },
    ...stated,
  })
  const open = async () => {
    const app = createApp(config, definition, {
      now: () => clock.now,
      log: createLog('silent'),
      loadDefinition: () => ({ ok: true, definition }),
    })
    return { app, doors: await app.open() }
  }
  let { app, doors }: { app: App; doors: Awaited<ReturnType<App['open']>> } = await open()
  await app.turns.read()
  let presses = 0

  /** A request of Slack, signed by the secret. */
  const tell = (path: string, body: string, type = FORM, secret = SIGNING_SECRET) => {
    const stamp = String(Math.floor(clock.now / 1000))
    const signature = createHmac('sha256', secret).update(`v0:${stamp}:${body}`).digest('hex')
    const headers = {
      'content-type': type,
      'x-slack-request-timestamp': stamp,
      'x-slack-signature': `v0=${signature}`,
    }
    return fetch(`${doors.hooks}${path}`, { method: 'POST', headers, body })
  }
  /** What can be pressed in the channel, as it stands there now. */
  const find = (action: string): Pressed => {
    for (const [ts, { blocks = [], thread_ts }] of [...slack.messages].reverse()) {
      for (const { block_id, elements = [] } of blocks as readonly Block[]) {
        const element = elements.find(({ action_id }) => action_id === action)
        if (element !== undefined) return { block_id, element, ts, thread_ts }
      }
    }
    throw new Error(`Expected something to press that is called ${action}`)
  }
  /** Sends what Slack sends after a press ("block_actions payload"). @param selected of boxes, the values that are ticked then */
  const send = async ({ block_id, element, ts, thread_ts }: Pressed, user: User, selected: readonly string[] = []) => {
    const { type, action_id, value, options = [] } = element
    const boxes = { selected_options: options.filter((one) => selected.includes(one.value)) }
    const payload = {
      type: 'block_actions',
      user: { ...user, username: user.name },
      container: { type: 'message', message_ts: ts, channel_id: 'C0123ABCD', ...(thread_ts && { thread_ts }) },
      // Slack gives each press another one.
      trigger_id: `${++presses}.0.0`,
      actions: [{ type, action_id, block_id: block_id ?? 'b', ...(type === 'button' ? { value } : boxes) }],
    }
    return (await tell('/slack/interactions', new URLSearchParams({ payload: JSON.stringify(payload) }).toString()))
      .status
  }
  const post = async <Answer = object>(path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${doors.api}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, body: (await answer.json()) as Answer }
  }
  return {
    folder,
    clock,
    till,
    slack,
    tell,
    find,
    send,
    post,
    api: () => doors.api,
    turns: () => app.turns,
    get: async <Answer>(path: string) => (await (await fetch(`${doors.api}/api/v1${path}`)).json()) as Answer,
    press: (action: string, user = AOI) => send(find(action), user),
    /** Ticks or unticks one box as somebody sees it now. */
    toggle: (id: string, user = AOI) => {
      const shown = [0, 1, 2].map((part) => {
        try {
          return find(`tabiji_tick_${part}`)
        } catch {
          return undefined
        }
      })
      const boxes = shown.find((one) => one?.element.options?.some(({ value }) => value === id))
      if (boxes === undefined) throw new Error(`Expected a box ${id}`)
      const ticked = (boxes.element.initial_options ?? []).map(({ value }) => value)
      return send(boxes, user, ticked.includes(id) ? ticked.filter((one) => one !== id) : [...ticked, id])
    },
    /** What only one person was told. */
    whispers: () => slack.calls.filter(({ method }) => method === 'chat.postEphemeral').map(({ text }) => text),
    /** Minutes with a hundred payments in each half, of which so many fail. */
    pass: async (minutes: number, failing: number) => {
      for (let half = 0; half < minutes * 2; half++) {
        till.pay.error += failing
        till.pay.good += 100 - failing
        clock.now += MINUTE / 2
        await app.turns.read()
        app.turns.evaluate()
        await app.turns.deliver()
      }
    },
    /** A while in which what is owed is sent: a channel takes a message a second. */
    settle: async () => {
      clock.now += 10_000
      await app.turns.deliver()
    },
    restart: async () => {
      await app.stop()
      ;({ app, doors } = await open())
    },
    close: async () => {
      await app.stop()
      await till.close()
      await slack.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
