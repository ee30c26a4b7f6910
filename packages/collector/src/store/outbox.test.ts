import { describe, expect, test } from 'vitest'
import type { OutboxRow } from '../ports/alert-store.ts'
import { commitOf, rowOf, STARTED_AT } from '../testing/alert.ts'
import { type AlertDesk, openAlertDesk } from '../testing/alert-desk.ts'
import { createAlertStore } from './alert-store.ts'

const LATER = STARTED_AT + 60_000

/** What became of each row: `pager trigger cancelled`. */
function states({ store }: AlertDesk, episode = 'A-0042'): string[] {
  return store.outboxOf(episode).map(({ receiver, kind, state }) => `${receiver} ${kind} ${state}`)
}

/** Makes an attempt at a row that ends as stated. */
function attempt({ store }: AlertDesk, row: OutboxRow, next: Partial<OutboxRow>, standIn?: OutboxRow): void {
  store.beginAttempt(row.id)
  const result = next.state === 'delivered' ? 'delivered' : 'retry'
  const record = { outbox: row.id, startedAt: STARTED_AT, endedAt: STARTED_AT + 1, result } as const
  store.endAttempt(record, { ...row, state: 'waiting', ...next }, standIn)
}

describe('what is kept', () => {
  test('a row comes back as it was written', () => {
    const { store } = openAlertDesk()
    const row = rowOf('trigger', 'pager', {
      verdicts: [{ gate: 'hours', verdict: 'defer', until: LATER }],
      insteadOf: 'chat',
      lastError: 'Answered 503',
    })
    store.commitAlerts(commitOf(row))
    expect(store.outboxOf('A-0042')).toEqual([row])
  })

  test('an attempt is kept with what came of it, together with the row', () => {
    const desk = openAlertDesk()
    const row = rowOf('trigger', 'pager')
    desk.store.commitAlerts(commitOf(row))
    attempt(desk, row, { notBefore: LATER, ambiguous: true, degraded: true, lastError: 'Answered 502' })
    expect(desk.store.attemptsOf(row.id)).toEqual([
      { outbox: row.id, startedAt: STARTED_AT, endedAt: STARTED_AT + 1, result: 'retry' },
    ])
    const changes = { attempts: 1, notBefore: LATER, ambiguous: true, degraded: true, lastError: 'Answered 502' }
    expect(desk.store.outboxOf('A-0042')).toEqual([{ ...row, ...changes }])
  })

  test('an attempt that cannot be kept changes the row neither', () => {
    const { store } = openAlertDesk()
    const row = rowOf('trigger', 'pager')
    store.commitAlerts(commitOf(row))
    store.beginAttempt(row.id)
    const record = { outbox: 'of another store', startedAt: 0, endedAt: 0, result: 'delivered' } as const
    expect(() => store.endAttempt(record, { ...row, state: 'delivered' })).toThrow()
    expect(store.outboxOf('A-0042')).toMatchObject([{ state: 'sending' }])
  })
})

describe('what is due', () => {
  test('what waits to be tried again has been owed since its first attempt', () => {
    const desk = openAlertDesk()
    const row = rowOf('trigger', 'pager')
    desk.store.commitAlerts(commitOf(row))
    expect(desk.store.oldestOwed(1, STARTED_AT - 1)).toBeUndefined()
    attempt(desk, row, { notBefore: LATER, attempts: 1 })
    expect(desk.store.oldestOwed(1, STARTED_AT + 2)).toBe(STARTED_AT)
    expect(desk.store.oldestOwed(2, LATER)).toBeUndefined()
    attempt(desk, row, { state: 'delivered' })
    expect(desk.store.oldestOwed(1, LATER)).toBeUndefined()
  })

  test('an end waits behind its beginning, whatever the times say', () => {
    const desk = openAlertDesk()
    const trigger = rowOf('trigger', 'pager')
    desk.store.commitAlerts(commitOf(trigger))
    desk.store.beginAttempt(trigger.id)
    desk.store.commitAlerts(commitOf(rowOf('resolve', 'pager', { notBefore: STARTED_AT })))
    expect(desk.store.nextDue('pager', LATER)).toBeUndefined()
    expect(desk.store.dueTimes()).toEqual([])
  })

  test('the most urgent head comes first, then the oldest, each receiver on its own', () => {
    const { store } = openAlertDesk()
    const low = rowOf('trigger', 'chat', { id: 'low', topic: 'A-0001', level: 3 })
    const high = rowOf('trigger', 'chat', { id: 'high', topic: 'A-0002', notBefore: STARTED_AT + 5 })
    store.commitAlerts(commitOf(low, high, rowOf('trigger', 'pager', { notBefore: LATER })))
    expect(store.nextDue('chat', STARTED_AT)).toMatchObject({ id: 'low' })
    expect(store.nextDue('chat', STARTED_AT + 5)).toMatchObject({ id: 'high' })
    expect(store.nextDue('pager', STARTED_AT + 5)).toBeUndefined()
    expect(store.dueTimes()).toEqual([
      { receiver: 'chat', at: STARTED_AT },
      { receiver: 'pager', at: LATER },
    ])
  })

  test('what has been given up is not', () => {
    const { store } = openAlertDesk()
    const row = rowOf('trigger', 'chat', { level: 3 })
    store.commitAlerts(commitOf(row))
    store.giveUp(row.id, 'too old')
    expect(store.dueTimes()).toEqual([])
    expect(store.outboxOf('A-0042')).toMatchObject([{ state: 'dead', lastError: 'too old' }])
  })
})

