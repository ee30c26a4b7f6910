import { describe, expect, test } from 'vitest'
import type { Notifier } from '../../ports/notifier.ts'
import { commitOf, rowOf, STARTED_AT } from '../../testing/alert.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { openDeliveryDesk } from '../../testing/delivery-desk.ts'

const NEVER = new AbortController().signal
const MINUTE = 60_000

async function open() {
  const alerts = openAlertDesk()
  const desk = await openDeliveryDesk()
  const states = (episode = 'A-0042') =>
    alerts.store.outboxOf(episode).map(({ receiver, kind, state }) => `${receiver} ${kind} ${state}`)
  return { ...desk, ...alerts, states, delivery: desk.deliveryOf(alerts.store) }
}

test('what is owed reaches every receiver, and each attempt is on record', async () => {
  const { store, delivery, pager, chat, hook, attempts, states } = await open()
  store.commitAlerts(commitOf(rowOf('trigger', 'pager'), rowOf('trigger', 'chat'), rowOf('trigger', 'hook')))
  await delivery.pump(NEVER)
  expect(states()).toEqual(['pager trigger delivered', 'chat trigger delivered', 'hook trigger delivered'])
  expect([pager.events.length, chat.messages.length, hook.received.length]).toEqual([1, 1, 1])
  expect(store.attemptsOf('n-chat-trigger')).toMatchObject([{ result: 'delivered', startedAt: STARTED_AT }])
  expect(attempts.map(({ row, result }) => [row.receiver, result.kind]).sort()).toEqual([
    ['chat', 'delivered'],
    ['hook', 'delivered'],
    ['pager', 'delivered'],
  ])
  expect(delivery.nextDueAt()).toBeUndefined()
})

test('what is held back is sent when its time has come, and not before', async () => {
  const { store, delivery, chat, clock } = await open()
  store.commitAlerts(commitOf(rowOf('trigger', 'chat', { level: 2, notBefore: STARTED_AT + MINUTE })))
  await delivery.pump(NEVER)
  expect(chat.received).toEqual([])
  expect(delivery.nextDueAt()).toBe(STARTED_AT + MINUTE)
  clock.now = STARTED_AT + MINUTE
  await delivery.pump(NEVER)
  expect(chat.messages).toHaveLength(1)
})

test('calls that overlap send a row once', async () => {
  const { store, delivery, hook } = await open()
  store.commitAlerts(commitOf(rowOf('trigger', 'hook')))
  await Promise.all([delivery.pump(NEVER), delivery.pump(NEVER), delivery.pump(NEVER)])
  expect(hook.received).toHaveLength(1)
})

describe('a receiver that is busy', () => {
  test('is asked again after a random part of the wait, until it takes it', async () => {
    const { store, delivery, pager, clock, states } = await open()
    store.commitAlerts(commitOf(rowOf('trigger', 'pager')))
    for (const wait of [15_000, 30_000, 60_000, 150_000, 150_000]) {
      pager.script.push({ status: 503 })
      await delivery.pump(NEVER)
      expect(delivery.nextDueAt()).toBe(clock.now + wait)
      clock.now += wait
    }
    await delivery.pump(NEVER)
    expect(states()[0]).toBe('pager trigger delivered')
    expect(store.attemptsOf('n-pager-trigger').map(({ result }) => result)).toEqual([
      ...Array<string>(5).fill('retry'),
      'delivered',
    ])
  })

  test('gets nothing at all during the pause that it asks for, and others are not kept waiting', async () => {
    const { store, delivery, chat, pager, clock } = await open()
    const ofEpisode = (episode: string) => rowOf('trigger', 'chat', { id: `n-${episode}`, topic: episode })
    chat.script.push({ status: 429, headers: { 'retry-after': '40' } })
    store.commitAlerts(commitOf(ofEpisode('A-0001'), ofEpisode('A-0002'), rowOf('trigger', 'pager')))
    await delivery.pump(NEVER)
    expect([chat.received.length, pager.events.length]).toEqual([1, 1])
    expect(delivery.nextDueAt()).toBe(STARTED_AT + 40_000)
    store.commitAlerts(commitOf(ofEpisode('A-0003')))
    await delivery.pump(NEVER)
    expect(chat.received).toHaveLength(1)
    clock.now += 40_000
    await delivery.pump(NEVER)
    expect(chat.messages).toHaveLength(3)
  })

  test('and slow keeps no other one waiting; cut off, its message is in doubt', async () => {
    const { store, delivery, hook, hookScript, pager, states } = await open()
    const cut = new AbortController()
    hookScript.push('hang')
    store.commitAlerts(commitOf(rowOf('trigger', 'hook')))
    const slow = delivery.pump(cut.signal)
    await hook.arrived(1)
    store.commitAlerts(commitOf(rowOf('trigger', 'pager', { id: 'later', topic: 'A-0050' })))
    const both = delivery.pump(NEVER)
    await pager.arrived(1)
    cut.abort()
    await Promise.all([slow, both])
    expect(states('A-0050')).toEqual(['pager trigger delivered'])
    expect(store.outboxOf('A-0042')).toMatchObject([{ state: 'waiting', ambiguous: true }])
  })
})

