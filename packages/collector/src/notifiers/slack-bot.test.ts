import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import type { DeliveryResult } from '../ports/notifier.ts'
import { createOutgoing } from '../wire/outgoing.ts'
import { createSlackBotNotifier, createSlackWhisper } from './slack-bot.ts'
import { anyFacts } from './testing/any-facts.ts'
import { ATTEMPT, describeNotifier, NEVER, RESOLVE, TRIGGER } from './testing/contract.ts'
import { BOT_TOKEN, refuse, startFakeSlackBot } from './testing/fake-slack-bot.ts'

const BOT = { name: 'chat', token: () => BOT_TOKEN, channel: '#alerts' } as const

describeNotifier({
  make: (base, outgoing, timeoutMs) =>
    createSlackBotNotifier({ ...BOT, url: `${base}/api` }, outgoing, { language: 'en', isHeard: true, timeoutMs }),
  secrets: [BOT_TOKEN],
  success: { status: 200, body: '{"ok":true,"channel":"C0123ABCD","ts":"1792471140.000001"}' },
})

async function startBot({ language = 'en', isHeard = true }: { language?: 'en' | 'ja'; isHeard?: boolean } = {}) {
  const slack = await startFakeSlackBot()
  const outgoing = createOutgoing()
  onTestFinished(async () => {
    await slack.close()
    outgoing.close()
  })
  const receiver = { ...BOT, url: slack.api }
  const notifier = createSlackBotNotifier(receiver, outgoing, { language, isHeard })
  return { slack, notifier, whisper: createSlackWhisper(receiver, outgoing, { language }) }
}

const refOf = (result: DeliveryResult) => (result.kind === 'delivered' && result.ref) || 'none'
const methods = (calls: readonly { readonly method: string }[]) => calls.map(({ method }) => method)

test('an alert is one message: its end edits it, and is a reply that the channel sees', async () => {
  const { slack, notifier } = await startBot()
  const posted = await notifier.deliver(TRIGGER, ATTEMPT, NEVER)
  expect(posted).toEqual({ kind: 'delivered', status: 200, ref: 'C0123ABCD 1792471140.000001' })
  const told = { ref: refOf(posted), facts: TRIGGER.facts }
  expect(await notifier.deliver({ ...RESOLVE, told }, ATTEMPT, NEVER)).toEqual(posted)
  expect(methods(slack.calls)).toEqual(['chat.postMessage', 'chat.update', 'chat.postMessage'])
  expect(slack.messages.get('1792471140.000001')?.text).toMatch(/^✔ RESOLVED/)
  expect(slack.calls[2]).toMatchInlineSnapshot(`
    {
      "channel": "C0123ABCD",
      "method": "chat.postMessage",
      "reply_broadcast": true,
      "text": "✔ RESOLVED (level 1) · Foot measurement after 38 min
    It is over. It lasted 38 min.

    Until now this message said:
    &gt; ▲ LEVEL 1 · Foot measurement is failing: 18.2 times the budget’s pace
    &gt; 1.82 % of events failed in the last 1 h (182 of 10,000): 18.2 times as fast as the budget allows; this level rings above 14.4. In the last 5 min: 2.10 % (21 of 1,000).",
      "thread_ts": "1792471140.000001",
    }
  `)
})

test('while it rings there are buttons to take it and to open an incident, and none afterwards', async () => {
  const { slack, notifier } = await startBot()
  const posted = await notifier.deliver(TRIGGER, ATTEMPT, NEVER)
  await notifier.deliver({ ...RESOLVE, told: { ref: refOf(posted), facts: TRIGGER.facts } }, ATTEMPT, NEVER)
  const buttons = slack.calls.map(({ blocks = [] }) => JSON.stringify(blocks).match(/"action_id":"[^"]*"/g) ?? [])
  expect(buttons).toEqual([
    [
      '"action_id":"tabiji_acknowledge"',
      '"action_id":"tabiji_open_incident"',
      '"action_id":"tabiji_link_0"',
      '"action_id":"tabiji_link_1"',
    ],
    ['"action_id":"tabiji_link_0"', '"action_id":"tabiji_link_1"'],
    [],
  ])
  expect(JSON.stringify(slack.calls[0])).toContain('"value":"chat A-0042"')
})

test('practice opens no incident of its own, and without a door for presses there is no button', async () => {
  const practice = { ...TRIGGER, facts: { ...TRIGGER.facts, drill: 'D-0003' } }
  for (const [isHeard, expected] of [
    [true, ['tabiji_acknowledge']],
    [false, null],
  ] as const) {
    const { slack, notifier } = await startBot({ isHeard })
    await notifier.deliver(practice, ATTEMPT, NEVER)
    expect(JSON.stringify(slack.calls).match(/tabiji_(acknowledge|open_incident)/g)).toEqual(expected)
  }
})

test('a message that is gone is posted anew', async () => {
  const { slack, notifier } = await startBot()
  const told = { ref: 'C0123ABCD 1700000000.000001', facts: TRIGGER.facts }
  expect(await notifier.deliver({ ...RESOLVE, told }, ATTEMPT, NEVER)).toMatchObject({
    kind: 'delivered',
    ref: 'C0123ABCD 1792471140.000001',
  })
  expect(methods(slack.calls)).toEqual(['chat.postMessage'])
})

test('an edit whose reply nobody would see is posted anew as well', async () => {
  const { slack, notifier } = await startBot()
  const posted = await notifier.deliver(TRIGGER, ATTEMPT, NEVER)
  slack.script.set('chat.postMessage', [refuse('restricted_action_thread_locked')])
  const told = { ref: refOf(posted), facts: TRIGGER.facts }
  const result = await notifier.deliver({ ...RESOLVE, told }, ATTEMPT, NEVER)
  expect(refOf(result)).not.toBe(told.ref)
  expect(methods(slack.calls)).toEqual(['chat.postMessage', 'chat.update', 'chat.postMessage'])
})

test('an attempt that ended between the edit and the reply is made again, and only the reply is marked', async () => {
  const { slack, notifier } = await startBot()
  const told = { ref: refOf(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)), facts: TRIGGER.facts }
  slack.script.set('chat.postMessage', ['reset'])
  expect(await notifier.deliver({ ...RESOLVE, told }, ATTEMPT, NEVER)).toMatchObject({ kind: 'retry', ambiguous: true })
  await notifier.deliver({ ...RESOLVE, told }, { ...ATTEMPT, mayRepeat: true }, NEVER)
  const [edited, reply] = slack.calls.slice(-2).map((call) => JSON.stringify(call).includes('(may be a repeat)'))
  expect([edited, reply]).toEqual([false, true])
})

