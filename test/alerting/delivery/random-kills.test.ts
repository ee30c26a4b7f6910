import { setTimeout as pause } from 'node:timers/promises'
import { expect, test, vi } from 'vitest'
import { FULL, random, tellFigures } from '../../measurement/ledger/testing/house.ts'
import { type Bells, openBells } from './testing/bells.ts'
import { type Manner, take } from './testing/hook.ts'
import { type Alert, alertsOf, type Notice, openHouse, PATIENCE, untilSettled } from './testing/house.ts'

const KILLS = FULL ? 200 : 20
vi.setConfig({ testTimeout: FULL ? 2_400_000 : 900_000 })

const JOURNEYS = ['checkout', 'refund', 'search', 'sign-in', 'upload', 'share'] as const
/** What was lost several times, by kills or on its way, is tried again after up to five minutes (ADR 0011). */
const LONGEST_BACKOFF_MS = 300_000
const SOON = { 'retry-after': '1' }

/** Most is taken; some is turned away, some is taken and answered with a failure, and some is answered late. */
function moodsOf(taken: string[]): Manner {
  return (response, n, heard) => {
    const mood = Math.random()
    if (mood < 0.15) return void response.writeHead(503, SOON).end()
    taken.push(heard.id)
    if (mood < 0.3) response.writeHead(500, SOON).end()
    else setTimeout(() => take(response, n, heard), random(0, 100))
  }
}

test('a daemon that is killed at random moments tells every beginning, and no end before it', async () => {
  const bells = await openBells()
  const { pager, chat, hook } = bells
  const site = await openHouse({ journeys: JOURNEYS, receivers: bells.receivers })
  const taken: string[] = []
  hook.manner = moodsOf(taken)
  // A journey's rule rings for as long as events fail. Under another name it is another rule: what it rang for is withdrawn.
  const names = new Map<string, number>(JOURNEYS.map((name) => [name, 0]))
  const write = () => site.writeRules((name) => ({ 'errors > 1 in 2s': { level: 1, name: `down-${names.get(name)}` } }))
  write()
  let daemon = await site.start()
  for (let kill = 0; kill < KILLS; kill++) {
    for (const journey of JOURNEYS) if (Math.random() < 0.5) site.shop.fail(journey, 5)
    if (Math.random() < 0.3) pager.script.push(Math.random() < 0.5 ? 'lost' : { status: 503, headers: SOON })
    if (Math.random() < 0.3) chat.script.push({ status: Math.random() < 0.5 ? 500 : 503, headers: SOON })
    await pause(random(0, 1_500))
    await site.kill(daemon)
    const renamed = JOURNEYS[Math.floor(random(0, JOURNEYS.length))] ?? 'checkout'
    // A rule that returns again and again is flapping, and tells nothing more: so each is another one after a while.
    if (Math.random() < 0.7) names.set(renamed, kill + 1)
    write()
    daemon = await site.start()
  }
  hook.manner = (response, n, heard) => {
    taken.push(heard.id)
    take(response, n, heard)
  }
  pager.script.length = 0
  chat.script.length = 0
  const firing = async () => (await alertsOf(daemon)).filter(({ episode: { state } }) => state === 'firing')
  const ringing = async () => (await firing()).filter(({ facts: { flapping } }) => flapping === undefined)
  await expect.poll(ringing, PATIENCE).toEqual([])
  // What is flapping rings for half an hour more; its rule goes, and so does it.
  for (const name of JOURNEYS) names.set(name, KILLS + 1)
  write()
  daemon.child.kill('SIGHUP')
  await expect.poll(firing, PATIENCE).toEqual([])
  await untilSettled(daemon, LONGEST_BACKOFF_MS + PATIENCE.timeout)

  const alerts = await alertsOf(daemon)
  expect(alerts.length).toBeGreaterThan(JOURNEYS.length)
  for (const alert of alerts) for (const name of ['pager', 'chat', 'hook']) expectToldInOrder(alert, name)
  expect([pager.faults, chat.faults, hook.faults]).toEqual([[], [], []])
  const figures = {
    kills: KILLS,
    alerts: alerts.length,
    ...pagerFigures(bells, alerts),
    ...hookFigures(bells, taken, alerts),
    ...chatFigures(bells, alerts),
  }
  expect(figures.triggers).toBeGreaterThan(KILLS / 4)
  tellFigures(figures)
})

const mayHaveArrived = ({ state, ambiguous }: Notice) => state === 'delivered' || ambiguous

