import { setTimeout as pause } from 'node:timers/promises'
import { defineJourneys } from '@tabiji/sdk'
import { startRecorder } from '@tabiji/sdk/node'
import { expect, test, vi } from 'vitest'
import { random } from '../ledger/testing/house.ts'
import { openShop } from './testing/shop.ts'

vi.setConfig({ testTimeout: 180_000 })

const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  journeys: {
    checkout: { steps: { pay: { http: 'POST /orders', within: '1s' }, cart: { http: 'POST /cart', within: '1s' } } },
  },
})

/** A whole number, both ends included. */
const whole = (from: number, to: number) => Math.floor(random(from, to + 1))

test('a service that was started with one call is in the books to the last event, none twice', async () => {
  const shop = openShop(['shop'])
  const daemon = await shop.start()
  const recorder = startRecorder(journeys, {
    service: 'shop',
    handOver: { url: daemon.ingest, timeoutMs: 20_000 },
    pushIntervalMs: 100,
  })
  const book = { pay: recorder.tally('checkout', 'pay'), cart: recorder.tally('checkout', 'cart') }
  const OUTCOMES = ['good', 'slow', 'error', 'excluded'] as const
  const happened = { 'shop/pay': [0, 0, 0, 0], 'shop/cart': [0, 0, 0, 0] }
  for (let stretch = 0; stretch < 10; stretch++) {
    for (let event = whole(0, 50); event > 0; event--) {
      const [step, outcome] = [whole(0, 1) === 0 ? ('pay' as const) : ('cart' as const), whole(0, 3)]
      book[step](OUTCOMES[outcome] ?? 'good', random(0, 3000))
      const counts = happened[`shop/${step}`]
      counts[outcome] = (counts[outcome] ?? 0) + 1
    }
    await pause(random(0, 150))
  }
  expect(await recorder.close()).toEqual({ accepted: true })
  await daemon.end()
  expect(await shop.books()).toEqual(happened)
  expect(await shop.verify()).toBe(0)
})
