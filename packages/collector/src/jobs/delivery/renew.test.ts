import { expect, test } from 'vitest'
import type { AlertStore, OutboxRow } from '../../ports/alert-store.ts'
import type { Notifier } from '../../ports/notifier.ts'
import { createGatedStore } from '../../store/gated-store.ts'
import { commitOf, FACTS, rowOf, STARTED_AT } from '../../testing/alert.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { createRenewal } from './renew.ts'

const MINUTE = 60_000
const NEVER = new AbortController().signal

/** A receiver that forgets, and one that does not; `told` are kind and rule of what the first was told again. */
function openRenewal(store: AlertStore, clock: { now: number }) {
  const told: string[] = []
  const delivered = { kind: 'delivered', status: 200 } as const
  const deliver = async () => delivered
  const forgetful: Notifier = {
    ...{ name: 'am', deliver },
    renew: async (notices) => {
      told.push(...notices().map(({ facts }) => `${facts.kind} ${facts.rule}`))
      return delivered
    },
  }
  const notifiers = [forgetful, { name: 'hook', deliver }]
  const renewals: string[] = []
  const onRenewed = (receiver: string) => renewals.push(receiver)
  const renewal = createRenewal({ store, notifiers, now: () => clock.now, onRenewed })
  return {
    renewals,
    turn: async () => {
      told.length = 0
      await renewal.turn(NEVER)
      return [...told]
    },
  }
}

function deliverAll(store: AlertStore, ...rows: readonly OutboxRow[]) {
  for (const row of rows) {
    const attempt = { outbox: row.id, startedAt: STARTED_AT, endedAt: STARTED_AT, result: 'delivered' } as const
    store.beginAttempt(row.id)
    store.endAttempt(attempt, { ...row, state: 'delivered' })
  }
}

const BEGUN = rowOf('trigger', 'am')
const RULE = 'measure-feet/availability/level-1'

test('what was delivered is told again for as long as it holds, also after a restart', async () => {
  const desk = openAlertDesk()
  const clock = { now: STARTED_AT + MINUTE }
  desk.store.commitAlerts(commitOf(BEGUN))
  const { turn, renewals } = openRenewal(desk.store, clock)
  expect(await turn()).toEqual([])
  deliverAll(desk.store, BEGUN)
  expect(await turn()).toEqual([`trigger ${RULE}`])
  expect(renewals).toEqual(['am', 'am'])
  const again = openRenewal(desk.reopen(), { now: STARTED_AT + 600 * MINUTE })
  expect(await again.turn()).toEqual([`trigger ${RULE}`])
})

test('while the end is still owed nothing is told, then the end for a quarter of an hour', async () => {
  const { store } = openAlertDesk()
  const ended = rowOf('resolve', 'am')
  const clock = { now: ended.createdAt }
  store.commitAlerts(commitOf(BEGUN))
  deliverAll(store, BEGUN)
  const line = { episode: BEGUN.topic, at: ended.createdAt, transition: 'resolved' } as const
  store.commitAlerts({ ...commitOf(ended), timeline: [line] })
  const { turn } = openRenewal(store, clock)
  expect(await turn()).toEqual([])
  deliverAll(store, ended)
  expect(await turn()).toEqual([`resolve ${RULE}`])
  clock.now += 15 * MINUTE - 1
  expect(await turn()).toEqual([`resolve ${RULE}`])
  clock.now += 1
  expect(await turn()).toEqual([])
})

test('the end of an earlier alert is not told again once its rule rings anew', async () => {
  const { store } = openAlertDesk()
  const ended = rowOf('withdraw', 'am')
  const other = { ...BEGUN.facts, episode: 'A-0043' } as typeof BEGUN.facts
  const anew = rowOf('trigger', 'am', { id: 'n-anew', topic: 'A-0043', facts: other })
  store.commitAlerts(commitOf(BEGUN))
  deliverAll(store, BEGUN)
  const line = { episode: BEGUN.topic, at: ended.createdAt, transition: 'withdrawn' } as const
  store.commitAlerts({ ...commitOf(ended), timeline: [line] })
  deliverAll(store, ended)
  const { turn } = openRenewal(store, { now: ended.createdAt })
  expect(await turn()).toEqual([`withdraw ${RULE}`])
  store.commitAlerts(commitOf(anew))
  deliverAll(store, anew)
  expect(await turn()).toEqual([`trigger ${RULE}`])
})

test('what a receiver refused, and what another one was told, is not told again', async () => {
  const { store } = openAlertDesk()
  const elsewhere = rowOf('trigger', 'hook')
  store.commitAlerts(commitOf(BEGUN, elsewhere))
  deliverAll(store, elsewhere)
  const attempt = { outbox: BEGUN.id, startedAt: STARTED_AT, endedAt: STARTED_AT, result: 'rejected' } as const
  store.beginAttempt(BEGUN.id)
  store.endAttempt(attempt, { ...BEGUN, state: 'dead' })
  expect(await openRenewal(store, { now: STARTED_AT }).turn()).toEqual([])
})

test('a page that is told again says what is left to do now, and how late it was when it was taken', async () => {
  const { store, database } = openAlertDesk()
  const gates = createGatedStore(database)
  const at = (minutes: number) => STARTED_AT + minutes * MINUTE
  const later = rowOf('trigger', 'am', { id: 'n-2', topic: 'A-0043', facts: { ...FACTS, episode: 'A-0043' } })
  store.commitAlerts(commitOf({ ...BEGUN, state: 'gated' }, later))
  const held = [{ gate: 'silence', verdict: 'defer' }] as const
  gates.decide([{ outbox: BEGUN.id, at: at(0), outcome: 'held', verdicts: held }])
  gates.decide([{ outbox: BEGUN.id, at: at(10), outcome: 'let_go', verdicts: [] }])
  const attempts = [
    [BEGUN.id, 10, 'delivered'],
    [later.id, 0, 'retry'],
    [later.id, 12, 'delivered'],
  ] as const
  for (const [outbox, minutes, result] of attempts) {
    store.beginAttempt(outbox)
    const row = store.findOwed(outbox)
    if (row === undefined) throw new Error(`Expected ${outbox} to be owed`)
    const attempt = { outbox, startedAt: at(minutes), endedAt: at(minutes), result }
    store.endAttempt(attempt, { ...row, state: result === 'retry' ? 'waiting' : 'delivered' })
  }
  const renewed: unknown[] = []
  const notifier: Notifier = {
    name: 'am',
    deliver: async () => ({ kind: 'delivered', status: 200 }),
    renew: async (notices) => void renewed.push(...notices()),
  }
  const toDo = { incident: 'INC-0007', items: [{ en: 'Lead', ja: '指揮' }], first: [] }
  await createRenewal({
    ...{ store, notifiers: [notifier], now: () => at(600), onRenewed: () => undefined },
    toDos: () => (episode) => (episode === BEGUN.topic ? toDo : undefined),
    heldBy: (id) => gates.decisionsOf(id).findLast(({ outcome }) => outcome === 'held')?.verdicts ?? [],
  }).turn(NEVER)
  const [first, second] = renewed
  expect(first).toMatchObject({ facts: { episode: 'A-0042' }, toDo, late: { why: 'silence', due: at(0) } })
  expect(second).toMatchObject({ facts: { episode: 'A-0043' }, late: { why: 'receiver', due: at(0) } })
  expect(second).not.toHaveProperty('toDo')
})
