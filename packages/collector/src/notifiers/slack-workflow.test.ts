import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { createOutgoing } from '../wire/outgoing.ts'
import { createSlackWorkflowNotifier } from './slack-workflow.ts'
import { anyFacts } from './testing/any-facts.ts'
import { ATTEMPT, describeNotifier, NEVER, TRIGGER } from './testing/contract.ts'
import { startFakeWorkflow } from './testing/fake-slack-workflow.ts'

const PATH = '/triggers/T0AAAAAAA/1234567890/triggertokentriggertoken'

describeNotifier({
  make: (base, outgoing, timeoutMs) =>
    createSlackWorkflowNotifier({ name: 'flow', url: () => `${base}${PATH}` }, outgoing, { language: 'en', timeoutMs }),
  secrets: [PATH, 'triggertoken', '1234567890'],
  success: { status: 200, body: '{"ok":true}' },
})

async function startFlow(language: 'en' | 'ja' = 'en') {
  const flow = await startFakeWorkflow()
  const outgoing = createOutgoing()
  onTestFinished(async () => {
    await flow.close()
    outgoing.close()
  })
  return {
    flow,
    notifier: createSlackWorkflowNotifier({ name: 'flow', url: () => flow.trigger }, outgoing, { language }),
  }
}

test('a workflow gets each fact under its own key', async () => {
  const { flow, notifier } = await startFlow()
  expect(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)).toEqual({ kind: 'delivered', status: 200 })
  const [{ text, ...variables } = { text: '' }] = flow.started
  expect(text).toContain('Objective: 99.9 % of events succeed, rolling 30 days\n')
  expect(variables).toMatchInlineSnapshot(`
    {
      "alert": "A-0042",
      "budget_left": "−8.1 %",
      "drill": "",
      "event": "trigger",
      "journey": "measure-feet",
      "journey_en": "Foot measurement",
      "journey_ja": "足の計測",
      "lead": "1.82 % of events failed in the last 1 h (182 of 10,000): 18.2 times as fast as the budget allows; this level rings above 14.4. In the last 5 min: 2.10 % (21 of 1,000).",
      "level": "1",
      "link": "https://tabiji.example/alerts/A-0042",
      "runbook": "https://wiki.example/runbooks/measure-feet",
      "since": "2026-10-20 13:39 (Asia/Tokyo)",
      "title": "▲ LEVEL 1 · Foot measurement is failing: 18.2 times the budget’s pace",
    }
  `)
})

test('the guide lists the keys to declare, and no others', async () => {
  const { flow, notifier } = await startFlow()
  await notifier.deliver(TRIGGER, ATTEMPT, NEVER)
  const guide = readFileSync(new URL('../../../../docs/guides/receivers.md', import.meta.url), 'utf8')
  const [, table = ''] = /## Slack workflow\n[\s\S]*?\|---\|---\|\n([\s\S]*?)\n\n/.exec(guide) ?? []
  const keys = table.split('\n').flatMap((row) => (row.split('|')[1] ?? '').match(/[a-z_]+/g) ?? [])
  expect(keys.sort()).toEqual(Object.keys(flow.started[0] ?? {}).sort())
})

test('practice is a key of its own, and first in the title', async () => {
  const { flow, notifier } = await startFlow('ja')
  await notifier.deliver({ ...TRIGGER, facts: { ...TRIGGER.facts, drill: 'D-0003' } }, ATTEMPT, NEVER)
  expect(flow.started).toMatchObject([{ drill: '🟪 訓練 DRILL D-0003', budget_left: '−8.1 %' }])
  expect(flow.started[0]).toHaveProperty('title', expect.stringMatching(/^🟪 訓練 DRILL D-0003/))
})

test('a test and a digest have the same keys, and those about an alert are empty', async () => {
  const { flow, notifier } = await startFlow()
  const about = {
    kind: 'test',
    receiver: 'flow',
    over: false,
    level: 3,
    dedupKey: 'd',
    at: 0,
    timeZone: 'UTC',
    sample: false,
  } as const
  expect(await notifier.deliver({ id: 'n', facts: about, createdAt: 0 }, ATTEMPT, NEVER)).toMatchObject({
    kind: 'delivered',
  })
  expect(flow.started).toMatchObject([
    { event: 'test', alert: '', journey_ja: '', budget_left: '', link: '', since: '1970-01-01 00:00 (UTC)' },
  ])
})

test('a repeat is marked, because a workflow cannot tell', async () => {
  const { flow, notifier } = await startFlow()
  await notifier.deliver(TRIGGER, { ...ATTEMPT, mayRepeat: true }, NEVER)
  await notifier.deliver(TRIGGER, { ...ATTEMPT, mayRepeat: true, degraded: true }, NEVER)
  expect(flow.started.map(({ text }) => text.includes('(may be a repeat)'))).toEqual([true, true])
})

test.each(['en', 'ja'] as const)('whatever the facts are, a workflow takes both forms in %s', async (language) => {
  const { flow, notifier } = await startFlow(language)
  await fc.assert(
    fc.asyncProperty(anyFacts(), async (facts) => {
      for (const degraded of [false, true]) {
        const result = await notifier.deliver(
          { ...TRIGGER, facts, insteadOf: facts.journey.name },
          { ...ATTEMPT, degraded },
          NEVER,
        )
        expect(flow.faults).toEqual([])
        expect(result.kind).toBe('delivered')
      }
    }),
    { numRuns: 60 },
  )
})
