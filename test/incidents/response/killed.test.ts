import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { BOT_TOKEN, startFakeSlackBot } from '../../../packages/collector/src/notifiers/testing/fake-slack-bot.ts'
import { type Daemon, startDaemon } from '../../measurement/ledger/testing/daemon.ts'
import { startService } from '../../measurement/rules/testing/service.ts'
import { FIRST_TS, JOURNEYS, PATIENCE, SIGNING_SECRET } from '../testing/slack-house.ts'

const BOARD_TS = '1792471140.000002'
const endings: (() => unknown)[] = []
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
}, 60_000)

/** Thirteen things to do, each as long as a list allows. */
const LIST = Array.from({ length: 13 }, (_, i) => {
  const ja = `${i + 1}番目の手順。`.padEnd(75, '切り戻しと迂回の要否を確かめる')
  return `  - { id: step-${i + 1}, text: { en: Step ${i + 1}, ja: ${ja} } }\n`
}).join('')

async function openHouse() {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-board-'))
  const [shop, slack] = await Promise.all([startService(), startFakeSlackBot()])
  endings.push(() => rmSync(folder, { recursive: true, force: true }), slack.close, shop.close)
  const files = {
    'journeys.yaml': JOURNEYS,
    token: BOT_TOKEN,
    signing: SIGNING_SECRET,
    'list.yaml': `items:\n${LIST}`,
    'tabiji.yaml': `journeys: journeys.yaml
store: tabiji.db
language: ja
scrape: { interval: 500ms, timeout: 500ms }
targets: [{ service: shop, url: '${shop.url}' }]
evaluation: { interval: 200ms, grace: 1ms }
listen: { api: { port: 0 }, ingest: { port: 0 }, hooks: { port: 0 } }
hooks: { slack: { signingSecretFile: signing } }
receivers: [{ name: bot, kind: slack-bot, tokenFile: token, channel: '#alerts', url: '${slack.api}' }]
routes: { page: [bot] }
checklists: { 1: list.yaml }
`,
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return { folder, shop, slack }
}

test('what was ticked is shown although the daemon was killed before it could say so', {
  timeout: 180_000,
}, async () => {
  const { folder, shop, slack } = await openHouse()
  let daemon: Daemon = await startDaemon(folder)
  endings.push(() => daemon.end())
  const board = () => JSON.stringify(slack.messages.get(BOARD_TS) ?? '')
  const tick = (item: string) =>
    fetch(`${daemon.api}/api/v1/incidents/INC-0001/tick`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ item, by: '葵' }),
    })
  // It fails on and on: what was counted before the first reading may be no more than where counting begins.
  const failing = () => {
    shop.counts.error += 10
    return board()
  }
  await expect.poll(failing, PATIENCE).toContain('初期対応: 13項目中0項目が完了')
  expect(slack.messages.get(BOARD_TS)).toMatchObject({ thread_ts: FIRST_TS })
  // Ten boxes are as many as one element takes.
  expect([board().match(/"type":"checkboxes"/g)?.length, board()]).toEqual([2, expect.stringContaining('指揮を執る')])

  slack.script.set('chat.update', Array(50).fill('hang'))
  expect((await tick('step-12')).status).toBe(200)
  daemon.child.kill('SIGKILL')
  await once(daemon.child, 'close')
  expect(board()).toContain('13項目中0項目')
  slack.script.clear()
  daemon = await startDaemon(folder)
  await expect.poll(board, PATIENCE).toContain('13項目中1項目')
  expect(board()).toMatch(/"initial_options":\[\{"text":\{[^}]*\},"value":"step-12"\}\]/)
  // It is the same message still, and the alert's.
  expect([slack.messages.size, slack.faults]).toEqual([2, []])
})