describe('an end', () => {
  test('that comes before its beginning was sent cancels both', () => {
    const desk = openAlertDesk()
    desk.store.commitAlerts(commitOf(rowOf('trigger', 'pager', { notBefore: LATER })))
    desk.store.commitAlerts(commitOf(rowOf('resolve', 'pager')))
    expect(states(desk)).toEqual(['pager trigger cancelled', 'pager resolve cancelled'])
    expect(desk.store.outboxOf('A-0042').map(({ lastError }) => lastError)).toEqual([
      'it was over before it was sent',
      'the receiver was not told that it began',
    ])
  })

  test('is owed to those who were told, and to no other receiver', () => {
    const desk = openAlertDesk()
    const rows = ['pager', 'chat', 'hook'].map((receiver) => rowOf('trigger', receiver))
    const [pager, chat, hook] = rows
    desk.store.commitAlerts(commitOf(...rows))
    if (pager) attempt(desk, pager, { state: 'delivered' })
    if (chat) attempt(desk, chat, { lastError: 'Answered 503' })
    if (hook) attempt(desk, hook, { ambiguous: true })
    desk.store.commitAlerts(commitOf(...rows.map(({ receiver }) => rowOf('resolve', receiver))))
    expect(states(desk)).toEqual([
      'pager trigger delivered',
      'chat trigger cancelled',
      'hook trigger cancelled',
      'pager resolve waiting',
      'chat resolve cancelled',
      'hook resolve waiting',
    ])
  })

  test('that was queued while its beginning was on the way is cancelled when that has not arrived', () => {
    const desk = openAlertDesk()
    const trigger = rowOf('trigger', 'pager')
    desk.store.commitAlerts(commitOf(trigger))
    desk.store.beginAttempt(trigger.id)
    desk.store.commitAlerts(commitOf(rowOf('resolve', 'pager')))
    expect(states(desk)).toEqual(['pager trigger sending', 'pager resolve waiting'])
    const record = { outbox: trigger.id, startedAt: 0, endedAt: 1, result: 'retry' } as const
    desk.store.endAttempt(record, { ...trigger, attempts: 1 })
    expect(states(desk)).toEqual(['pager trigger cancelled', 'pager resolve cancelled'])
  })

  test('reaches a receiver that was told instead of another one', () => {
    const desk = openAlertDesk()
    const trigger = rowOf('trigger', 'pager')
    const standIn = rowOf('trigger', 'chat', { id: 'n-pager-trigger~instead', insteadOf: 'pager' })
    desk.store.commitAlerts(commitOf(trigger))
    attempt(desk, trigger, { state: 'dead' }, standIn)
    attempt(desk, standIn, { state: 'delivered' })
    desk.store.commitAlerts(commitOf(rowOf('resolve', 'pager')))
    expect(states(desk)).toEqual([
      'pager trigger dead',
      'chat trigger delivered',
      'pager resolve cancelled',
      'chat resolve waiting',
    ])
  })
})

describe('a stand-in', () => {
  const trigger = rowOf('trigger', 'pager')
  const standIn = rowOf('trigger', 'chat', { id: 'n-pager-trigger~instead', insteadOf: 'pager' })

  test('is not added when that receiver was told as much', () => {
    const desk = openAlertDesk()
    desk.store.commitAlerts(commitOf(trigger, rowOf('trigger', 'chat')))
    attempt(desk, trigger, { state: 'dead' }, standIn)
    expect(states(desk)).toEqual(['pager trigger dead', 'chat trigger waiting'])
  })

  test('is added once, however often it is asked for', () => {
    const desk = openAlertDesk()
    desk.store.commitAlerts(commitOf(trigger))
    attempt(desk, trigger, {}, standIn)
    attempt(desk, standIn, { state: 'dead' })
    attempt(desk, trigger, {}, standIn)
    expect(states(desk)).toEqual(['pager trigger waiting', 'chat trigger dead'])
  })

  test('is not added when it is over meanwhile', () => {
    const desk = openAlertDesk()
    desk.store.commitAlerts(commitOf(trigger))
    desk.store.beginAttempt(trigger.id)
    desk.store.commitAlerts(commitOf(rowOf('resolve', 'pager')))
    const record = { outbox: trigger.id, startedAt: 0, endedAt: 1, result: 'rejected' } as const
    desk.store.endAttempt(record, { ...trigger, state: 'dead' }, standIn)
    expect(states(desk)).toEqual(['pager trigger dead', 'pager resolve cancelled'])
  })

  test('for an end is told even where the beginning was not: it says why it comes', () => {
    const desk = openAlertDesk()
    desk.store.commitAlerts(commitOf(trigger))
    attempt(desk, trigger, { state: 'delivered' })
    const end = rowOf('resolve', 'pager')
    desk.store.commitAlerts(commitOf(end))
    attempt(desk, end, { state: 'dead' }, rowOf('resolve', 'chat', { id: `${end.id}~instead`, insteadOf: 'pager' }))
    expect(states(desk).at(-1)).toBe('chat resolve waiting')
  })
})

describe('after a crash', () => {
  test('what was being sent is in doubt', () => {
    const desk = openAlertDesk()
    const trigger = rowOf('trigger', 'pager')
    desk.store.commitAlerts(commitOf(trigger))
    desk.store.beginAttempt(trigger.id)
    const again = createAlertStore(desk.database)
    expect(again.nextDue('pager', LATER)).toEqual({ ...trigger, attempts: 1, ambiguous: true })
  })

  test('what was being sent and is over is not sent again, but its end is', () => {
    const desk = openAlertDesk()
    const trigger = rowOf('trigger', 'pager')
    desk.store.commitAlerts(commitOf(trigger))
    desk.store.beginAttempt(trigger.id)
    desk.store.commitAlerts(commitOf(rowOf('resolve', 'pager')))
    createAlertStore(desk.database)
    expect(states(desk)).toEqual(['pager trigger cancelled', 'pager resolve waiting'])
  })
})
