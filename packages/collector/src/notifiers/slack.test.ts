import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createOutgoing } from '../wire/outgoing.ts'
import { plainText } from './message.ts'
import { renderMessage } from './render.ts'
import { createSlackNotifier } from './slack.ts'
import { anyFacts } from './testing/any-facts.ts'
import { ATTEMPT, describeNotifier, NEVER, RESOLVE, TRIGGER } from './testing/contract.ts'
import { startFakeSlack } from './testing/fake-slack.ts'

const PATH = '/services/T0AAAAAAA/B0BBBBBBB/slacktokenslacktokenslac'

describeNotifier({
  make: (base, outgoing, timeoutMs) =>
    createSlackNotifier({ name: 'chat', url: () => `${base}${PATH}` }, outgoing, { language: 'en', timeoutMs }),
  secrets: [PATH, 'slacktoken', 'T0AAAAAAA'],
  success: { status: 200, body: 'ok' },
})

async function startChat(language: 'en' | 'ja' = 'en') {
  const slack = await startFakeSlack()
  const outgoing = createOutgoing()
  onTestFinished(async () => {
    await slack.close()
    outgoing.close()
  })
  return { slack, notifier: createSlackNotifier({ name: 'chat', url: () => slack.hook }, outgoing, { language }) }
}

test('an alert is laid out for the chat', async () => {
  const { slack, notifier } = await startChat()
  expect(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)).toEqual({ kind: 'delivered', status: 200 })
  expect(slack.messages).toMatchInlineSnapshot(`
    [
      {
        "blocks": [
          {
            "text": {
              "emoji": false,
              "text": "▲ LEVEL 1 · Foot measurement is failing: 18.2 times the budget’s pace",
              "type": "plain_text",
            },
            "type": "header",
          },
          {
            "text": {
              "text": "1.82 % of events failed in the last 1 h (182 of 10,000): 18.2 times as fast as the budget allows; this level rings above 14.4. In the last 5 min: 2.10 % (21 of 1,000).",
              "type": "mrkdwn",
            },
            "type": "section",
          },
          {
            "fields": [
              {
                "text": "*Budget left*
    −8.1 % (1,296 of 1,200,000 events failed)",
                "type": "mrkdwn",
              },
              {
                "text": "*Since*
    2026-10-20 13:39 (Asia/Tokyo)
    <!date^1792471140^{date_short} {time}|2026-10-20 13:39 (Asia/Tokyo)>",
                "type": "mrkdwn",
              },
              {
                "text": "*Objective*
    99.9 % of events succeed, rolling 30 days",
                "type": "mrkdwn",
              },
              {
                "text": "*Worst step*
    upload (120 of 182 bad events)",
                "type": "mrkdwn",
              },
              {
                "text": "*Owner*
    fit-team",
                "type": "mrkdwn",
              },
            ],
            "type": "section",
          },
          {
            "text": {
              "text": "First: say here that you are on it, open the runbook, open an incident (tabiji incident open). Report early, ask for help.",
              "type": "mrkdwn",
            },
            "type": "section",
          },
          {
            "elements": [
              {
                "text": {
                  "emoji": false,
                  "text": "Runbook",
                  "type": "plain_text",
                },
                "type": "button",
                "url": "https://wiki.example/runbooks/measure-feet",
              },
              {
                "text": {
                  "emoji": false,
                  "text": "Alert",
                  "type": "plain_text",
                },
                "type": "button",
                "url": "https://tabiji.example/alerts/A-0042",
              },
            ],
            "type": "actions",
          },
          {
            "elements": [
              {
                "text": "A-0042 · measure-feet/availability/level-1 · as of 2026-10-20 13:39 (Asia/Tokyo)",
                "type": "mrkdwn",
              },
            ],
            "type": "context",
          },
        ],
        "text": "▲ LEVEL 1 · Foot measurement is failing: 18.2 times the budget’s pace
    1.82 % of events failed in the last 1 h (182 of 10,000): 18.2 times as fast as the budget allows; this level rings above 14.4. In the last 5 min: 2.10 % (21 of 1,000).",
      },
    ]
  `)
})

test('its end has no checklist, and says how long it lasted', async () => {
  const { slack, notifier } = await startChat('ja')
  await notifier.deliver(RESOLVE, ATTEMPT, NEVER)
  expect(slack.messages[0]?.text).toMatchInlineSnapshot(`
    "✔ 解消(レベル1)・足の計測(継続38分)
    解消しました。継続時間は38分でした。"
  `)
  expect(JSON.stringify(slack.messages)).not.toContain('初動')
})

