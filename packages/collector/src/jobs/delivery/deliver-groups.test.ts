import { describe, expect, test } from 'vitest'
import { commitOf, FACTS, rowOf } from '../../testing/alert.ts'
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

describe('notices for a chat', () => {
  const notices = (...numbers: readonly number[]) =>
    numbers.map((number) =>
      rowOf('trigger', 'chat', {
        id: `n-${number}`,
        topic: `A-${number}`,
        level: 3,
        facts: { ...FACTS, level: 3, episode: `A-${number}` },
      }),
    )

  test('of one journey are one message with a line for each, and each is on record', async () => {
    const { store, delivery, chat, states } = await open()
    store.commitAlerts(commitOf(...notices(50, 51, 52), rowOf('trigger', 'chat', { id: 'page', topic: 'A-0060' })))
    await delivery.pump(NEVER)
    // The page goes first and by itself.
    expect(chat.messages.map(({ text }) => text)).toEqual([
      expect.stringContaining('LEVEL 1'),
      expect.stringContaining('LEVEL 3 · Foot measurement: 3 alerts'),
    ])
    expect(JSON.stringify(chat.messages[1])).toMatch(/A-50 .*A-51 .*A-52 /)
    expect(['A-50', 'A-51', 'A-52'].flatMap(states)).toEqual(Array(3).fill('chat trigger delivered'))
    expect(store.attemptsOf('n-52')).toMatchObject([{ result: 'delivered' }])
    expect(chat.faults).toEqual([])
  })

  test('that are refused together are told one by one, plainly', async () => {
    const { store, delivery, chat, clock } = await open()
    store.commitAlerts(commitOf(...notices(50, 51)))
    chat.script.push({ status: 400, body: 'invalid_blocks' })
    await delivery.pump(NEVER)
    // The chat has its pace.
    clock.now += 10_000
    await delivery.pump(NEVER)
    expect(chat.messages.map(({ text }) => text)).toEqual([
      expect.stringContaining('A-50'),
      expect.stringContaining('A-51'),
    ])
  })

  test('that may have arrived together are repeated as such', async () => {
    const { store, delivery, chat, clock } = await open()
    store.commitAlerts(commitOf(...notices(50, 51)))
    chat.script.push('reset')
    await delivery.pump(NEVER)
    clock.now += 10 * MINUTE
    await delivery.pump(NEVER)
    expect(chat.messages).toHaveLength(1)
    expect(JSON.stringify(chat.messages)).toContain('may be a repeat')
    expect(JSON.stringify(chat.messages)).toContain('2 alerts')
  })

  test('go to a program one by one', async () => {
    const { store, delivery, hook } = await open()
    store.commitAlerts(commitOf(...notices(50, 51).map((row) => ({ ...row, receiver: 'hook', id: `${row.id}-hook` }))))
    await delivery.pump(NEVER)
    expect(hook.received).toHaveLength(2)
  })
})
