import { setTimeout as pause } from 'node:timers/promises'

const BETWEEN_MS = 40

export type Customers = {
  /** What they saw themselves, counted by nobody else. */
  readonly seen: { paid: number; failed: number }
  /** Waits until so many more have paid, or tried to. */
  pay(count: number): Promise<void>
  leave(): Promise<void>
}

/** Customers who pay at a shop, one after the other, until they leave. */
export function sendCustomers(shopUrl: string): Customers {
  const seen = { paid: 0, failed: 0 }
  let isOpen = true
  const ended = (async () => {
    while (isOpen) {
      const answer = await fetch(`${shopUrl}/payments`, { method: 'POST' })
      await answer.text()
      if (answer.ok) seen.paid++
      else seen.failed++
      await pause(BETWEEN_MS)
    }
  })()
  // Whoever waits for them learns of it; until then it must not end the process.
  ended.catch(() => undefined)
  const all = () => seen.paid + seen.failed
  return {
    seen,
    pay: async (count) => {
      const enough = all() + count
      while (all() < enough) await Promise.race([pause(BETWEEN_MS), ended])
    },
    leave: async () => {
      isOpen = false
      await ended
    },
  }
}
