import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAlertStore } from '../../store/alert-store.ts'
import { openDatabase } from '../../store/database.ts'
import { createWorkStore } from '../../store/work-store.ts'
import { createUpdateReminders } from './update-reminders.ts'
import { createWork } from './work.ts'

const MINUTE = 60_000
const START = Date.parse('2026-10-20T13:05:00+09:00')
const journey = (name: string, owner: string) => ({
  ...{ name, title: { en: name, ja: name }, tier: 1 as const, objectives: [], steps: [], owner },
})
const DEFINITION = {
  ...{ timeZone: 'Asia/Tokyo', classes: {}, fingerprint: '0123456789abcdef' },
  journeys: [journey('pay', 'shop'), journey('scan', 'feet')],
}
const RULES = { checklists: { 1: [], 2: [], 3: [] }, updateEvery: { 1: 30 * MINUTE } }
const OPEN = { type: 'open', title: 'Nobody can pay', level: 1, journeys: ['pay'], episodes: [], drill: false } as const

let folder: string
let desk: ReturnType<typeof openDesk>
const clock = { now: START }

function openDesk() {
  const { database, close } = openDatabase(join(folder, 'tabiji.db'), clock.now)
  const store = createWorkStore(database)
  const alerts = createAlertStore(database)
  const definition = () => DEFINITION
  const work = createWork({ store, definition, response: () => RULES, now: () => clock.now })
  const reminders = createUpdateReminders({
    ...{ store, alerts, definition },
    chatsOf: (owner) => (owner === undefined ? ['everybody'] : [owner]),
    impactOf: (key) => ({
      ...{ from: START, to: clock.now, ended: false },
      journeys: [
        {
          journey: 'pay',
          objective: 'pay/latency',
          from: START,
          to: clock.now,
          valid: 90,
          bad: 1,
          badPpm: 11_111,
          budgetPpm: 0,
        },
        {
          journey: 'pay',
          objective: `${key}`,
          from: START,
          to: clock.now,
          valid: 100,
          bad: 50,
          badPpm: 500_000,
          budgetPpm: 0,
        },
      ],
    }),
    letterhead: () => ({ timeZone: 'Asia/Tokyo', sample: false }),
  })
  const told = () => alerts.outboxOf('update:INC-0001').map(({ receiver, facts }) => [receiver, facts])
  return { work, reminders, told, close }
}

beforeEach(() => {
  clock.now = START
  folder = mkdtempSync(join(tmpdir(), 'tabiji-updates-'))
  desk = openDesk()
})
afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})
const pass = (minutes: number) => {
  clock.now += minutes * MINUTE
  return desk.reminders.tick(clock.now)
}

test('what is due is told once for each promise, to the chat of the owner, with what failed', () => {
  desk.work.openIncident(OPEN, 'suzuki')
  desk.work.changeIncident('INC-0001', { type: 'takeRole', role: 'lead' }, 'suzuki')
  expect([pass(29), pass(1), pass(60)]).toEqual([[], ['INC-0001'], []])
  expect(desk.told()).toMatchObject([
    ['shop', { who: ['suzuki'], hurt: [{ bad: 50, valid: 100 }], due: START + 30 * MINUTE }],
  ])
  desk.work.changeIncident('INC-0001', { type: 'update', text: 'We roll back.', next: '10m' }, 'suzuki')
  expect([pass(9), pass(1), pass(1)]).toEqual([[], ['INC-0001'], []])
  expect(desk.told()).toHaveLength(2)
})

test('a process that was started since tells what fell due meanwhile, and nothing again', () => {
  desk.work.openIncident(OPEN)
  desk.close()
  desk = openDesk()
  expect(pass(31)).toEqual(['INC-0001'])
  desk.close()
  desk = openDesk()
  expect([pass(1), desk.told().length]).toEqual([[], 1])
})

test('nobody is reminded of what is over, of practice, or where none is expected', () => {
  desk.work.openIncident(OPEN)
  desk.work.changeIncident('INC-0001', { type: 'resolve' })
  desk.work.openIncident({ ...OPEN, drill: true })
  desk.work.openIncident(OPEN)
  desk.work.changeIncident('INC-0003', { type: 'update', text: 'Until tomorrow.', next: 'off' })
  expect(pass(120)).toEqual([])
})

test('an incident of no known journey is told to everybody, and one of several owners to each', () => {
  desk.work.openIncident({ ...OPEN, journeys: [] })
  expect(pass(30)).toEqual(['INC-0001'])
  expect(desk.told().map(([receiver]) => receiver)).toEqual(['everybody'])
  desk.work.changeIncident('INC-0001', { type: 'edit', journeys: ['pay', 'scan'] })
  desk.work.changeIncident('INC-0001', { type: 'update', text: 'Still bad.', next: '5m' })
  pass(5)
  expect(
    desk
      .told()
      .slice(1)
      .map(([receiver]) => receiver),
  ).toEqual(['shop', 'feet'])
})
