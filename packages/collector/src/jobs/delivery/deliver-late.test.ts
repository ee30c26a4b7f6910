import { GATES } from '@tabiji/core/alert'
import { describe, expect, test } from 'vitest'
import { renderMessage } from '../../notifiers/render.ts'
import { createGatedStore } from '../../store/gated-store.ts'
import { commitOf, FACTS, rowOf, STARTED_AT } from '../../testing/alert.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { openDeliveryDesk } from '../../testing/delivery-desk.ts'

const NEVER = new AbortController().signal
const MINUTE = 60_000

async function open() {
  const { store, database } = openAlertDesk()
  const desk = await openDeliveryDesk()
  const gated = createGatedStore(database)
  const delivery = desk.deliveryOf(store, {
    heldBy: (id) => gated.decisionsOf(id).findLast(({ outcome }) => outcome === 'held')?.verdicts ?? [],
  })
  /** Holds rows back by a silence, and lets them go later. */
  const holdFor = (ms: number, ...ids: readonly string[]) => {
    const by = { kind: 'silence', key: 'SIL-0001', owner: 'suzuki', reason: 'rebuild' } as const
    for (const outbox of ids) {
      const verdicts = [{ gate: 'silence', verdict: 'defer', until: STARTED_AT + ms, by }] as const
      gated.decide([{ outbox, at: STARTED_AT, outcome: 'held', verdicts }])
      gated.decide([
        { outbox, at: STARTED_AT + ms, outcome: 'let_go', verdicts: [{ gate: 'silence', verdict: 'pass' }] },
      ])
    }
    desk.clock.now = STARTED_AT + ms
  }
  return { ...desk, store, delivery, holdFor }
}

describe('what is told late says why', () => {
  test('when a gate held it back: to people and to programs, the same on every attempt', async () => {
    const { store, delivery, holdFor, clock, pager, chat, hook, hookScript } = await open()
    const rows = ['pager', 'chat', 'hook'].map((name) => rowOf('trigger', name, { state: 'gated' }))
    store.commitAlerts(commitOf(...rows))
    holdFor(10 * MINUTE, ...rows.map(({ id }) => id))
    hookScript.push({ status: 500 })
    await delivery.pump(NEVER)
    clock.now += 5 * MINUTE
    await delivery.pump(NEVER)
    const said = /Told late: due at [^,]+, but it was silenced\./
    expect(JSON.stringify(chat.messages)).toMatch(said)
    expect(JSON.stringify(pager.received.map(({ body }) => body))).toMatch(said)
    const [first, second] = hook.received.map(({ body }) => body)
    expect(first).toMatch(said)
    expect(second).toBe(first)
  })

  test('when a receiver did not take it, where the message is not the same on every attempt', async () => {
    const { store, delivery, clock, chat, hook, hookScript } = await open()
    store.commitAlerts(commitOf(rowOf('trigger', 'chat'), rowOf('trigger', 'hook')))
    chat.script.push({ status: 503 })
    hookScript.push({ status: 503 })
    await delivery.pump(NEVER)
    clock.now += 3 * MINUTE
    await delivery.pump(NEVER)
    expect(JSON.stringify(chat.messages)).toMatch(/Told late: due at [^,]+, but the receiver did not take it\./)
    const [first, second] = hook.received.map(({ body }) => body)
    expect(second).toBe(first)
  })

  test('and what is told in time, or tried again at once, says nothing of it', async () => {
    const { store, delivery, holdFor, clock, chat } = await open()
    const row = rowOf('trigger', 'chat', { state: 'gated' })
    store.commitAlerts(commitOf(row))
    holdFor(MINUTE, row.id)
    await delivery.pump(NEVER)
    clock.now += MINUTE
    expect(chat.messages).toHaveLength(1)
    expect(JSON.stringify(chat.messages)).not.toContain('Told late')
  })

  test('in both languages, for every gate', () => {
    for (const why of [...GATES, 'receiver'] as const) {
      const notesIn = (language: 'en' | 'ja') =>
        renderMessage({ facts: FACTS, late: { why, due: STARTED_AT } }, language).notes
      expect(notesIn('en')[0]).toMatch(/^Told late: due at .+, but .+\.$/)
      expect(notesIn('ja')[0]).toMatch(/^通知が遅れました。.+ に送る予定でしたが、.+。$/)
    }
  })
})
