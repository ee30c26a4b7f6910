import { expect, test } from 'vitest'
import type { DeliveryResult } from '../../ports/notifier.ts'
import { createTroubleStore } from '../../store/trouble-store.ts'
import { rowOf, STARTED_AT } from '../../testing/alert.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { createTroubles } from './troubles.ts'

const MINUTE = 60_000
const FAILED: DeliveryResult = {
  kind: 'retry',
  failure: 'unreachable',
  message: 'connection refused',
  ambiguous: false,
}
const REFUSED: DeliveryResult = { kind: 'rejected', failure: 'refused', message: 'Answered 410' }
const DELIVERED: DeliveryResult = { kind: 'delivered', status: 200 }

function open(tellers: readonly string[] = ['chat', 'pager']) {
  const desk = openAlertDesk()
  const clock = { now: STARTED_AT }
  let ids = 0
  const start = () =>
    createTroubles({
      store: createTroubleStore(desk.database),
      alerts: desk.store,
      tellers,
      letterhead: () => ({ timeZone: 'Asia/Tokyo', sample: false }),
      newId: () => `id-${++ids}`,
      now: () => clock.now,
    })
  let troubles = start()
  const attempt = (receiver: string, result: DeliveryResult, changes: object = {}) =>
    troubles.attempted({ row: rowOf('trigger', receiver, changes), startedAt: clock.now, endedAt: clock.now, result })
  return {
    clock,
    attempt,
    look: () => troubles.look(),
    absent: (from: number, to: number) => troubles.absent({ from, to }),
    restart: () => {
      troubles = start()
    },
    /** What is owed, in the order in which it was. */
    owed: () =>
      (
        desk.database.prepare('SELECT receiver, facts FROM outbox ORDER BY number').all() as {
          receiver: string
          facts: string
        }[]
      ).map(({ receiver, facts }) => {
        const { trouble, over } = JSON.parse(facts) as { trouble: { part: string; name?: string }; over: boolean }
        return `${receiver} hears of ${trouble.name ?? trouble.part}${over ? ': over' : ''}`
      }),
  }
}

test('a receiver that has taken nothing for five minutes is told of once, by another way, and its end too', () => {
  const { clock, attempt, look, owed, restart } = open()
  attempt('pager', FAILED)
  clock.now += 4 * MINUTE
  expect(look()).toBe(false)
  clock.now += MINUTE
  attempt('pager', FAILED)
  expect([look(), look()]).toEqual([true, false])
  restart()
  attempt('pager', FAILED)
  clock.now += 10 * MINUTE
  expect(look()).toBe(false)
  attempt('pager', DELIVERED)
  attempt('pager', DELIVERED)
  expect(owed()).toEqual(['chat hears of pager', 'chat hears of pager: over'])
})

test('what was given up is told of at once, and never by the way that is broken', () => {
  const { attempt, look, owed } = open()
  attempt('chat', REFUSED)
  expect(look()).toBe(false)
  attempt('chat', REFUSED, { degraded: true })
  expect(look()).toBe(true)
  expect(owed()).toEqual(['pager hears of chat'])
})

test('where every way is broken, or there is none, nobody is told and nothing is told twice later', () => {
  const { attempt, look, owed } = open(['pager'])
  attempt('pager', REFUSED, { degraded: true })
  expect([look(), look()]).toEqual([false, false])
  attempt('pager', DELIVERED)
  expect(owed()).toEqual([])
})

test('a test, or a message about trouble, that fails is no trouble; an absence is told when it is over', () => {
  const { clock, attempt, look, absent, owed } = open()
  attempt('pager', REFUSED, { degraded: true, kind: 'test' })
  attempt('pager', REFUSED, { degraded: true, kind: 'trouble' })
  clock.now += 60 * MINUTE
  expect(look()).toBe(false)
  absent(STARTED_AT, clock.now)
  expect(owed()).toEqual(['chat hears of absence'])
})
