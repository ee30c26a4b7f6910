import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, createApp, createLog, type Overview } from '@tabiji/collector'
import { defineJourneys } from '@tabiji/sdk'
import { configIn } from '../../../../packages/collector/src/testing/config.ts'
import { type Shop, startShop } from '../../../road/testing/shop.ts'

/** A journey with traffic, with a rolling budget and one by month, and one that nobody begins. */
const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  classes: { read: '300ms', write: '1s', heavy: '20s' },
  journeys: {
    checkout: {
      title: { en: 'Check "out"\\', ja: '購入' },
      owner: 'shop-team',
      runbook: 'https://wiki.example.org/runbooks/checkout',
      objectives: { availability: 99, 'pay.experience': { target: 95, window: 'month' } },
      composites: { whole: ['availability', 'pay.experience', 'view-result/availability'] },
      steps: { cart: { http: 'POST /cart', within: 'heavy' }, pay: { http: 'POST /orders', within: 'heavy' } },
    },
    'view-result': {
      objectives: { availability: 99.9 },
      steps: { read: { http: 'GET /results/:id', within: 'read' } },
    },
  },
})

/** A real shop and a collector that reads it, whose API door is open. */
export type House = {
  readonly app: App
  readonly shop: Shop
  readonly folder: string
  readonly api: string
  order(count: number, broken: boolean): Promise<void>
  overview(): Promise<Overview>
  metrics(): Promise<string>
  close(): Promise<void>
}

export async function startHouse(): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-output-'))
  const shop = await startShop(journeys)
  const config = configIn(folder, {
    targets: [{ service: 'shop', url: `${shop.url}/metrics`, intervalMs: 1_000, timeoutMs: 30_000 }],
    ledger: { grid: [{ fromAgeSeconds: 0, width: 1 }], clockSkewMs: 5_000 },
  })
  const app = createApp(config, journeys, {
    now: Date.now,
    log: createLog('silent'),
    loadDefinition: () => ({ ok: true, definition: journeys }),
  })
  const { api } = await app.open()
  await app.turns.read()
  return {
    app,
    shop,
    folder,
    api,
    order: async (count, broken) => {
      shop.broken = broken
      const answers = Array.from({ length: count }, () => fetch(`${shop.url}/orders`, { method: 'POST' }))
      await Promise.all(answers.map(async (answer) => (await answer).text()))
    },
    overview: async () => (await (await fetch(`${api}/api/v1/journeys`)).json()) as Overview,
    metrics: async () => (await fetch(`${api}/metrics`)).text(),
    close: async () => {
      await app.stop()
      await shop.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
