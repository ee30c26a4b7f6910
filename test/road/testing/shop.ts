import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { createRecorder, defineJourneys, type Journeys } from '@tabiji/sdk'
import express from 'express'
import { Registry } from 'prom-client'

/** A shop whose payment can be broken. */
export const journeys = defineJourneys({
  timeZone: 'Asia/Tokyo',
  classes: { read: '300ms', write: '1s', heavy: '20s' },
  journeys: {
    checkout: {
      title: { en: 'Check out', ja: '購入' },
      owner: 'shop-team',
      runbook: 'https://wiki.example.org/runbooks/checkout',
      objectives: { availability: 99, 'pay.latency': 95 },
      steps: {
        cart: { http: 'POST /cart', within: 'write' },
        pay: { http: 'POST /orders', within: 'write' },
      },
    },
  },
})

export type Shop = {
  readonly url: string
  /** Every payment answers 500 while it is broken. */
  broken: boolean
  /** How long a cart takes, milliseconds. */
  cartMs: number
  /** What the service itself knows to have happened, by outcome of the step `pay`. */
  readonly paid: { good: number; error: number; excluded: number }
  close(): Promise<void>
}

/** Starts a real express service that tags its routes with the SDK. @param defined other promises for the same steps */
export async function startShop(defined: Journeys = journeys): Promise<Shop> {
  const registry = new Registry()
  const recorder = createRecorder(defined, { registry, service: 'shop' })
  const shop = { broken: false, cartMs: 0, paid: { good: 0, error: 0, excluded: 0 } }
  const app = express()
  app.use(recorder.express())
  app.post('/cart', recorder.step('checkout', 'cart'), async (_request, response) => {
    if (shop.cartMs > 0) await pause(shop.cartMs)
    response.status(201).end()
  })
  app.post('/orders', recorder.step('checkout', 'pay'), (request, response) => {
    const refused = request.query['card'] === 'none'
    shop.paid[refused ? 'excluded' : shop.broken ? 'error' : 'good']++
    response.status(refused ? 402 : shop.broken ? 500 : 201).end()
  })
  app.get('/metrics', async (_request, response) => {
    response.type(registry.contentType).send(await registry.metrics())
  })
  const server = await new Promise<Server>((resolve) => {
    const opened = app.listen(0, '127.0.0.1', () => resolve(opened))
  })
  return Object.assign(shop, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
      await recorder.close()
    },
  })
}
