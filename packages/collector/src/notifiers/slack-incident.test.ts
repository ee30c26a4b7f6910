import type { IncidentFacts } from '@tabiji/core/alert'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import type { DeliveryResult } from '../ports/notifier.ts'
import { createOutgoing } from '../wire/outgoing.ts'
import { createSlackBotNotifier } from './slack-bot.ts'
import { ATTEMPT, NEVER } from './testing/contract.ts'
import { BOT_TOKEN, refuse, startFakeSlackBot } from './testing/fake-slack-bot.ts'

const AT = Date.parse('2026-10-20T13:39:00+09:00')
const ITEMS = ['lead', 'place', 'report'].map((id, i) => {
  return { id, text: { en: `Do ${id}`, ja: `${id}をする` }, ticked: i === 0, ...(i === 0 && { by: 'aoi' }) }
})
const FACTS: IncidentFacts = {
  ...{ kind: 'incident', incident: 'INC-0007', episodes: ['A-0042'], title: 'Scans fail', level: 2, revision: 12 },
  ...{ status: 'identified', since: AT - 600_000, roles: { lead: '葵' }, dedupKey: 'INC-0007:12' },
  impact: [
    {
      title: { en: 'Foot measurement', ja: '足の計測' },
      objective: 'availability',
      bad: 7,
      valid: 90,
      budgetPpm: 41_000,
    },
  ],
  ...{ items: ITEMS, next: AT + 1_800_000, last: { at: AT, by: 'aoi', text: 'We roll back.' } },
  ...{ at: AT, timeZone: 'Asia/Tokyo', sample: false },
}
const NOTIFICATION = { id: 'n', facts: FACTS, createdAt: AT, thread: 'C0123ABCD 1792471140.000100' }

async function startBot(language: 'en' | 'ja', isHeard = true) {
  const slack = await startFakeSlackBot()
  const outgoing = createOutgoing()
  onTestFinished(async () => {
    await slack.close()
    outgoing.close()
  })
  const receiver = { name: 'chat', token: () => BOT_TOKEN, channel: '#alerts', url: slack.api }
  return { slack, notifier: createSlackBotNotifier(receiver, outgoing, { language, isHeard }) }
}
const refOf = (result: DeliveryResult) => (result.kind === 'delivered' && result.ref) || 'none'
const textOf = (blocks: readonly object[] = []) => JSON.stringify(blocks)

test('an incident stands in the thread of its alert and is edited there, silently', async () => {
  const { slack, notifier } = await startBot('ja')
  const posted = await notifier.deliver(NOTIFICATION, ATTEMPT, NEVER)
  const told = { ref: refOf(posted), facts: FACTS }
  const resolved: IncidentFacts = { ...FACTS, status: 'resolved', resolvedAt: AT, revision: 13 }
  expect(await notifier.deliver({ ...NOTIFICATION, facts: resolved, told }, ATTEMPT, NEVER)).toEqual(posted)
  expect(slack.calls.map(({ method, thread_ts, reply_broadcast }) => [method, thread_ts, reply_broadcast])).toEqual([
    ['chat.postMessage', '1792471140.000100', undefined],
    ['chat.update', undefined, undefined],
  ])
  const [first, last] = slack.calls.map(({ blocks }) => textOf(blocks))
  for (const said of [
    'INC-0007・💡 原因特定・Scans fail',
    '*指揮*\\n葵',
    '*連絡*\\n未定',
    '不良7.77 %(90件中7件)、予算の4.1 %を消費',
  ])
    expect(first).toContain(said)
  expect(first).toContain('"block_id":"chat INC-0007 12 0 0"')
  expect(first).toContain('"action_id":"tabiji_role_comms","value":"chat INC-0007"')
  expect(last).toContain('✔ 解消')
  expect(last).toContain('☑ leadをする – aoiさんが完了')
  expect(last).not.toContain('action_id')
})

test('practice is said first, and where nobody hears of presses there is nothing to press', async () => {
  const { slack, notifier } = await startBot('en', false)
  await notifier.deliver({ ...NOTIFICATION, facts: { ...FACTS, drill: 'D-0003' } }, ATTEMPT, NEVER)
  expect(slack.calls[0]?.text).toMatch(/^🟪 DRILL 訓練 D-0003 · INC-0007/)
  expect(textOf(slack.calls[0]?.blocks)).not.toContain('action_id')
  expect(textOf(slack.calls[0]?.blocks)).toContain('☐ Do place')
})

