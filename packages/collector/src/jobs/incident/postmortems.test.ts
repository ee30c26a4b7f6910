import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Desk } from '@tabiji/core/time'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createAlertStore } from '../../store/alert-store.ts'
import { openDatabase } from '../../store/database.ts'
import { createWorkStore } from '../../store/work-store.ts'
import { createPostmortems } from './postmortems.ts'
import { createWork } from './work.ts'

const at = (text: string) => Date.parse(`${text}+09:00`)
const journey = (name: string, owner: string) => ({
  ...{ name, title: { en: name, ja: name }, tier: 1 as const, objectives: [], steps: [], owner },
})
const DEFINITION = {
  ...{ timeZone: 'Asia/Tokyo', classes: {}, fingerprint: '0123456789abcdef' },
  journeys: [journey('pay', 'shop'), journey('scan', 'feet')],
}
const OPEN = { type: 'open', title: 'Nobody can pay', level: 1, journeys: ['pay'], episodes: [], drill: false } as const
const OFFICE: Desk = {
  timeZone: 'Asia/Tokyo',
  closings: [],
  hours: [{ times: [{ from: 600, to: 1_080 }], weekdays: [{ from: 1, to: 5 }], location: 'Asia/Tokyo' }],
}

let folder: string
let desk: ReturnType<typeof openDesk>
const clock = { now: at('2026-10-20T13:00:00') }

function openDesk() {
  const { database, close } = openDatabase(join(folder, 'tabiji.db'), clock.now)
  const [store, alerts, definition] = [createWorkStore(database), createAlertStore(database), () => DEFINITION]
  const postmortems = createPostmortems({
    ...{ store, alerts, definition, within: { 1: 3 }, folder: 'postmortems', deskOf: () => OFFICE },
    ...{ receiversOf: (owner) => [owner ?? 'everybody'], isSample: () => false, now: () => clock.now },
  })
  return { work: createWork({ store, definition, now: () => clock.now }), postmortems, alerts, close }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tabiji-duty-'))
  clock.now = at('2026-10-20T13:00:00')
  desk = openDesk()
  desk.work.openIncident(OPEN)
  desk.work.changeIncident('INC-0001', { type: 'resolve' })
})
afterEach(() => {
  desk.close()
  rmSync(folder, { recursive: true, force: true })
})

test('is owed from the resolution on, and listed by how far it is', () => {
  expect(desk.postmortems.list('open')).toMatchObject([{ incident: 'INC-0001', state: 'missing', due: '2026-10-23' }])
  expect(desk.postmortems.of('INC-0001')).toMatchObject({ value: { file: 'postmortems/INC-0001.md' } })
  expect(desk.postmortems.list('overdue')).toEqual([])
  desk.work.changeIncident('INC-0001', { type: 'setPostmortem', state: 'draft', owner: 'aoi' })
  clock.now = at('2026-10-26T09:00:00')
  expect(desk.postmortems.list('missing')).toEqual([])
  expect(desk.postmortems.list('overdue')).toMatchObject([{ state: 'draft', owner: 'aoi', overdueDays: 3 }])
  expect(desk.postmortems.of('INC-0009').ok).toBe(false)
})

test('an overdue one is told of once, when the desk opens, also by a process that was started since', () => {
  clock.now = at('2026-10-23T23:59:00')
  expect(desk.postmortems.remind(clock.now)).toEqual([])
  clock.now = at('2026-10-24T00:00:00')
  expect(desk.postmortems.remind(clock.now)).toEqual(['INC-0001'])
  // A Saturday: it waits for Monday.
  expect(desk.alerts.findOwed('INC-0001:postmortem:2026-10-23:shop')).toMatchObject({
    ...{ receiver: 'shop', kind: 'postmortem', level: 3, notBefore: at('2026-10-26T10:00:00') },
  })
  desk.close()
  desk = openDesk()
  expect(desk.postmortems.remind(clock.now + 60_000)).toEqual([])
  // Another date is another promise.
  desk.work.changeIncident('INC-0001', { type: 'owePostmortem', due: '2026-10-27', reason: 'the vendor answers then' })
  expect(desk.postmortems.remind(at('2026-10-27T12:00:00'))).toEqual([])
  expect(desk.postmortems.remind(at('2026-10-28T12:00:00'))).toEqual(['INC-0001'])
})

test('what has been overdue for long when we first look is listed, and nobody is told of it now', () => {
  expect(desk.postmortems.remind(at('2026-11-02T00:00:00'))).toEqual([])
  clock.now = at('2026-11-02T00:00:00')
  expect(desk.postmortems.list('overdue')).toHaveLength(1)
})
