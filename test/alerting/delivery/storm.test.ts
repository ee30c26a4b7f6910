import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startFakePagerDuty } from '../../../packages/collector/src/notifiers/testing/fake-pagerduty.ts'
import { startFakeSlack } from '../../../packages/collector/src/notifiers/testing/fake-slack.ts'
import type { Daemon } from '../../measurement/ledger/testing/daemon.ts'
import { type Manner, startHook, take } from './testing/hook.ts'
import { get, openHouse, owedTo, PATIENCE } from './testing/house.ts'

vi.setConfig({ testTimeout: 600_000 })

const JOURNEYS = Array.from({ length: 50 }, (_, i) => `journey-${String(i + 1).padStart(2, '0')}`)
/** Of each journey: the numbers of errors at which its rules of levels 2 and 3 ring, and the one at which level 1 does. */
const LOWER = Array.from({ length: 19 }, (_, i) => i + 1)
const PAGE = 40

/** Nineteen rules of levels 2 and 3 for each journey, and one of level 1: a thousand alerts. */
const rules = () => ({
  ...Object.fromEntries(LOWER.map((limit) => [`errors > ${limit} in 1h`, { level: limit <= 5 ? 2 : 3 }])),
  [`errors > ${PAGE} in 1h`]: { level: 1 },
})

test('a thousand alerts at once: pages overtake everything else, in order; the rest arrives once, together in the chat; memory stays', async () => {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  const shut: Manner = (response, n, heard) => void opened.then(() => take(response, n, heard))
  const hook = await startHook(shut)
  const pager = await startFakePagerDuty()
  const chat = await startFakeSlack()
  onTestFinished(async () => void (await Promise.all([hook.close(), pager.close(), chat.close()])))
  const site = await openHouse({
    journeys: JOURNEYS,
    receivers: {
      hook: hook.receiver,
      pager: { kind: 'pagerduty', url: pager.url, routingKey: pager.routingKey },
      chat: { kind: 'slack', url: chat.hook },
    },
    routes: { page: ['hook', 'pager'], ticket: ['hook'], notice: ['hook', 'chat'] },
  })
  site.writeRules(rules)
  const daemon = await site.start()
  const firing = async () => {
    const { alerts } = await get<{ alerts: readonly { id: string }[] }>(daemon, '/alerts?state=all&limit=1000')
    return alerts.length
  }

  // Nothing of levels 2 and 3 gets through but the one that is being sent: the door is shut.
  for (const journey of JOURNEYS) site.shop.fail(journey, PAGE)
  await expect.poll(firing, PATIENCE).toBe(950)
  await expect.poll(() => hook.heard.length, PATIENCE).toBe(1)
  const before = peakMemory(daemon)
  const began = Date.now()
  for (const journey of JOURNEYS) site.shop.fail(journey, 1)
  await expect.poll(firing, PATIENCE).toBe(1000)
  open()
  // Level 2 waits for the desk to open; everything else is due.
  const due = async () => {
    const text = await (await fetch(`${daemon.api}/metrics`)).text()
    return [...text.matchAll(/^tabiji_outbox_oldest_seconds\{[^}]*\} (\S+)/gm)].map(([, seconds]) => Number(seconds))
  }
  await expect.poll(due, PATIENCE).toEqual([0, 0, 0])

  const heard = hook.data().map(({ level, episode }) => ({ level, episode: String(episode) }))
  const pages = heard.slice(1, 51)
  expect(pages.map(({ level }) => level)).toEqual(Array.from({ length: 50 }, () => 1))
  expect(pages.map(({ episode }) => episode)).toEqual([...pages.map(({ episode }) => episode)].sort(byNumber))
  const rest = heard.slice(51)
  expect(rest.length).toBeGreaterThan(0)
  expect(rest.filter(({ level }) => level === 1)).toEqual([])
  expect(rest.map(({ episode }) => episode)).toEqual([...rest.map(({ episode }) => episode)].sort(byNumber))
  expect(new Set(hook.heard.map(({ id }) => id)).size).toBe(hook.heard.length)
  expect(hook.faults).toEqual([])

  // Seven hundred notices are a few dozen messages in the chat, and none of them is lost.
  const told = async () => (await owedTo(daemon, 'chat')).filter((row) => row.startsWith('trigger delivered')).length
  await expect.poll(told, { ...PATIENCE, interval: 1_000 }).toBe(700)
  expect(chat.faults).toEqual([])
  expect(chat.messages.length).toBeLessThan(100)
  expect(chat.messages.filter(({ text }) => /\d+ alerts of \d+ journeys/.test(text)).length).toBeGreaterThan(0)

  await expect.poll(() => pager.calls.size, PATIENCE).toBe(50)
  expect([...pager.calls.values()].every((calls) => calls === 1)).toBe(true)
  expect(pager.faults).toEqual([])
  // Ten at once, then one in 550 ms: whoever sends faster is refused by the pager. A busy machine only makes it longer.
  expect(Date.now() - began).toBeGreaterThanOrEqual(40 * 550)
  expect(peakMemory(daemon)).toBeLessThan(before * 2)
})

const numberOf = (episode: string) => Number(episode.slice('A-'.length))
const byNumber = (a: string, b: string) => numberOf(a) - numberOf(b)

/** The most memory that the process ever had, bytes; where the system does not say, nothing is compared. */
function peakMemory({ child }: Daemon): number {
  try {
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) * 1024
  } catch {
    return 1
  }
}
