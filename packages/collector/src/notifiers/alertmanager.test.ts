import type { AlertFacts } from '@tabiji/core/alert'
import fc from 'fast-check'
import { describe, expect, onTestFinished, test } from 'vitest'
import { FACTS, OVER, STARTED_AT } from '../testing/alert.ts'
import { createOutgoing } from '../wire/outgoing.ts'
import { createAlertmanagerNotifier } from './alertmanager.ts'
import { alertmanagerAlert } from './alertmanager-alert.ts'
import { anyFacts } from './testing/any-facts.ts'
import { ATTEMPT, describeNotifier, NEVER, RESOLVE, TRIGGER } from './testing/contract.ts'
import { startFakeAlertmanager } from './testing/fake-alertmanager.ts'

const TOKEN = 'alertmanagertokenalertmanager'
const HOUR = 3_600_000

describeNotifier({
  make: (base, outgoing, timeoutMs) =>
    createAlertmanagerNotifier({ name: 'am', urls: [base], token: () => TOKEN }, outgoing, { timeoutMs }),
  secrets: [TOKEN],
  success: { status: 200 },
})

async function startCluster(members = 1) {
  const cluster = await Promise.all(Array.from({ length: members }, startFakeAlertmanager))
  const outgoing = createOutgoing()
  onTestFinished(async () => {
    await Promise.all(cluster.map(({ close }) => close()))
    outgoing.close()
  })
  const urls = cluster.map(({ url }) => `${url}/`)
  const receiver = { name: 'am', urls, basic: () => Buffer.from('tabiji:pass').toString('base64') }
  return { cluster, first: cluster[0] as (typeof cluster)[0], notifier: createAlertmanagerNotifier(receiver, outgoing) }
}

const renewed = async (
  notifier: Awaited<ReturnType<typeof startCluster>>['notifier'],
  notices: readonly AlertFacts[],
  at = ATTEMPT.at,
) => notifier.renew?.(() => notices.map((facts) => ({ facts })), at, NEVER)

test('an alert has the labels of `tabiji rules`, sentences in both languages, and is believed for an hour', async () => {
  const { first, notifier } = await startCluster()
  expect(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)).toEqual({ kind: 'delivered', status: 200 })
  const [[alert]] = first.posts as [[(typeof first.posts)[0][0]]]
  expect(alert?.labels).toEqual({
    alertname: 'JourneyBudgetBurn',
    journey: 'measure-feet',
    objective: 'availability',
    indicator: 'availability',
    level: '1',
    severity: 'page',
    rule: 'measure-feet/availability/level-1',
    tier: '1',
    owner: 'fit-team',
  })
  const { description, description_ja, ...annotations } = alert?.annotations ?? {}
  expect(annotations).toEqual({
    summary: '▲ LEVEL 1 · Foot measurement is failing: 18.2 times the budget’s pace',
    summary_ja: expect.stringContaining('足の計測'),
    episode: 'A-0042',
    runbook_url: FACTS.runbook,
    alert_url: FACTS.link,
  })
  expect(description).toContain('182 of 10,000')
  expect(description_ja).toContain('足の計測')
  expect(alert).toMatchObject({
    startsAt: new Date(STARTED_AT).toISOString(),
    endsAt: new Date(ATTEMPT.at + HOUR).toISOString(),
    generatorURL: FACTS.link,
  })
  expect(first.received[0]?.headers['authorization']).toBe(`Basic ${Buffer.from('tabiji:pass').toString('base64')}`)
})

test('a page of an incident names it with what to do first, and why it is late; told again it still does', async () => {
  const { first, notifier } = await startCluster()
  const item = { en: 'Say that you lead', ja: '指揮を執ることを宣言する' }
  const link = 'https://tabiji.example/api/v1/incidents/INC-0007'
  const told = {
    ...TRIGGER,
    facts: FACTS,
    toDo: { incident: 'INC-0007', link, items: [item], first: [item] },
    late: { why: 'silence', due: STARTED_AT } as const,
  }
  await notifier.deliver(told, ATTEMPT, NEVER)
  await notifier.renew?.(() => [told], ATTEMPT.at, NEVER)
  const annotations = first.posts.map(([alert]) => alert?.annotations)
  expect(annotations).toHaveLength(2)
  for (const each of annotations) {
    expect(each).toMatchObject({ incident: 'INC-0007', incident_url: link })
    expect(each?.['description']).toContain('Do first: 1. Say that you lead')
    expect(each?.['description']).toContain('Told late: due at 2026-10-20 13:39')
    expect(each?.['description_ja']).toContain('まず行うこと: 1. 指揮を執ることを宣言する')
  }
})

test('an end has the same labels and the time of the end', async () => {
  const { first, notifier } = await startCluster()
  await notifier.deliver(TRIGGER, ATTEMPT, NEVER)
  await notifier.deliver(RESOLVE, ATTEMPT, NEVER)
  const [begun, ended] = first.posts.flat()
  expect(ended?.labels).toEqual(begun?.labels)
  expect(ended?.endsAt).toBe(new Date(OVER.at).toISOString())
})

