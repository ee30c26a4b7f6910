import { afterEach, expect, test } from 'vitest'
import { startReceiver } from '../../../packages/collector/src/notifiers/testing/receiver.ts'
import { runTabiji, startDaemon } from '../../measurement/ledger/testing/daemon.ts'
import { freePort, startAlertmanager, WITHOUT_ALERTMANAGER } from './testing/alertmanager.ts'
import { openHouse } from './testing/house.ts'

const PATIENCE = { timeout: 120_000, interval: 100 }
const endings: (() => Promise<unknown>)[] = []

afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end()
}, 60_000)

type Told = { readonly alerts: readonly { readonly status: string; readonly labels: Record<string, string> }[] }

test.skipIf(WITHOUT_ALERTMANAGER)(
  'a real Alertmanager has our alert, has it again after it lost everything, and tells of its end',
  async () => {
    const people = await startReceiver(() => ({ status: 200 }))
    endings.push(people.close)
    const port = await freePort()
    const house = await openHouse(`http://127.0.0.1:${port}`)
    endings.push(house.close)
    const first = await startAlertmanager(house.folder, people.url, port)
    const daemon = await startDaemon(house.folder)
    endings.push(daemon.end)
    const told = () =>
      people.received.flatMap(({ body }) =>
        (JSON.parse(body) as Told).alerts.map(({ status, labels }) => `${status} ${labels['rule']}`),
      )

    house.service.fails = true
    const rule = 'checkout/alerts/errors'
    await expect.poll(first.alerts, PATIENCE).toMatchObject([
      {
        labels: {
          alertname: 'JourneyRule',
          journey: 'checkout',
          level: '1',
          severity: 'page',
          rule,
          owner: 'shop-team',
        },
        annotations: {
          summary: expect.stringContaining('Check out'),
          summary_ja: expect.stringContaining('購入'),
          runbook_url: 'https://wiki.example.org/runbooks/checkout',
          episode: 'A-0001',
        },
      },
    ])
    await expect.poll(told, PATIENCE).toEqual([`firing ${rule}`])
    await first.close()

    const second = await startAlertmanager(house.folder, people.url, port)
    endings.push(second.close)
    await expect.poll(second.alerts, PATIENCE).toMatchObject([{ labels: { rule }, annotations: { episode: 'A-0001' } }])

    house.service.fails = false
    await expect.poll(() => told().at(-1), PATIENCE).toBe(`resolved ${rule}`)
    await expect.poll(second.alerts, PATIENCE).toEqual([])

    const tested = await runTabiji(house.folder, 'notify', 'test', 'am', '--url', daemon.api)
    expect(tested.exit, tested.stderr).toBe(0)
    await expect
      .poll(second.alerts, PATIENCE)
      .toMatchObject([{ labels: { alertname: 'TabijiTest', topic: 'test:am' } }])
  },
  420_000,
)