test('a repeat is marked in both forms, because Slack cannot tell', async () => {
  const { slack, notifier } = await startChat()
  await notifier.deliver(TRIGGER, ATTEMPT, NEVER)
  await notifier.deliver(TRIGGER, { ...ATTEMPT, mayRepeat: true }, NEVER)
  await notifier.deliver(TRIGGER, { ...ATTEMPT, mayRepeat: true, degraded: true }, NEVER)
  expect(slack.messages.map((message) => JSON.stringify(message).includes('(may be a repeat)'))).toEqual([
    false,
    true,
    true,
  ])
})

test('the plain form is text alone and says all of it', async () => {
  const { slack, notifier } = await startChat()
  await notifier.deliver({ ...TRIGGER, insteadOf: 'pager' }, { ...ATTEMPT, degraded: true }, NEVER)
  expect(slack.messages).toMatchInlineSnapshot(`
    [
      {
        "text": "▲ LEVEL 1 · Foot measurement is failing: 18.2 times the budget’s pace
    1.82 % of events failed in the last 1 h (182 of 10,000): 18.2 times as fast as the budget allows; this level rings above 14.4. In the last 5 min: 2.10 % (21 of 1,000).
    Budget left: −8.1 % (1,296 of 1,200,000 events failed)
    Since: 2026-10-20 13:39 (Asia/Tokyo)
    Objective: 99.9 % of events succeed, rolling 30 days
    Worst step: upload (120 of 182 bad events)
    Owner: fit-team
    Sent here because the receiver pager did not take it.
    First: say here that you are on it, open the runbook, open an incident (tabiji incident open). Report early, ask for help.
    Runbook: https://wiki.example/runbooks/measure-feet
    Alert: https://tabiji.example/alerts/A-0042
    A-0042 · measure-feet/availability/level-1 · as of 2026-10-20 13:39 (Asia/Tokyo)",
      },
    ]
  `)
})

test('a success without `ok` is none', async () => {
  const { slack, notifier } = await startChat()
  slack.script.push({ status: 200, body: '<html>Sign in</html>' })
  expect(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)).toEqual({
    kind: 'rejected',
    failure: 'refused',
    message: 'Answered 200',
  })
})

test.each([
  ['no_service', 'Answered 404 (no_service)'],
  ['whatever T0AAAAAAA', 'Answered 404'],
])('of the reason %s only a known word is kept', async (body, message) => {
  const { slack, notifier } = await startChat()
  slack.script.push({ status: 404, body })
  expect(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)).toMatchObject({ message })
})

describe('whatever the facts are', () => {
  test.each(['en', 'ja'] as const)(
    'Slack takes both forms in %s, and sample data are named first',
    async (language) => {
      const { slack, notifier } = await startChat(language)
      await fc.assert(
        fc.asyncProperty(anyFacts(), async (facts) => {
          const notification = { ...TRIGGER, facts, insteadOf: facts.journey.name }
          for (const degraded of [false, true]) {
            const result = await notifier.deliver(notification, { ...ATTEMPT, mayRepeat: true, degraded }, NEVER)
            expect(slack.faults).toEqual([])
            expect(result.kind).toBe('delivered')
            const message = slack.messages.at(-1)
            expect(message?.text.startsWith('🟦')).toBe(facts.sample)
            const header = message?.blocks?.[0]
            if (header?.type === 'header') expect(header.text.text.startsWith('🟦')).toBe(facts.sample)
          }
        }),
        { numRuns: 60 },
      )
    },
  )
})

test('however many alerts of whatever length are told in one message, the chat takes it', async () => {
  const { slack, notifier } = await startChat('ja')
  const some = fc.array(anyFacts(), { minLength: 1, maxLength: 49 })
  await fc.assert(
    fc.asyncProperty(some, async (others) => {
      const told = await notifier.deliver({ ...TRIGGER, others }, ATTEMPT, NEVER)
      expect([told.kind, slack.faults]).toEqual(['delivered', []])
    }),
    { numRuns: 20 },
  )
})

test('several notices are counted in both languages, and what has no line is counted too', async () => {
  const others = Array.from({ length: 19 }, () => TRIGGER.facts)
  const said = (language: 'en' | 'ja') => plainText(renderMessage({ facts: TRIGGER.facts, others }, language))
  expect(said('en')).toMatch(
    /^● LEVEL 3 · Foot measurement: 20 alerts\n.*\nA-0042 · Foot measurement: 1\.82 % of events failed/,
  )
  expect(said('en')).toContain('and 6 more: tabiji alerts list')
  expect(said('ja')).toMatch(/^● レベル3・足の計測:アラート20件\n短時間に発生したため/)
  const elsewhere = { ...TRIGGER.facts, journey: { ...TRIGGER.facts.journey, name: 'search' } }
  expect(plainText(renderMessage({ facts: TRIGGER.facts, others: [elsewhere] }, 'en'))).toContain(
    '2 alerts of 2 journeys',
  )
})
