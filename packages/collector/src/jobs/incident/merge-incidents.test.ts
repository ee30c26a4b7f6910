import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWorkDesk, type WorkDesk } from '../../testing/work-desk.ts'
import { countedIn } from './incidents.ts'

const OPEN = { type: 'open', title: 'Down', level: 1, journeys: ['measure-feet'], episodes: [], drill: false } as const
const ADD = { type: 'add', title: 'Retry', kind: 'prevent', incident: 'INC-0002' } as const
const MERGE = { into: 'INC-0001', reason: 'the same gateway' }

let desk: WorkDesk
beforeEach(() => {
  desk = openWorkDesk()
  desk.work.openIncident({ ...OPEN, episodes: ['A-0001'] })
  desk.work.openIncident({ ...OPEN, journeys: ['read-result'], episodes: ['A-0002'] })
  desk.work.addFix(ADD)
})
afterEach(() => desk.close())

const keysOf = (state: 'open' | 'resolved' | 'all') => desk.work.listIncidents(state).map(({ key }) => key)

test('alerts, journeys and fixes go with it, through a restart, and what is said of it later as well', () => {
  const merged = desk.work.mergeIncident('INC-0002', MERGE, 'suzuki')
  expect(merged).toMatchObject({
    value: {
      incident: { key: 'INC-0001', episodes: ['A-0001', 'A-0002'], journeys: ['measure-feet', 'read-result'] },
      timeline: [{ type: 'opened' }, { type: 'absorbed', from: 'INC-0002', reason: 'the same gateway', by: 'suzuki' }],
      fixes: [{ key: 'FIX-0001', incident: 'INC-0001' }],
    },
  })
  desk = desk.reopen()
  desk.work.addFix(ADD)
  expect(desk.work.incident('INC-0001')).toMatchObject({ value: { fixes: [{}, { incident: 'INC-0001' }] } })
  expect(desk.work.incident('INC-0002')).toMatchObject({
    value: { incident: { key: 'INC-0002', mergedInto: 'INC-0001', episodes: ['A-0002'] }, fixes: [] },
  })
  expect([keysOf('open'), keysOf('resolved'), keysOf('all')]).toEqual([['INC-0001'], [], ['INC-0002', 'INC-0001']])
  expect(countedIn(desk.store).map(({ key }) => key)).toEqual(['INC-0001'])
})

test('a postmortem that was begun stays behind, which is said', () => {
  desk.work.changeIncident('INC-0002', { type: 'setPostmortem', state: 'draft', file: 'pm/INC-0002.md' })
  expect(desk.work.mergeIncident('INC-0002', MERGE)).toMatchObject({
    value: { incident: { key: 'INC-0001' }, left: { incident: 'INC-0002', postmortem: { file: 'pm/INC-0002.md' } } },
  })
})

test('nothing is left behind of one without', () => {
  const merged = desk.work.mergeIncident('INC-0002', MERGE)
  expect(merged).toMatchObject({ ok: true })
  expect(merged).not.toHaveProperty('value.left')
})

test('what is refused records nothing, with either', () => {
  expect(desk.work.mergeIncident('INC-0002', { ...MERGE, reason: ' ' })).toMatchObject({ ok: false })
  const unknown = desk.work.mergeIncident('INC-0002', { ...MERGE, into: 'INC-0009' })
  expect(unknown.ok ? [] : unknown.problems.map(({ code, hint }) => [code, hint])).toEqual([
    ['INCIDENT_UNKNOWN', expect.stringMatching(/INC-000/)],
  ])
  expect(desk.store.incidentHistory('INC-0001').events).toHaveLength(1)
  expect(desk.store.incidentHistory('INC-0002').events).toHaveLength(1)
  expect(keysOf('open')).toEqual(['INC-0002', 'INC-0001'])
})
