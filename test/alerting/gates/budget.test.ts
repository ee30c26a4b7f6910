import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { startFakeSlack } from '../../../packages/collector/src/notifiers/testing/fake-slack.ts'
import { runTabiji, startDaemon } from '../../measurement/ledger/testing/daemon.ts'
import { openHouse } from './testing/house.ts'

const PATIENCE = { timeout: 60_000, interval: 50 }
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
}, 60_000)

const RECEIVERS = `receivers:
  - { name: hook, kind: webhook, urlFile: hook-url, secretFile: hook-secret, limit: { notifications: 2, per: 1h } }
  - { name: chat, kind: slack, urlFile: chat-url, limit: { notifications: 1, per: 1h } }
routes: { page: [hook, chat], ticket: [hook], notice: [hook, chat] }`

/** The eleventh failed event rings at level 1; so many excluded ones ring so many notices. */
const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://wiki.example.org/runbooks/checkout
    alerts:
      errors > 10 in 1h: { level: 1, name: broken }
      excluded > 1 in 1h: { level: 3, name: first }
      excluded > 2 in 1h: { level: 3, name: second }
      excluded > 3 in 1h: { level: 3, name: third }
      excluded > 40 in 1h: { level: 3, name: late }
      excluded: false
    objectives: {}
    steps: { pay: { http: POST /orders, within: write } }
`

test('a webhook and a chat of a real daemon get what their budget allows, and pages beside it, over a kill', async () => {
  const house = await openHouse('', RECEIVERS)
  endings.push(house.close)
  const slack = await startFakeSlack()
  endings.push(slack.close)
  writeFileSync(join(house.folder, 'journeys.yaml'), JOURNEYS)
  writeFileSync(join(house.folder, 'chat-url'), slack.hook)
  const start = async () => {
    const daemon = await startDaemon(house.folder)
    endings.push(daemon.end)
    return daemon
  }
  // What is about no alert, such as the digest of the day, is nothing that a budget counts.
  const ofAlerts = () => house.messages.flatMap(({ data: { rule } }) => (typeof rule === 'string' ? [rule] : []))
  const told = () => new Set(ofAlerts().map((rule) => rule.replace('checkout/alerts/', '')))
  /** A message that was on its way when the daemon was killed is sent once more, and says so somewhere in its blocks. */
  const isRepeat = (message: object) => JSON.stringify(message).includes('may be a repeat')
  const chat = () => slack.messages.filter((message) => !isRepeat(message)).map(({ text }) => text)
  const notices = () => chat().filter((text) => text.includes('LEVEL 3'))

  const daemon = await start()
  house.counts.excluded = 10
  await expect.poll(() => [told().size, chat().length], PATIENCE).toEqual([2, 1])
  expect(notices()[0]).toContain('3 alerts')
  daemon.child.kill('SIGKILL')
  await once(daemon.child, 'close')

  const again = await start()
  const explain = async (id: string) =>
    (await runTabiji(house.folder, 'alerts', 'explain', id, '--url', again.api)).stdout
  house.counts.excluded = 50
  // Of the webhook and of the chat: what comes after the kill finds both budgets spent.
  await expect
    .poll(
      async () => [...(await explain('A-0004')).matchAll(/^ .*now +waits for room in the receiver’s budget/gm)].length,
      PATIENCE,
    )
    .toBe(2)
  house.counts.error = 11
  await expect
    .poll(() => [told().has('broken'), chat().some((text) => text.includes('LEVEL 1'))], PATIENCE)
    .toEqual([true, true])
  expect([told().size, notices().length]).toEqual([3, 1])
  expect(slack.faults).toEqual([])
  expect(await explain('A-0003')).toContain('rate_budget: defer until ')
}, 240_000)
