import type { AlertFacts, ChangeFacts } from '@tabiji/core/alert'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createOutgoing } from '../wire/outgoing.ts'
import { createPagerDutyNotifier } from './pagerduty.ts'
import { anyFacts } from './testing/any-facts.ts'
import { ATTEMPT, describeNotifier, NEVER, RESOLVE, TRIGGER } from './testing/contract.ts'
import { startFakePagerDuty } from './testing/fake-pagerduty.ts'

const KEY = 'pdroutingkeypdroutingkeypdroutin'

describeNotifier({
  make: (base, outgoing, timeoutMs) =>
    createPagerDutyNotifier({ name: 'pager', routingKey: () => KEY, url: base }, outgoing, {
      language: 'en',
      timeoutMs,
    }),
  secrets: [KEY],
  success: { status: 202, body: '{"status":"success"}' },
})

async function startPager() {
  const pager = await startFakePagerDuty()
  const outgoing = createOutgoing()
  onTestFinished(async () => {
    await pager.close()
    outgoing.close()
  })
  const receiver = { name: 'pager', routingKey: () => pager.routingKey, url: pager.url }
  return { pager, notifier: createPagerDutyNotifier(receiver, outgoing, { language: 'en' }) }
}

test('a level 1 calls somebody with all that is known', async () => {
  const { pager, notifier } = await startPager()
  expect(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)).toEqual({ kind: 'delivered', status: 202 })
  expect(pager.events).toMatchInlineSnapshot(`
    [
      {
        "client": "Tabiji",
        "client_url": "https://tabiji.example/alerts/A-0042",
        "dedup_key": "d41d8cd98f00b204e9800998ecf8427e",
        "event_action": "trigger",
        "links": [
          {
            "href": "https://wiki.example/runbooks/measure-feet",
            "text": "Runbook",
          },
          {
            "href": "https://tabiji.example/alerts/A-0042",
            "text": "Alert",
          },
        ],
        "payload": {
          "class": "availability/burn",
          "component": "upload",
          "custom_details": {
            "Budget left": "−8.1 % (1,296 of 1,200,000 events failed)",
            "Objective": "99.9 % of events succeed, rolling 30 days",
            "Owner": "fit-team",
            "Since": "2026-10-20 13:39 (Asia/Tokyo)",
            "Worst step": "upload (120 of 182 bad events)",
            "alert": "A-0042 · measure-feet/availability/level-1 · as of 2026-10-20 13:39 (Asia/Tokyo)",
            "notes": "First: say here that you are on it, open the runbook, open an incident (tabiji incident open). Report early, ask for help.",
            "summary": "1.82 % of events failed in the last 1 h (182 of 10,000): 18.2 times as fast as the budget allows; this level rings above 14.4. In the last 5 min: 2.10 % (21 of 1,000).",
          },
          "group": "fit-team",
          "severity": "critical",
          "source": "measure-feet",
          "summary": "▲ LEVEL 1 · Foot measurement is failing: 18.2 times the budget’s pace — 1.82 % of events failed in the last 1 h (182 of 10,000): 18.2 times as fast as the budget allows; this level rings above 14.4. In the last 5 min: 2.10 % (21 of 1,000).",
          "timestamp": "2026-10-20T04:39:00.000Z",
        },
        "routing_key": "pdroutingkeypdroutingkeypdroutin",
      },
    ]
  `)
})

test('a repeat calls nobody again, and the end ends it', async () => {
  const { pager, notifier } = await startPager()
  await notifier.deliver(TRIGGER, ATTEMPT, NEVER)
  await notifier.deliver(TRIGGER, { ...ATTEMPT, mayRepeat: true }, NEVER)
  expect([...pager.calls.values()]).toEqual([1])
  await notifier.deliver(RESOLVE, ATTEMPT, NEVER)
  expect([...pager.open]).toEqual([])
})

const CHANGED: ChangeFacts = {
  ...({ kind: 'change', key: 'ANN-0001', receiver: 'pager', journeys: ['measure-feet'], level: 3 } as const),
  ...{ at: TRIGGER.createdAt, dedupKey: 'change:ANN-0001:pager', timeZone: 'Asia/Tokyo', sample: false },
  change: {
    ...({ kind: 'deploy', title: 'fit@8c1f2e9d → production', service: 'fit', phase: 'running' } as const),
    ...{ at: TRIGGER.createdAt - 60_000, by: 'octocat', url: 'https://ci.example.org/7' },
  },
}
const CHANGE = { id: CHANGED.dedupKey, createdAt: TRIGGER.createdAt, facts: CHANGED }

