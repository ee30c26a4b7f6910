import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Result } from '../../ports/work.ts'
import { openWorkDesk, type WorkDesk } from '../../testing/work-desk.ts'

const OPEN = {
  type: 'open',
  title: 'Scans cannot be uploaded',
  level: 1,
  journeys: ['measure-feet'],
  episodes: [],
  drill: false,
} as const
const ADD = { type: 'add', title: 'Retry the upload', kind: 'prevent' } as const

function accepted<Value>(result: Result<Value>): Value {
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('; '))
  return result.value
}

function problemsOf(result: Result<unknown>): string[] {
  return result.ok ? [] : result.problems.map(({ code, hint }) => (hint === undefined ? code : `${code}: ${hint}`))
}

describe('work', () => {
  let desk: WorkDesk
  beforeEach(() => {
    desk = openWorkDesk()
  })
  afterEach(() => desk.close())

  test('keeps an incident with its timeline and its fixes through a restart', () => {
    desk.work.openIncident(OPEN, 'suzuki')
    desk.at('2026-10-20T14:00:00')
    const time = { type: 'time', moment: 'mitigated', value: '13:40', reason: 'rolled back' } as const
    desk.work.changeIncident('INC-0001', time, 'tanaka')
    desk.work.addFix({ ...ADD, incident: 'INC-0001' })
    desk.work.addFix(ADD)
    desk = desk.reopen()
    expect(accepted(desk.work.incident('INC-0001'))).toMatchObject({
      incident: { key: 'INC-0001', openedAt: '2026-10-20T13:05:00+09:00', mitigatedAt: '2026-10-20T13:40:00+09:00' },
      timeline: [
        { type: 'opened', at: '2026-10-20T13:05:00+09:00', by: 'suzuki' },
        { type: 'timed', at: '2026-10-20T14:00:00+09:00', by: 'tanaka', value: '2026-10-20T13:40:00+09:00' },
      ],
      fixes: [{ key: 'FIX-0001', due: '2026-11-04' }],
    })
  })

  test('lists incidents newest first, by state', () => {
    desk.work.openIncident(OPEN)
    desk.work.openIncident({ ...OPEN, title: 'Results are slow' })
    desk.work.changeIncident('INC-0001', { type: 'resolve' })
    const keys = (state: 'open' | 'resolved' | 'all') => desk.work.listIncidents(state).map(({ key }) => key)
    expect([keys('all'), keys('open'), keys('resolved')]).toEqual([
      ['INC-0002', 'INC-0001'],
      ['INC-0002'],
      ['INC-0001'],
    ])
  })

  test('records nothing when a command is refused', () => {
    expect(problemsOf(desk.work.openIncident({ ...OPEN, journeys: ['measure-fete'] }))).toEqual([
      'INCIDENT_UNKNOWN_JOURNEY: did you mean "measure-feet"?',
    ])
    expect(desk.store.nextIncidentKey()).toBe('INC-0001')
    desk.work.openIncident(OPEN)
    expect(problemsOf(desk.work.changeIncident('INC-0002', { type: 'resolve' }))).toEqual([
      'INCIDENT_UNKNOWN: did you mean "INC-0001"?',
    ])
    expect(problemsOf(desk.work.fix('FIX-0001'))).toEqual(['FIX_UNKNOWN'])
  })

  test('lists fixes by state, journey and incident, the most overdue first', () => {
    desk.work.openIncident(OPEN)
    desk.work.addFix({ ...ADD, due: '2026-10-25', journey: 'measure-feet' })
    desk.work.addFix({ ...ADD, due: '2026-10-22', incident: 'INC-0001' })
    desk.work.addFix({ ...ADD, due: '2026-11-30', journey: 'read-result' })
    desk.work.addFix({ ...ADD, due: '2026-10-21' })
    desk.work.changeFix('FIX-0004', { type: 'drop', reason: 'the service goes away' })
    desk.at('2026-10-28T12:00:00')
    const keys = (filter: Parameters<WorkDesk['work']['listFixes']>[0]) =>
      accepted(desk.work.listFixes(filter)).map(({ key }) => key)
    expect(keys({ state: 'all' })).toEqual(['FIX-0002', 'FIX-0001', 'FIX-0003', 'FIX-0004'])
    expect(keys({ state: 'overdue' })).toEqual(['FIX-0002', 'FIX-0001'])
    expect(keys({ state: 'dropped' })).toEqual(['FIX-0004'])
    expect(keys({ state: 'open', journey: 'measure-feet' })).toEqual(['FIX-0001'])
    expect(keys({ state: 'open', incident: 'INC-0001' })).toEqual(['FIX-0002'])
    expect(problemsOf(desk.work.listFixes({ state: 'all', journey: 'read-results', incident: 'INC-1' }))).toEqual([
      'FIX_UNKNOWN_JOURNEY: did you mean "read-result"?',
      'FIX_UNKNOWN_INCIDENT: known: INC-0001',
    ])
  })

  test('keeps the order of events when the clock is set back', () => {
    desk.work.addFix({ ...ADD, due: '2026-11-30' })
    desk.work.changeFix('FIX-0001', { type: 'done' })
    desk.at('2026-10-20T12:00:00')
    expect(accepted(desk.work.fix('FIX-0001')).fix.state).toBe('done')
    const reopened = accepted(desk.work.changeFix('FIX-0001', { type: 'reopen', reason: 'it came back' }))
    expect(reopened.transitions.map(({ type, at }) => [type, at])).toEqual([
      ['added', '2026-10-20T13:05:00+09:00'],
      ['done', '2026-10-20T13:05:00+09:00'],
      ['reopened', '2026-10-20T13:05:00+09:00'],
    ])
  })

  test('gives one key to one fix', () => {
    const keys = [1, 2, 3].map(() => accepted(desk.work.addFix(ADD)).fix.key)
    expect(keys).toEqual(['FIX-0001', 'FIX-0002', 'FIX-0003'])
  })
})
