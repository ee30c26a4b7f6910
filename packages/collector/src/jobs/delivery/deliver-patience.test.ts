import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Notifier } from '../../ports/notifier.ts'
import { commitOf, rowOf } from '../../testing/alert.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { openDeliveryDesk } from '../../testing/delivery-desk.ts'

const NEVER = new AbortController().signal
const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000]

async function open() {
  const alerts = openAlertDesk()
  const desk = await openDeliveryDesk()
  const states = () =>
    alerts.store.outboxOf('A-0042').map(({ receiver, kind, state }) => `${receiver} ${kind} ${state}`)
  return { ...desk, ...alerts, states, delivery: desk.deliveryOf(alerts.store) }
}

afterEach(() => {
  vi.useRealTimers()
})

describe('a page that is not taken for two minutes', () => {
  test('is told to the fallback though its receiver asked to be left alone for an hour', async () => {
    const { store, delivery, pager, chat, clock, states } = await open()
    pager.script.push({ status: 429, headers: { 'retry-after': '3600' } })
    store.commitAlerts(commitOf(rowOf('trigger', 'pager')))
    await delivery.pump(NEVER)
    clock.now += 2 * MINUTE - 1
    await delivery.pump(NEVER)
    expect(states()).toEqual(['pager trigger waiting'])
    clock.now += 1
    await delivery.pump(NEVER)
    await delivery.pump(NEVER)
    expect(states()).toEqual(['pager trigger waiting', 'chat trigger delivered'])
    expect([pager.received.length, chat.messages.length]).toEqual([1, 1])
  })

  test('is told to the fallback though the receiver is paused and it was never tried', async () => {
    const { store, delivery, pager, chat, clock } = await open()
    pager.script.push({ status: 429, headers: { 'retry-after': '3600' } })
    const page = (episode: string) => rowOf('trigger', 'pager', { id: `n-${episode}`, topic: episode })
    store.commitAlerts(commitOf(page('A-0001')))
    await delivery.pump(NEVER)
    store.commitAlerts(commitOf(page('A-0002')))
    clock.now += 2 * MINUTE
    await delivery.pump(NEVER)
    expect(store.outboxOf('A-0002')).toMatchObject([
      { receiver: 'pager', attempts: 0 },
      { receiver: 'chat', state: 'delivered', insteadOf: 'pager' },
    ])
    expect(chat.messages).toHaveLength(2)
  })
})

test('an attempt that never ends is given up after half a minute, in doubt, and what waits behind it goes on', async () => {
  const { store, deliveryOf, notifiers, hook } = await open()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  let aborted = false
  const stuck: Notifier = {
    name: 'stuck',
    deliver: (_notification, _attempt, signal) => {
      signal.addEventListener('abort', () => {
        aborted = true
      })
      return new Promise(() => undefined)
    },
  }
  store.commitAlerts(commitOf(rowOf('trigger', 'stuck')))
  const pumping = deliveryOf(store, { notifiers: [...notifiers, stuck] }).pump(NEVER)
  await vi.advanceTimersByTimeAsync(30 * SECOND)
  await pumping
  expect(store.outboxOf('A-0042')).toMatchObject([{ state: 'waiting', attempts: 1, ambiguous: true }])
  expect([aborted, hook.received.length]).toEqual([true, 0])
})

test('when the clock is set back, what waits to be tried again is tried at once, and what the gates hold stays held', async () => {
  const { store, delivery, hook, hookScript, clock, states } = await open()
  hookScript.push({ status: 503, headers: { 'retry-after': '600' } })
  const held = rowOf('trigger', 'chat', { level: 2, notBefore: clock.now + HOUR })
  store.commitAlerts(commitOf(rowOf('trigger', 'hook'), held))
  await delivery.pump(NEVER)
  clock.now -= HOUR
  await delivery.pump(NEVER)
  expect(hook.received).toHaveLength(1)
  delivery.clockMoved()
  await delivery.pump(NEVER)
  expect(states()).toEqual(['hook trigger delivered', 'chat trigger waiting'])
})

test('a clock that was set back while nobody was here makes nothing wait for longer than any wait is', async () => {
  const { store, delivery, deliveryOf, hook, hookScript, clock } = await open()
  hookScript.push({ status: 503, headers: { 'retry-after': '600' } })
  store.commitAlerts(commitOf(rowOf('trigger', 'hook')))
  await delivery.pump(NEVER)
  clock.now -= 24 * HOUR
  await deliveryOf(store).pump(NEVER)
  expect(hook.received).toHaveLength(2)
})

test('a chat is told three at once and then one a second; pages that come later overtake', async () => {
  const { store, delivery, chat, clock } = await open()
  const row = (number: number, level: 1 | 2) =>
    rowOf('trigger', 'chat', { id: `n-${number}`, topic: `A-${number}`, level })
  store.commitAlerts(commitOf(row(1001, 2), row(1002, 2), row(1003, 2), row(1004, 2)))
  await delivery.pump(NEVER)
  // The last token is a page's.
  expect(chat.received).toHaveLength(2)
  store.commitAlerts(commitOf(row(1005, 1), row(1006, 1)))
  await delivery.pump(NEVER)
  expect(chat.received).toHaveLength(3)
  const told = () =>
    [1001, 1002, 1003, 1004, 1005, 1006].filter((id) => store.findOwed(`n-${id}`)?.state === 'delivered')
  expect(told()).toEqual([1001, 1002, 1005])
  expect(delivery.nextDueAt()).toBe(clock.now + SECOND)
  clock.now += SECOND
  await delivery.pump(NEVER)
  expect(told()).toEqual([1001, 1002, 1005, 1006])
  for (let i = 0; i < 3; i++) {
    clock.now += SECOND
    await delivery.pump(NEVER)
  }
  expect(told()).toEqual([1001, 1002, 1003, 1004, 1005, 1006])
})