test('without a thread it stands in the channel; a message that is gone is posted anew, and a doubtful one says so', async () => {
  const { slack, notifier } = await startBot('en')
  const { thread: _, ...alone } = NOTIFICATION
  slack.script.set('chat.update', [refuse('message_not_found')])
  const told = { ref: 'C0123ABCD 1700000000.000001', facts: FACTS }
  await notifier.deliver({ ...alone, told }, { ...ATTEMPT, mayRepeat: true }, NEVER)
  expect(slack.calls).toMatchObject([{ method: 'chat.postMessage', channel: '#alerts' }])
  expect(textOf(slack.calls[0]?.blocks)).toContain('(may be a repeat)')
  slack.script.set('chat.update', [{ status: 503 }])
  expect(await notifier.deliver({ ...alone, told }, ATTEMPT, NEVER)).toMatchObject({ kind: 'retry' })
})

const text = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
  fc.constantFrom('&'.repeat(2_000), 'あ'.repeat(2_000), '<!channel>', '👩‍👩‍👧‍👦'.repeat(300)),
)
const line = text.map((long) => long.slice(0, 75) || '-')
const anyFacts: fc.Arbitrary<IncidentFacts> = fc
  .record({
    title: text,
    roles: fc.record({ lead: text, comms: text, scribe: text }, { requiredKeys: [] }),
    impact: fc.array(
      fc.record({
        title: fc.record({ en: text, ja: text }),
        objective: text,
        ...{ bad: fc.nat(), valid: fc.nat(), budgetPpm: fc.nat() },
      }),
      { maxLength: 6 },
    ),
    items: fc.uniqueArray(
      fc.record({
        id: fc.stringMatching(/^[a-z]{40}$/),
        text: fc.record({ en: line, ja: line }),
        ticked: fc.boolean(),
        by: text,
      }),
      { maxLength: 30, size: 'max', selector: ({ id }) => id },
    ),
    last: fc.record({ at: fc.constant(AT), text }),
    status: fc.constantFrom('investigating' as const, 'identified' as const, 'monitoring' as const),
  })
  .map((said) => ({ ...FACTS, ...said }))

test.each(['en', 'ja'] as const)('whatever an incident is, Slack takes it in %s, in both forms', async (language) => {
  const { slack, notifier } = await startBot(language)
  const full: IncidentFacts = {
    ...FACTS,
    ...{ title: '&'.repeat(500), roles: { lead: '&'.repeat(99), comms: '&'.repeat(99), scribe: '&'.repeat(99) } },
    impact: Array(6).fill({
      ...FACTS.impact[0],
      title: { en: '&'.repeat(99), ja: '&'.repeat(99) },
      bad: 2e9,
      valid: 2e9,
    }),
    last: { at: AT, text: '&'.repeat(999) },
    items: Array.from({ length: 30 }, (_, i) => {
      const label = 'あ'.repeat(75)
      return { id: `${'x'.repeat(37)}${100 + i}`, text: { en: label, ja: label }, ticked: true, by: 'あ'.repeat(99) }
    }),
  }
  await fc.assert(
    fc.asyncProperty(anyFacts, fc.boolean(), async (facts, degraded) => {
      const attempt = { ...ATTEMPT, mayRepeat: true, degraded }
      const posted = await notifier.deliver({ ...NOTIFICATION, facts }, attempt, NEVER)
      expect(slack.faults).toEqual([])
      const told = { ref: refOf(posted), facts }
      const over = { ...facts, status: 'resolved' as const, resolvedAt: AT }
      expect(await notifier.deliver({ ...NOTIFICATION, facts: over, told }, attempt, NEVER)).toEqual(posted)
      expect(slack.faults).toEqual([])
    }),
    { numRuns: 40, examples: [[full, false]] },
  )
})

test.each([
  ['en', 'INC-0007 · 🔗 merged · Scans fail', 'It turned out to be part of INC-0003, where it goes on.'],
  [
    'ja',
    'INC-0007・🔗 統合済み・Scans fail',
    'INC-0003と同じ障害と分かったため統合しました。続きはINC-0003をご覧ください。',
  ],
] as const)(
  'one that was merged says where it goes on, and not that it is over (%s)',
  async (language, title, lead) => {
    const { slack, notifier } = await startBot(language)
    const merged: IncidentFacts = { ...FACTS, status: 'resolved', resolvedAt: AT, mergedInto: 'INC-0003' }
    await notifier.deliver({ ...NOTIFICATION, facts: merged }, ATTEMPT, NEVER)
    const text = textOf(slack.calls[0]?.blocks)
    expect([text.includes(title), text.includes(lead), text.includes('action_id')]).toEqual([true, true, false])
  },
)
