import type { DigestFacts, DigestItem } from '@tabiji/core/alert'
import { HOUR } from '@tabiji/core/time'
import { expect, onTestFinished, test } from 'vitest'
import { STARTED_AT } from '../testing/alert.ts'
import { createOutgoing } from '../wire/outgoing.ts'
import { plainText } from './message.ts'
import { renderMessage } from './render.ts'
import { createSlackNotifier } from './slack.ts'
import { ATTEMPT, NEVER } from './testing/contract.ts'
import { startFakeSlack } from './testing/fake-slack.ts'
import { startReceiver } from './testing/receiver.ts'
import { createWebhookNotifier } from './webhook.ts'

const ITEM: DigestItem = {
  episode: 'A-0042',
  state: 'open',
  journey: { name: 'measure-feet', title: { en: 'Foot measurement', ja: '足の計測' } },
  subject: 'availability',
  startedAt: STARTED_AT,
  burnMilli: 3_250,
  leftPpm: 612_345,
  ackedBy: 'aoi',
  page: 'A-0043',
  runbook: 'https://wiki.example/r',
}
const FACTS: DigestFacts = {
  kind: 'digest',
  period: 'day',
  level: 2,
  team: 'fit-team',
  day: '2026-10-21',
  at: STARTED_AT + 20 * HOUR,
  dueAt: STARTED_AT + 19 * HOUR,
  items: [ITEM, { ...ITEM, episode: 'A-0040', state: 'recovered', endedAt: STARTED_AT + 2 * HOUR, subject: 'latency' }],
  open: 1,
  over: 13,
  paged: 1,
  dedupKey: 'k',
  timeZone: 'Asia/Tokyo',
  sample: false,
}
const { burnMilli: _, ackedBy: __, page: ___, runbook: ____, ...QUIET } = FACTS.items[1] ?? ITEM
const TOLD: DigestFacts = { ...FACTS, items: [ITEM, QUIET] }
const said = (language: 'en' | 'ja', facts = TOLD) => plainText(renderMessage({ facts }, language))

test('a digest in English', () =>
  expect(said('en')).toMatchInlineSnapshot(`
  "◆ LEVEL 2 · fit-team, 2026-10-21: 1 open
  What waited for this business day: 1 open, 13 over by themselves, 1 became a page meanwhile.
  A-0042 · Foot measurement · availability: became a page: A-0043, 3.2 times the budget’s pace, budget left 61.2 %, since 2026-10-20 13:39, aoi has it, runbook https://wiki.example/r
  ✔ A-0040 · Foot measurement · latency: budget left 61.2 %, recovered by itself after 2 h, began 2026-10-20 13:39
  and 12 more: tabiji alerts list
  This comes late: it was due on 2026-10-21 08:39 (Asia/Tokyo).
  Today: say who takes each one, and find the cause before it becomes a level 1.
  as of 2026-10-21 09:39 (Asia/Tokyo)"
`))

test('a digest in Japanese', () =>
  expect(said('ja')).toMatchInlineSnapshot(`
  "◆ レベル2・fit-team・2026-10-21:未解決1件
  今営業日まで保留していたアラート:未解決1件、自然に解消13件、うちレベル1に昇格1件。
  A-0042・足の計測・availability: レベル1に昇格:A-0043、バジェット消費ペースの3.2倍、バジェット残61.2 %、2026-10-20 13:39から継続中、aoiが対応中、手順書 https://wiki.example/r
  ✔ A-0040・足の計測・latency: バジェット残61.2 %、2時間で自然に解消(発生2026-10-20 13:39)
  ほか12件(tabiji alerts list)
  遅れて届いています。本来の予定は2026-10-21 08:39 (Asia/Tokyo)でした。
  今日中に:それぞれの担当者を決め、レベル1になる前に原因を突き止めてください。
  2026-10-21 09:39 (Asia/Tokyo) 時点"
`))

test('a week of level 3 that somebody asked for', () => {
  const { dueAt: _, team: __, ...rest } = TOLD
  const week: DigestFacts = { ...rest, period: 'week', level: 3, early: true, by: 'ken', paged: 0, sample: true }
  expect(said('en', week)).toContain('● LEVEL 3, the week · 2026-10-21: 1 open\n')
  expect(said('en', week)).toContain('Asked for by ken before its time.')
  expect(said('en', week)).not.toContain('Today:')
  expect(said('ja', week)).toMatch(/^🟦 サンプル.*・● レベル3\(週次\)・2026-10-21:未解決1件\n/)
})

const LONG = '計&<>'.repeat(500)
const MANY = Array.from(
  { length: 15 },
  (_, i): DigestItem => ({
    ...ITEM,
    episode: `A-${i}`,
    subject: LONG,
    journey: { name: 'x'.repeat(63), title: { en: LONG, ja: LONG } },
    ackedBy: LONG,
    runbook: `https://wiki.example/${'r'.repeat(1_900)}`,
  }),
)
const HUGE: DigestFacts = { ...FACTS, items: MANY, open: 4_000, by: LONG, early: true, team: 't'.repeat(63) }

test('Slack takes the longest one in its full form', async () => {
  const slack = await startFakeSlack()
  const outgoing = createOutgoing()
  onTestFinished(async () => {
    await slack.close()
    outgoing.close()
  })
  const notifier = createSlackNotifier({ name: 'chat', url: () => slack.hook }, outgoing, { language: 'ja' })
  const notification = { id: 'n-1', facts: HUGE, createdAt: HUGE.at }
  expect(await notifier.deliver(notification, ATTEMPT, NEVER)).toEqual({ kind: 'delivered', status: 200 })
  const text = JSON.stringify(slack.messages)
  for (const { episode } of MANY) expect(text).toContain(`*${episode}・`)
})

test('a webhook has the lines as data, and of the longest one at least the counts', async () => {
  const hook = await startReceiver(() => ({ status: 204 }))
  const outgoing = createOutgoing()
  onTestFinished(async () => {
    await hook.close()
    outgoing.close()
  })
  const receiver = { name: 'hook', url: () => hook.url, secret: () => `whsec_${'a'.repeat(32)}` }
  const notifier = createWebhookNotifier(receiver, outgoing, { language: 'en' })
  for (const facts of [TOLD, HUGE]) {
    const result = await notifier.deliver({ id: 'n-1', facts, createdAt: facts.at }, ATTEMPT, NEVER)
    expect(result).toEqual({ kind: 'delivered', status: 204 })
  }
  const bodies = hook.received.map(({ body }) => body)
  expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
    type: 'alert.digest',
    data: { period: 'day', team: 'fit-team', open: 1, over: 13, items: [{ episode: 'A-0042', page: 'A-0043' }, {}] },
  })
  expect(Buffer.byteLength(bodies[1] ?? '')).toBeLessThan(20_000)
  expect(JSON.parse(bodies[1] ?? '')).toMatchObject({ data: { open: 4_000 } })
})