describe('a message in doubt', () => {
  test('is repeated, marked where the receiver cannot tell', async () => {
    const { store, delivery, chat, hook, hookScript, clock } = await open()
    chat.script.push('reset')
    hookScript.push({ status: 504 })
    store.commitAlerts(commitOf(rowOf('trigger', 'chat'), rowOf('trigger', 'hook')))
    await delivery.pump(NEVER)
    clock.now += 5 * MINUTE
    await delivery.pump(NEVER)
    expect(chat.received.map(({ body }) => body.includes('(may be a repeat)'))).toEqual([false, true])
    expect(new Set(hook.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set(['n-hook-trigger']))
  })

  test('is not repeated once it is over, and its end is told', async () => {
    const { store, delivery, pager, states } = await open()
    pager.script.push({ status: 500 })
    store.commitAlerts(commitOf(rowOf('trigger', 'pager')))
    await delivery.pump(NEVER)
    store.commitAlerts(commitOf(rowOf('resolve', 'pager')))
    await delivery.pump(NEVER)
    expect(states()).toEqual(['pager trigger cancelled', 'pager resolve waiting'])
    expect(delivery.nextDueAt()).toBe(rowOf('resolve', 'pager').notBefore)
  })
})

test('an end follows its beginning even when that took several attempts', async () => {
  const { store, delivery, pager, clock } = await open()
  const end = rowOf('resolve', 'pager')
  pager.script.push({ status: 503 })
  store.commitAlerts(commitOf(rowOf('trigger', 'pager')))
  await delivery.pump(NEVER)
  clock.now += MINUTE
  await delivery.pump(NEVER)
  clock.now = end.notBefore
  store.commitAlerts(commitOf(end))
  await delivery.pump(NEVER)
  expect(pager.events.map((event) => event.event_action)).toEqual(['trigger', 'resolve'])
  expect(pager.open.size).toBe(0)
})

describe('what is refused', () => {
  test('goes once more in the plain form', async () => {
    const { store, delivery, chat, states } = await open()
    chat.script.push({ status: 400, body: 'invalid_blocks' })
    store.commitAlerts(commitOf(rowOf('trigger', 'chat')))
    await delivery.pump(NEVER)
    expect(states()).toEqual(['chat trigger delivered'])
    expect(chat.messages).toMatchObject([{ text: expect.stringContaining('LEVEL 1') }])
    expect(chat.messages[0]?.blocks).toBeUndefined()
  })

  test('twice goes to the fallback, which says so, and is told the end as well', async () => {
    const { store, delivery, pager, chat, clock, states } = await open()
    pager.script.push({ status: 400 }, { status: 400 })
    store.commitAlerts(commitOf(rowOf('trigger', 'pager')))
    await delivery.pump(NEVER)
    expect(states()).toEqual(['pager trigger dead', 'chat trigger delivered'])
    expect(JSON.stringify(chat.messages)).toContain('Sent here because the receiver pager did not take it.')
    const end = rowOf('resolve', 'pager')
    clock.now = end.notBefore
    store.commitAlerts(commitOf(end))
    await delivery.pump(NEVER)
    expect(states().slice(2)).toEqual(['pager resolve cancelled', 'chat resolve delivered'])
    expect(pager.received).toHaveLength(2)
  })

  test('by a receiver that is gone from the configuration goes to the fallback at once', async () => {
    const { store, delivery, chat, states } = await open()
    store.commitAlerts(commitOf(rowOf('trigger', 'old-pager')))
    await delivery.pump(NEVER)
    expect(states()).toEqual(['old-pager trigger dead', 'chat trigger delivered'])
    expect(chat.messages).toHaveLength(1)
    expect(store.attemptsOf('n-old-pager-trigger')).toHaveLength(1)
  })

  test('by a notifier that is broken goes to the fallback, without the words of the fault', async () => {
    const { store, deliveryOf, notifiers, states } = await open()
    const broken: Notifier = { name: 'broken', deliver: () => Promise.reject(new TypeError('http://secret')) }
    store.commitAlerts(commitOf(rowOf('trigger', 'broken')))
    await deliveryOf(store, { notifiers: [...notifiers, broken] }).pump(NEVER)
    expect(states()).toEqual(['broken trigger dead', 'chat trigger delivered'])
    expect(store.outboxOf('A-0042')[0]?.lastError).toBe('The notifier failed (TypeError)')
  })
})

describe('level 1', () => {
  test('that has not arrived for two minutes is told to the fallback once, and tried on for ever', async () => {
    const { store, delivery, pager, chat, clock, states } = await open()
    store.commitAlerts(commitOf(rowOf('trigger', 'pager')))
    pager.script.push(...Array<'reset'>(12).fill('reset'))
    for (let i = 0; i < 12; i++) {
      await delivery.pump(NEVER)
      clock.now += i < 11 ? MINUTE * 5 : 30 * 24 * 60 * MINUTE
    }
    expect(states()).toEqual(['pager trigger waiting', 'chat trigger delivered'])
    await delivery.pump(NEVER)
    expect(states()).toEqual(['pager trigger delivered', 'chat trigger delivered'])
    expect(chat.messages).toHaveLength(1)
    store.commitAlerts(commitOf(rowOf('resolve', 'pager')))
    await delivery.pump(NEVER)
    expect(states().slice(2)).toEqual(['pager resolve delivered', 'chat resolve delivered'])
  })
})

test('level 3 is given up after a day', async () => {
  const { store, delivery, chat, clock } = await open()
  store.commitAlerts(commitOf(rowOf('trigger', 'chat', { level: 3 })))
  chat.script.push({ status: 503 })
  await delivery.pump(NEVER)
  clock.now += 24 * 60 * MINUTE
  await delivery.pump(NEVER)
  expect(chat.received).toHaveLength(1)
  expect(store.outboxOf('A-0042')).toMatchObject([{ state: 'dead', lastError: 'not delivered within 24 hours' }])
})

test('what was sent while the store could not be written is put on record later, not sent again', async () => {
  const { store, database, deliveryOf, notifiers, hook, attempts, states } = await open()
  const [pager, chat, hookNotifier] = notifiers
  const failing: Notifier = {
    name: 'hook',
    deliver: async (...args) => {
      const result = await hookNotifier?.deliver(...args)
      database.pragma('query_only = 1')
      if (result === undefined) throw new Error('no hook')
      return result
    },
  }
  const delivery = deliveryOf(store, { notifiers: [pager, chat, failing].filter((each) => each !== undefined) })
  store.commitAlerts(commitOf(rowOf('trigger', 'hook')))
  await expect(delivery.pump(NEVER)).rejects.toThrow('readonly')
  expect(attempts).toEqual([])
  expect(delivery.nextDueAt()).toBe(STARTED_AT + 1_000)
  database.pragma('query_only = 0')
  await delivery.pump(NEVER)
  expect(states()).toEqual(['hook trigger delivered'])
  expect([hook.received.length, attempts.length]).toEqual([1, 1])
})

test('a delivery that stops ends what it began and begins nothing more', async () => {
  const { store, delivery, hook, states } = await open()
  const ofEpisode = (episode: string) => rowOf('trigger', 'hook', { id: `n-${episode}`, topic: episode })
  store.commitAlerts(commitOf(ofEpisode('A-0001'), ofEpisode('A-0002')))
  const pumping = delivery.pump(NEVER)
  await hook.arrived(1)
  await delivery.stop()
  await pumping
  expect([states('A-0001'), states('A-0002')]).toEqual([['hook trigger delivered'], ['hook trigger waiting']])
})
