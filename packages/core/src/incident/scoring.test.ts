import { describe, expect, test } from 'vitest'
import { type Ringing, scoreAlerts } from './scoring.ts'
import type { Incident } from './state.ts'

const at = (text: string) => Date.parse(`2026-10-20T${text}:00+09:00`)
const WITHIN = { from: at('00:00'), to: at('23:00') }

const incident = (key: string, from: string, to: string | undefined, more: Partial<Incident> = {}): Incident => ({
  ...{
    key,
    title: key,
    journeys: ['checkout'],
    episodes: [],
    drill: false,
    openedAt: at(from),
    times: {},
    roles: {},
    status: 'investigating',
  },
  ...(to !== undefined && { resolvedAt: at(to) }),
  ...more,
})
const ringing = (from: string, to: string | undefined, more: Partial<Ringing> = {}): Ringing => ({
  ...{ journey: 'checkout', level: 1, from: at(from), groups: ['rule a'] },
  ...(to !== undefined && { to: at(to) }),
  ...more,
})

function belongs(rung: Ringing, ...incidents: readonly Incident[]): readonly string[] | undefined {
  return scoreAlerts([rung], [], incidents, WITHIN).belongsTo[0]
}

describe('an alert belongs to an incident', () => {
  const one = incident('INC-0001', '10:00', '11:00')

  test.each([
    ['that it began in', ringing('10:30', '12:00'), true],
    ['that it announced and outlasted', ringing('09:50', '11:30'), true],
    ['that began as it ended', ringing('09:30', '10:00'), true],
    ['not when it was over before', ringing('09:00', '09:59'), false],
    ['not when it began after', ringing('11:01', undefined), false],
    ['not when it has rung for more than an hour by then', ringing('08:59', '12:00'), false],
    ['not of another journey', ringing('10:30', '10:40', { journey: 'refund' }), false],
  ])('%s', (_, rung, does) => {
    expect(belongs(rung, one)).toEqual(does ? ['INC-0001'] : [])
  })

  test('of any journey when the incident names none, and until the end when it is open', () => {
    const open = incident('INC-0002', '10:00', undefined, { journeys: [] })
    expect(belongs(ringing('20:00', undefined, { journey: 'refund' }), open)).toEqual(['INC-0002'])
  })

  test('from when its impact began, not from when somebody opened it', () => {
    const late = incident('INC-0003', '15:00', '16:00', {
      times: { impactStarted: { at: at('10:00'), origin: 'books' } },
    })
    expect(belongs(ringing('10:05', '10:10'), late)).toEqual(['INC-0003'])
  })

  test('never to a drill', () => {
    expect(belongs(ringing('10:30', '10:40'), { ...one, drill: true })).toEqual([])
  })
})

describe('scores', () => {
  const incidents = [
    incident('INC-0001', '10:00', '11:00'),
    incident('INC-0002', '14:00', '15:00'),
    incident('INC-0003', '17:00', '18:00', { journeys: ['refund'] }),
    incident('INC-0004', '23:30', '23:40'),
  ]
  const rung = [
    ringing('10:20', '10:40'),
    ringing('10:10', '10:30', { level: 2, groups: ['rule b'] }),
    ringing('12:00', '12:10'),
    ringing('14:10', '14:20', { level: 3, groups: ['rule c'] }),
  ]
  const watches = ['rule a', 'rule b', 'rule c', 'rule d'].map((group) => ({ group, journeys: ['checkout'] }))
  const scoring = scoreAlerts(rung, watches, incidents, WITHIN)

  test('count what asks people to act against all incidents of the stretch', () => {
    const score = { alerts: 3, hits: 2, incidents: 3, found: 1, precisionPpm: 666_666, recallPpm: 333_333 }
    expect(scoring.overall).toEqual(score)
  })

  test('count a level, and a rule against the incidents of its journey only', () => {
    expect(scoring.levels[2]).toEqual({
      ...{ level: 3, alerts: 1, hits: 1, incidents: 3, found: 1 },
      ...{ precisionPpm: 1_000_000, recallPpm: 333_333 },
    })
    expect(scoring.groups[0]).toMatchObject({ alerts: 2, hits: 1, incidents: 2, found: 1, recallPpm: 500_000 })
  })

  test('a rule that never rang found nothing, and was never wrong', () => {
    expect(scoring.groups[3]).toEqual({ group: 'rule d', alerts: 0, hits: 0, incidents: 2, found: 0, recallPpm: 0 })
  })

  test('an incident is found by the earliest of what asks people to act, and missed when there is none', () => {
    expect(scoring.incidents.map(({ foundBy }) => foundBy)).toEqual([[1, 0], [], []])
  })
})
