import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ScriptedAnswer } from '../../notifiers/testing/fake-pagerduty.ts'
import type { OutboxRow } from '../../ports/alert-store.ts'
import { commitOf, rowOf } from '../../testing/alert.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { openDeliveryDesk } from '../../testing/delivery-desk.ts'

const NEVER = new AbortController().signal
const MINUTE = 60_000

/** Of a receiver's rows in order: each end that was told ends something that may have been told. */
function expectEndsOfWhatWasTold(rows: readonly OutboxRow[]): void {
  let told = false
  for (const { kind, state, ambiguous } of rows) {
    if (kind === 'trigger') told ||= state === 'delivered' || ambiguous
    else if (state === 'delivered') {
      expect(told).toBe(true)
      told = false
    }
  }
}

type Event = 'turn' | 'pump' | 'turn while it is sent' | 'wait' | 'restart'

/**
 * Whatever a receiver answers and whenever the daemon restarts: what the pager believes in the end is what is true, and
 * it is never told the end of something that it cannot have heard of.
 */
test('the pager ends up with the truth, through failures, flaps and restarts', async () => {
  const { pager, chat, clock, deliveryOf } = await openDeliveryDesk()
  let run = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom<Event>('turn', 'turn', 'pump', 'pump', 'turn while it is sent', 'wait', 'restart'), {
        maxLength: 14,
      }),
      fc.array(fc.constantFrom<ScriptedAnswer>('usual', 'lost', 'reset', { status: 503 }, { status: 500 }), {
        maxLength: 8,
      }),
      async (events, answers) => {
        run += 1
        const alerts = openAlertDesk()
        const dedupKey = `run-${run}`
        const heard = pager.received.length
        pager.script.splice(0, pager.script.length, ...answers)
        let store = alerts.store
        let delivery = deliveryOf(store)
        let firing = false
        const turn = (id: string) => {
          firing = !firing
          const row = rowOf(firing ? 'trigger' : 'resolve', 'pager', { id, notBefore: clock.now, createdAt: clock.now })
          store.commitAlerts(commitOf({ ...row, facts: { ...row.facts, dedupKey } }))
        }
        for (const [index, event] of events.entries()) {
          if (event === 'turn') turn(`${run}-${index}`)
          if (event === 'pump') await delivery.pump(NEVER)
          if (event === 'turn while it is sent') {
            const pumping = delivery.pump(NEVER)
            await setImmediate()
            turn(`${run}-${index}`)
            await pumping
          }
          if (event === 'wait') clock.now += MINUTE
          if (event === 'restart') {
            store = alerts.reopen()
            delivery = deliveryOf(store)
          }
        }
        for (let due = delivery.nextDueAt(); due !== undefined; due = delivery.nextDueAt()) {
          clock.now = Math.max(clock.now, due)
          await delivery.pump(NEVER)
        }
        expect([...pager.faults, ...chat.faults]).toEqual([])
        expect(pager.open.has(dedupKey)).toBe(firing)
        let mayKnow = false
        for (const { body } of pager.received.slice(heard)) {
          const isTrigger = JSON.parse(body).event_action === 'trigger'
          expect(isTrigger || mayKnow).toBe(true)
          mayKnow ||= isTrigger
        }
        for (const receiver of ['pager', 'chat']) {
          expectEndsOfWhatWasTold(store.outboxOf('A-0042').filter((row) => row.receiver === receiver))
        }
        alerts.close()
      },
    ),
    { numRuns: 40 },
  )
})
