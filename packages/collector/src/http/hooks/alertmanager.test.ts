import { expect, test } from 'vitest'
import type { DeliveredClaim, Taken } from '../../ports/foreign-alerts.ts'
import { serve } from '../../wire/testing/servers.ts'
import { createHouse } from '../door.ts'
import { hookRoutes } from '../hooks.ts'
import { createAlertmanagerHook } from './alertmanager.ts'

const TOKEN = 'alertmanager-token-0123456789'

/** As an Alertmanager 0.31 posts it, with a key that came later. */
const DELIVERY = {
  version: '4',
  groupKey: '{}:{alertname="QueueFull"}',
  truncatedAlerts: 0,
  status: 'firing',
  receiver: 'tabiji',
  notification_reason: 'new',
  groupLabels: { alertname: 'QueueFull' },
  commonLabels: {},
  commonAnnotations: {},
  externalURL: 'http://am:9093',
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'QueueFull', journey: 'checkout', severity: 'critical' },
      annotations: { summary: 'The queue is full' },
      startsAt: '2026-10-20T04:38:17.123456789Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus:9090/graph?g0.expr=x',
      fingerprint: '5ef77f1f8a3ecf8d',
    },
  ],
}

async function open(answer: Partial<Taken> = {}) {
  const taken: (readonly DeliveredClaim[])[] = []
  const warned: string[] = []
  const take = (alerts: readonly DeliveredClaim[]): Taken => {
    taken.push(alerts)
    return { taken: [], ignored: [], refused: [], warnings: [], ...answer }
  }
  const hook = createAlertmanagerHook({ token: () => TOKEN, alerts: { take }, warn: (message) => warned.push(message) })
  const server = await serve(createHouse([hookRoutes([hook], () => undefined)], () => undefined))
  const post = async (body: unknown, authorization = `Bearer ${TOKEN}`) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const response = await fetch(`${server.origin}/alertmanager/webhook`, {
      method: 'POST',
      body: text,
      headers: { authorization },
    })
    return {
      status: response.status,
      document: (await response.json()) as { error?: { code: string }; warnings?: string[] },
    }
  }
  return { post, taken, warned }
}

test('alerts are taken as they were told', async () => {
  const { post, taken } = await open()
  expect(await post(DELIVERY)).toMatchObject({ status: 200 })
  expect(taken).toEqual([
    [
      {
        fingerprint: '5ef77f1f8a3ecf8d',
        isFiring: true,
        labels: DELIVERY.alerts[0]?.labels,
        annotations: { summary: 'The queue is full' },
        startsAt: Date.parse('2026-10-20T04:38:17.123Z'),
        generatorUrl: 'http://prometheus:9090/graph?g0.expr=x',
      },
    ],
  ])
})

test.each([
  ['without a token', DELIVERY, '', 401, 'ALERTMANAGER_TOKEN'],
  ['with another token', DELIVERY, 'Bearer another-token-0123456789', 401, 'ALERTMANAGER_TOKEN'],
  ['of another version', { ...DELIVERY, version: '3' }, undefined, 400, 'ALERTMANAGER_UNREADABLE'],
  ['that is no JSON', '{', undefined, 400, 'ALERTMANAGER_UNREADABLE'],
  [
    'of more alerts than anybody reads',
    { ...DELIVERY, alerts: Array(1_001).fill(DELIVERY.alerts[0]) },
    undefined,
    400,
    'ALERTMANAGER_UNREADABLE',
  ],
])('a delivery %s is refused', async (_, body, authorization, status, code) => {
  const { post, taken } = await open()
  expect(await post(body, authorization)).toMatchObject({ status, document: { error: { code } } })
  expect(taken).toEqual([])
})

test('what could not be taken is answered so that the sender logs it, and told here', async () => {
  const { post, warned } = await open({ refused: [{ fingerprint: 'f', why: 'A has no label `journey`' }] })
  expect(await post(DELIVERY)).toMatchObject({ status: 422, document: { error: { code: 'ALERTMANAGER_REFUSED' } } })
  expect(warned).toEqual(['A has no label `journey`'])
})

test('alerts that the sender left out are told of', async () => {
  const { post, warned } = await open()
  const { document } = await post({ ...DELIVERY, truncatedAlerts: 7 })
  expect(document.warnings).toEqual([expect.stringMatching(/^7 alerts were left out/)])
  expect(warned).toEqual(document.warnings)
})
