import type { IncidentFacts } from '@tabiji/core/alert'
import type { IncidentImpact } from '@tabiji/core/incident'
import type { Definition } from '@tabiji/core/journey'
import { beforeEach, expect, test } from 'vitest'
import { holdUnfinished } from '../../store/restored-outbox.ts'
import { createWorkStore } from '../../store/work-store.ts'
import { openAlertDesk } from '../../testing/alert-desk.ts'
import { createIncidentBoards } from './incident-boards.ts'
import { createWork } from './work.ts'

const MINUTE = 60_000
const START = Date.parse('2026-10-20T13:05:00+09:00')
const DEFINITION: Definition = {
  ...{ timeZone: 'Asia/Tokyo', classes: {}, fingerprint: '0123456789abcdef' },
  journeys: [{ name: 'pay', title: { en: 'Pay', ja: '支払い' }, tier: 1, objectives: [], steps: [] }],
}
const OPEN = { type: 'open', title: 'Nobody can pay', journeys: ['pay'], episodes: [], drill: false } as const

/** Incidents on a real store, at a bot that hears of pages. `cost.bad` is what the books say. */
function open() {
  const { store: alerts, database } = openAlertDesk()
  const store = createWorkStore(database)
  const clock = { now: START }
  const cost = { bad: 10, asked: 0 }
  let ids = 0
  const impactOf = (): IncidentImpact => {
    cost.asked++
    const counted = { from: START, to: clock.now, valid: 100, bad: cost.bad, badPpm: cost.bad * 10_000, budgetPpm: 5 }
    return {
      from: START,
      to: clock.now,
      ended: false,
      journeys: [{ journey: 'pay', objective: 'pay/latency', ...counted }],
    }
  }
  const boards = createIncidentBoards({
    ...{ store, alerts, bots: ['bot', 'other'], botsFor: () => ['bot'], definition: () => DEFINITION, impactOf },
    letterhead: () => ({ timeZone: 'Asia/Tokyo', sample: false }),
    newId: () => `id-${++ids}`,
    now: () => clock.now,
  })
  const work = createWork({ store, definition: () => DEFINITION, recorded: boards.changed, now: () => clock.now })
  const owed = () =>
    alerts
      .outboxOf('incident:INC-0001')
      .map(({ receiver, state, facts }) => [receiver, state, facts as IncidentFacts] as const)
  return { alerts, database, store, clock, cost, boards, work, owed }
}

let desk: ReturnType<typeof open>
beforeEach(() => {
  desk = open()
})

test('an incident of level 1 that no alert has told of is told where its pages would be, and only its last standing', () => {
  const { work, owed } = desk
  work.openIncident({ ...OPEN, level: 1 }, 'aoi')
  work.changeIncident('INC-0001', { type: 'takeRole', role: 'lead' }, 'aoi')
  expect(owed().map(([receiver, state]) => [receiver, state])).toEqual([
    ['bot', 'cancelled'],
    ['bot', 'waiting'],
  ])
  expect(owed().at(-1)?.[2]).toMatchObject({
    ...{ kind: 'incident', revision: 2, status: 'investigating', roles: { lead: 'aoi' } },
    impact: [{ title: { ja: '支払い' }, objective: 'latency', bad: 10, valid: 100, budgetPpm: 5 }],
  })
})

test('one that is less urgent, or was over before anybody was told, is told nowhere', () => {
  const { work, owed, alerts, boards } = desk
  work.openIncident({ ...OPEN, level: 2 }, 'aoi')
  expect([owed(), boards.look()]).toEqual([[], []])
  work.changeIncident('INC-0001', { type: 'resolve' }, 'aoi')
  work.changeIncident('INC-0001', { type: 'edit', level: 1 }, 'aoi')
  expect(alerts.outboxOf('incident:INC-0001')).toEqual([])
})

test('what people do not see in it owes nothing; what it costs is looked at every two minutes, and owed when it has changed', () => {
  const { work, owed, boards, clock, cost } = desk
  work.openIncident({ ...OPEN, level: 1 }, 'aoi')
  work.changeIncident('INC-0001', { type: 'note', text: 'looks bad', via: 'person' }, 'aoi')
  cost.bad = 20
  clock.now += 2 * MINUTE - 1
  expect([boards.look(), owed().length, cost.asked]).toEqual([[], 1, 1])
  clock.now += 1
  expect([boards.look(), boards.look(), owed().length]).toEqual([['INC-0001'], [], 2])
  clock.now += 2 * MINUTE
  expect([boards.look(), owed().length, cost.asked]).toEqual([[], 2, 3])
})

test('what was recorded and what is owed for it are there together, or neither is', () => {
  const { work, owed, store } = desk
  work.openIncident({ ...OPEN, level: 1 }, 'aoi')
  const before = store.incidentHistory('INC-0001').events.length
  expect(() =>
    store.transact(() => {
      work.changeIncident('INC-0001', { type: 'takeRole', role: 'lead' }, 'aoi')
      throw new Error('the power is cut')
    }),
  ).toThrow('the power is cut')
  expect([owed().length, store.incidentHistory('INC-0001').events.length]).toEqual([1, before])
})

test('practice is marked, also where nobody rang for it', () => {
  const { work, owed } = desk
  work.openIncident({ ...OPEN, level: 1, drill: true }, 'aoi')
  expect(owed().at(-1)?.[2].drill).toBe('INC-0001')
})

test('after a restore, how it stands is owed anew, and nobody has to decide about it', () => {
  const { work, owed, boards, database, clock } = desk
  work.openIncident({ ...OPEN, level: 1 }, 'aoi')
  expect(holdUnfinished(database, clock.now)).toEqual({ held: 0, again: 0 })
  expect(owed().map(([, state]) => state)).toEqual(['cancelled'])
  boards.look()
  expect(owed().map(([, state]) => state)).toEqual(['cancelled', 'waiting'])
})

test('of an incident that was merged its message says at once where it goes on, and that of the other one has what it brought', () => {
  const { work, alerts } = desk
  work.openIncident({ ...OPEN, level: 1 }, 'aoi')
  work.openIncident({ ...OPEN, level: 1, title: 'Nobody can read' }, 'aoi')
  work.mergeIncident('INC-0002', { into: 'INC-0001', reason: 'the same gateway' }, 'aoi')
  const shown = ['INC-0001', 'INC-0002'].map((key) => alerts.newestOf(`incident:${key}`, 'bot')?.facts)
  expect(shown).toMatchObject([
    { status: 'investigating', revision: 1 },
    { status: 'resolved', mergedInto: 'INC-0001', revision: 2 },
  ])
})