/** What the store says: somebody heard that it began unless it was over first, and an end only who may know of the beginning. */
function expectToldInOrder({ notifications }: Alert, receiver: string): void {
  const rows = notifications.filter((each) => each.receiver === receiver)
  const begun = rows.some((row) => row.kind === 'trigger' && mayHaveArrived(row))
  const unheard = rows.every(({ state, lastError }) => state === 'cancelled' && lastError !== undefined)
  expect(begun || unheard, JSON.stringify(rows)).toBe(true)
  let told = false
  for (const row of rows) {
    if (row.kind === 'trigger') told ||= mayHaveArrived(row)
    else if (row.state === 'delivered') {
      expect(told, JSON.stringify(rows)).toBe(true)
      told = false
    }
  }
}

/**
 * An end of which the receiver never heard the beginning is owed in one case only (ADR 0011): the collector was killed after it had noted
 * that it was sending and before the request was heard, and the alert was over when it came back. Nobody can know then whether it arrived.
 */
function expectInDoubt(alert: Alert | undefined, receiver: string): void {
  const rows = alert?.notifications.filter((each) => each.receiver === receiver) ?? []
  const end = rows.findIndex(({ kind, state, ambiguous }) => kind !== 'trigger' && (state !== 'cancelled' || ambiguous))
  const begun = rows.slice(0, Math.max(0, end)).filter(({ kind }) => kind === 'trigger')
  const inDoubt = begun.some(({ ambiguous }) => ambiguous) && begun.every(({ state }) => state === 'cancelled')
  expect(inDoubt, `${receiver} heard an end without its beginning: ${JSON.stringify(alert)}`).toBe(true)
}

/** What the pager heard: nothing stays open, and an end comes after its beginning unless that is in doubt. */
function pagerFigures({ pager }: Bells, alerts: readonly Alert[]) {
  const begun = new Set<string>()
  const unheard = new Set<string>()
  for (const { event_action: action, dedup_key: key } of pager.events) {
    if (action === 'trigger') begun.add(key)
    else if (!begun.has(key)) unheard.add(key)
  }
  const byKey = new Map(alerts.map((alert) => [alert.facts.dedupKey, alert]))
  for (const key of unheard) expectInDoubt(byKey.get(key), 'pager')
  expect([...pager.open]).toEqual([])
  return { unheardByPager: unheard.size }
}

/** What the webhook took, which knows a notification by its id: twice only what is marked as in doubt. */
function hookFigures({ hook }: Bells, taken: readonly string[], alerts: readonly Alert[]) {
  const begun = new Set<string>()
  const unheard = new Set<string>()
  for (const { body } of hook.heard) {
    const { type, data } = JSON.parse(body) as { type: string; data: { episode: string } }
    if (type === 'alert.triggered') begun.add(data.episode)
    else if (!begun.has(data.episode)) unheard.add(data.episode)
  }
  const byId = new Map(alerts.map((alert) => [alert.id, alert]))
  for (const episode of unheard) expectInDoubt(byId.get(episode), 'hook')
  const times = new Map<string, number>()
  for (const id of taken) times.set(id, (times.get(id) ?? 0) + 1)
  const rows = alerts.flatMap(({ notifications }) => notifications.filter(({ receiver }) => receiver === 'hook'))
  for (const { id, state, ambiguous } of rows) {
    const count = times.get(id) ?? 0
    if (state === 'delivered') expect(count).toBeGreaterThanOrEqual(1)
    if (count > 1) expect(ambiguous).toBe(true)
  }
  const told = (type: string) => hook.told().filter((each) => each === type).length
  const [triggers = 0, resolves, withdrawals] = ['alert.triggered', 'alert.resolved', 'alert.withdrawn'].map(told)
  const repeats = taken.length - times.size
  return { triggers, resolves: resolves ?? 0, withdrawals: withdrawals ?? 0, repeats, unheardByHook: unheard.size }
}

/** What the chat took: each message once without a mark, whatever was killed. */
function chatFigures({ chat }: Bells, alerts: readonly Alert[]) {
  const marked = chat.messages.filter(({ blocks }) => JSON.stringify(blocks).includes('may be a repeat'))
  const plain = chat.messages.length - marked.length
  const owed = alerts.flatMap(({ notifications }) => notifications.filter(({ receiver }) => receiver === 'chat'))
  expect(plain).toBeLessThanOrEqual(owed.filter(mayHaveArrived).length)
  expect(marked.length).toBeLessThanOrEqual(
    owed.filter(({ ambiguous }) => ambiguous).reduce((n, row) => n + row.attempts - 1, 0),
  )
  return { marked: marked.length }
}