test('a new message that may be a repeat says so', async () => {
  const { slack, notifier } = await startBot()
  await notifier.deliver(TRIGGER, { ...ATTEMPT, mayRepeat: true }, NEVER)
  expect(JSON.stringify(slack.calls)).toContain('(may be a repeat)')
})

test.each([
  ['channel_not_found', { kind: 'rejected', failure: 'refused', message: 'Answered 200 (channel_not_found)' }],
  ['token_revoked', { kind: 'rejected', failure: 'refused', message: 'Answered 200 (token_revoked)' }],
  [`x ${BOT_TOKEN}`, { kind: 'rejected', failure: 'refused', message: 'Answered 200' }],
  ['ratelimited', { kind: 'retry', failure: 'rate_limited', message: 'Answered 200 (ratelimited)', ambiguous: false }],
  [
    'internal_error',
    { kind: 'retry', failure: 'server_error', message: 'Answered 200 (internal_error)', ambiguous: true },
  ],
  [
    'service_unavailable',
    { kind: 'retry', failure: 'server_error', message: 'Answered 200 (service_unavailable)', ambiguous: false },
  ],
])('what `ok: false` with %s means', async (error, expected) => {
  const { slack, notifier } = await startBot()
  slack.script.set('chat.postMessage', [refuse(error)])
  expect(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)).toEqual(expected)
})

test('who asks for a pause at the edit gets it', async () => {
  const { slack, notifier } = await startBot()
  const told = { ref: refOf(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)), facts: TRIGGER.facts }
  slack.script.set('chat.update', [{ status: 429, headers: { 'retry-after': '7' } }])
  expect(await notifier.deliver({ ...RESOLVE, told }, ATTEMPT, NEVER)).toMatchObject({ kind: 'retry', afterMs: 7_000 })
  expect(slack.calls).toHaveLength(1)
})

test('who pressed is answered where only they see it', async () => {
  const { slack, whisper } = await startBot({ language: 'ja' })
  const place = { receiver: 'chat', channel: 'C0123ABCD', user: 'U0123ABCD' }
  const said = await whisper(place, { kind: 'taken', episode: 'A-0042', by: '<!channel>' }, 0, NEVER)
  expect(said).toBeUndefined()
  expect(slack.calls).toEqual([
    {
      ...{ method: 'chat.postEphemeral', channel: 'C0123ABCD', user: 'U0123ABCD' },
      text: 'A-0042は&lt;!channel&gt;さんの担当になりました。催促は止まりますが、アラート自体は解消するまで続きます。',
    },
  ])
  slack.script.set('chat.postEphemeral', [refuse('user_not_in_channel')])
  expect(await whisper(place, { kind: 'over', episode: 'A-0042' }, 0, NEVER)).toBe('Answered 200 (user_not_in_channel)')
})

test('who takes a role reads in the thread, alone, what to do', async () => {
  const { slack, whisper } = await startBot({ language: 'ja' })
  const place = { receiver: 'chat', channel: 'C0123ABCD', thread: '1792471140.000001', user: 'U0123ABCD' }
  for (const role of ['lead', 'comms', 'scribe'] as const) {
    await whisper(place, { kind: 'hasRole', incident: 'INC-0007', role, by: '葵' }, 0, NEVER)
  }
  expect(slack.calls.map(({ thread_ts, text }) => [thread_ts, text.split('\n').length])).toEqual(
    Array(3).fill([place.thread, 5]),
  )
  expect(slack.calls[1]?.text).toMatchInlineSnapshot(`
    "INC-0007の連絡は葵さんの担当になりました。
    1. 状況を周囲に伝える役割です。対応者が作業に集中できるようにしてください。
    2. 分からないことが多くても、10分以内に第一報を出します(何が使えないか、いつからか、次の報告の時刻)。
    3. 確かなことだけを伝えます。原因の推測や個人名は書きません。
    4. 約束した時刻を守ってください: tabiji incident update INC-0007 "…" --next 30m"
  `)
})

describe('whatever the facts are', () => {
  test.each(['en', 'ja'] as const)('Slack takes posts, edits and replies in both forms in %s', async (language) => {
    const { slack, notifier } = await startBot({ language })
    await fc.assert(
      fc.asyncProperty(anyFacts(), anyFacts(), async (facts, before) => {
        for (const degraded of [false, true]) {
          const attempt = { ...ATTEMPT, mayRepeat: true, degraded }
          const posted = await notifier.deliver({ ...TRIGGER, facts: before }, attempt, NEVER)
          const told = { ref: refOf(posted), facts: before }
          const edited = await notifier.deliver({ ...TRIGGER, facts, insteadOf: 'pager', told }, attempt, NEVER)
          expect(slack.faults).toEqual([])
          expect([posted.kind, edited]).toEqual(['delivered', posted])
        }
      }),
      { numRuns: 40 },
    )
  })
})