test('a change is told beside the incidents, calls nobody, and in its plainest form has only a summary', async () => {
  const { pager, notifier } = await startPager()
  expect(await notifier.deliver(CHANGE, ATTEMPT, NEVER)).toEqual({ kind: 'delivered', status: 202 })
  await notifier.deliver(CHANGE, { ...ATTEMPT, degraded: true }, NEVER)
  const summary = '13:38 deploy fit@8c1f2e9d → production, by octocat'
  expect([pager.events, pager.faults, [...pager.calls]]).toEqual([[], [], []])
  expect(pager.changes).toEqual([
    {
      routing_key: KEY,
      payload: {
        summary,
        timestamp: '2026-10-20T04:38:00.000Z',
        source: 'fit',
        custom_details: {
          ...{ kind: 'deploy', phase: 'running', service: 'fit', by: 'octocat' },
          ...{ journeys: 'measure-feet', annotation: 'ANN-0001' },
        },
      },
      links: [{ href: 'https://ci.example.org/7', text: 'Change' }],
    },
    { routing_key: KEY, payload: { summary } },
  ])
})

test('a rule that is withdrawn ends the alert at the pager', async () => {
  const { pager, notifier } = await startPager()
  await notifier.deliver({ ...RESOLVE, facts: { ...RESOLVE.facts, kind: 'withdraw' } }, ATTEMPT, NEVER)
  expect(pager.events).toMatchObject([{ event_action: 'resolve', dedup_key: RESOLVE.facts.dedupKey }])
})

test.each([
  [1, 'critical'],
  [2, 'warning'],
  [3, 'info'],
] as const)('level %s has the severity %s', async (level, severity) => {
  const { pager, notifier } = await startPager()
  await notifier.deliver({ ...TRIGGER, facts: { ...TRIGGER.facts, level } }, ATTEMPT, NEVER)
  expect(pager.events).toMatchObject([{ payload: { severity } }])
})

test('the plain form has the required parts only', async () => {
  const { pager, notifier } = await startPager()
  await notifier.deliver(TRIGGER, { ...ATTEMPT, degraded: true }, NEVER)
  const [event] = pager.events
  expect(Object.keys(event ?? {})).toEqual(['routing_key', 'event_action', 'dedup_key', 'payload'])
  expect(event).toMatchObject({ payload: { source: 'measure-feet', severity: 'critical' } })
})

test('another success than 202 is none: it was not PagerDuty who answered', async () => {
  const { pager, notifier } = await startPager()
  pager.script.push({ status: 200, body: 'welcome' })
  expect(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)).toMatchObject({ kind: 'rejected' })
})

test('an event that is too large leaves out its details', async () => {
  const { pager, notifier } = await startPager()
  const facts: AlertFacts = { ...TRIGGER.facts, journey: { ...TRIGGER.facts.journey, owner: 'あ'.repeat(300_000) } }
  expect(await notifier.deliver({ ...TRIGGER, facts }, ATTEMPT, NEVER)).toMatchObject({ kind: 'delivered' })
  expect(pager.events).toMatchObject([{ payload: { summary: expect.stringContaining('LEVEL 1') } }])
  expect(JSON.stringify(pager.events)).not.toContain('custom_details')
})

describe('whatever the facts are', () => {
  test('PagerDuty takes both forms, and sample data are named first', async () => {
    const { pager, notifier } = await startPager()
    await fc.assert(
      fc.asyncProperty(anyFacts(), async (facts) => {
        for (const degraded of [false, true]) {
          const result = await notifier.deliver({ ...TRIGGER, facts }, { ...ATTEMPT, degraded }, NEVER)
          expect(pager.faults).toEqual([])
          expect(result.kind).toBe('delivered')
          const event = pager.events.at(-1)
          if (event?.event_action === 'trigger') expect(event.payload.summary.startsWith('🟦')).toBe(facts.sample)
        }
      }),
      { numRuns: 60 },
    )
  })
})