test('a test rings under its own name until it is over', async () => {
  const { first, notifier } = await startCluster()
  const facts = {
    ...({
      kind: 'test',
      receiver: 'am',
      over: false,
      level: 3,
      dedupKey: 'x',
      timeZone: 'UTC',
      sample: false,
    } as const),
    at: STARTED_AT,
  }
  await notifier.deliver({ id: 'n-1', facts, createdAt: STARTED_AT }, ATTEMPT, NEVER)
  await notifier.deliver({ id: 'n-2', facts: { ...facts, over: true }, createdAt: STARTED_AT }, ATTEMPT, NEVER)
  const [begun, over] = first.posts.flat()
  expect(begun?.labels).toEqual({ alertname: 'TabijiTest', topic: 'test:am', level: '3', severity: 'notice' })
  expect(over).toMatchObject({ labels: begun?.labels, endsAt: new Date(STARTED_AT).toISOString() })
})

test('what an Alertmanager has said is not told back', async () => {
  const { first, notifier } = await startCluster()
  const facts: AlertFacts = { ...FACTS, cause: { kind: 'foreign', name: 'HighErrorRate' } }
  expect(await notifier.deliver({ ...TRIGGER, facts }, ATTEMPT, NEVER)).toMatchObject({
    kind: 'delivered',
    status: 204,
  })
  expect(await renewed(notifier, [facts])).toBeUndefined()
  expect(first.received).toEqual([])
})

describe('every member is told', () => {
  test('and one that takes it is enough, which is said', async () => {
    const { cluster, notifier } = await startCluster(3)
    cluster[0]?.script.push({ status: 503 })
    cluster[2]?.script.push({ status: 400 })
    expect(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)).toEqual({
      kind: 'delivered',
      status: 200,
      message: 'Not taken by 2 of 3 members',
    })
    expect(cluster.map(({ posts }) => posts.length)).toEqual([0, 1, 0])
  })

  test('when none takes it, the one that gives hope decides', async () => {
    const { cluster, notifier } = await startCluster(2)
    cluster[0]?.script.push({ status: 400 })
    cluster[1]?.script.push({ status: 429, headers: { 'retry-after': '7' } })
    expect(await notifier.deliver(TRIGGER, ATTEMPT, NEVER)).toMatchObject({ kind: 'retry', afterMs: 7_000 })
  })
})

describe('what holds is told again', () => {
  test('in lots of 64, with a later end', async () => {
    const { first, notifier } = await startCluster()
    const notices = Array.from({ length: 130 }, (_, i) => ({ ...FACTS, rule: `r-${i}` }))
    expect(await renewed(notifier, notices, STARTED_AT + HOUR)).toEqual({ kind: 'delivered', status: 200 })
    expect(first.posts.map(({ length }) => length)).toEqual([64, 64, 2])
    expect(first.posts[0]?.[0]?.endsAt).toBe(new Date(STARTED_AT + 2 * HOUR).toISOString())
  })

  test('nothing holds: nothing is sent', async () => {
    const { first, notifier } = await startCluster()
    expect(await renewed(notifier, [])).toBeUndefined()
    expect(first.received).toEqual([])
  })

  test('never past an end that is on its way', async () => {
    const { first, notifier } = await startCluster()
    let isOver = false
    const ending = notifier.deliver(RESOLVE, ATTEMPT, NEVER).then(() => {
      isOver = true
    })
    const asked: boolean[] = []
    await notifier.renew?.(
      () => {
        asked.push(isOver)
        return [{ facts: OVER }]
      },
      ATTEMPT.at,
      NEVER,
    )
    await ending
    expect(asked).toEqual([true])
    expect(first.posts.flat()).toHaveLength(2)
  })
})

test('a refused alert is sent without sentences', async () => {
  const { first, notifier } = await startCluster()
  await notifier.deliver(TRIGGER, { ...ATTEMPT, degraded: true }, NEVER)
  expect(Object.keys(first.posts[0]?.[0]?.annotations ?? {})).toEqual(['episode', 'runbook_url', 'alert_url'])
})

test('any facts make an alert that is taken', async () => {
  const { first, notifier } = await startCluster()
  await fc.assert(
    fc.asyncProperty(anyFacts(), fc.boolean(), async (facts, degraded) => {
      const result = await notifier.deliver({ ...TRIGGER, facts }, { ...ATTEMPT, degraded }, NEVER)
      expect(first.faults).toEqual([])
      expect(result.kind).toBe('delivered')
    }),
  )
})

test('whatever is said of an episode, the labels stay those of its beginning', () => {
  fc.assert(
    fc.property(anyFacts(), fc.constantFrom('trigger' as const, 'resolve' as const), (facts, kind) => {
      const later = { ...facts, kind, at: facts.at + HOUR }
      const [over, begun] = [
        alertmanagerAlert({ facts: later }, later.at, false),
        alertmanagerAlert({ facts }, facts.at, true),
      ]
      expect(over.labels).toEqual(begun.labels)
    }),
  )
})
