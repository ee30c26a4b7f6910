import { describe, expect, test } from 'vitest'
import { HOUR } from '../time/index.ts'
import { activeAt, decideMaintenance, decideMaintenanceEnd, type Maintenance, stretchAt } from './maintenance.ts'

const tokyo = (text: string) => Date.parse(`${text}+09:00`)
const ZONE = 'Asia/Tokyo'
const REQUEST = { journeys: ['checkout'], from: '2026-11-29T03:00', to: '2026-11-29T04:00', reason: ' new schema ' }
const CONTEXT = { now: tokyo('2026-11-24T13:00:00'), by: 'suzuki', zone: ZONE, journeys: ['checkout', 'search'] }
const WEEKLY: Maintenance = {
  key: 'weekly',
  journeys: [],
  reason: 'disks',
  zone: ZONE,
  from: tokyo('2026-11-01T03:00:00'),
  to: tokyo('2026-11-01T04:00:00'),
  rrule: 'FREQ=WEEKLY;BYDAY=SU',
}

describe('a maintenance', () => {
  test('is in force from its first instant until before its last', () => {
    const once = { ...WEEKLY, rrule: undefined } as unknown as Maintenance
    const { from, to } = once
    expect([from - 1, from, to - 1, to].map((now) => activeAt([once], now).length)).toEqual([0, 1, 1, 0])
    expect(stretchAt(once, from - HOUR)).toEqual({ from, to, active: false })
    expect(stretchAt(once, to)).toBeUndefined()
  })

  test('comes again by its rule', () => {
    expect(activeAt([WEEKLY], tokyo('2026-11-29T03:30:00'))).toEqual([
      { key: 'weekly', journeys: [], reason: 'disks', to: tokyo('2026-11-29T04:00:00') },
    ])
    expect(stretchAt(WEEKLY, tokyo('2026-11-29T04:00:00'))).toMatchObject({ from: tokyo('2026-12-06T03:00:00') })
  })

  test('is in force no more once it was ended, and does not come again', () => {
    const ended = { ...WEEKLY, endedAt: tokyo('2026-11-29T03:20:00') }
    expect(activeAt([ended], tokyo('2026-11-29T03:19:59'))).toHaveLength(1)
    expect(activeAt([ended], tokyo('2026-11-29T03:20:00'))).toEqual([])
    expect(stretchAt(ended, tokyo('2026-12-06T03:30:00'))).toBeUndefined()
  })
})

describe('announcing a maintenance', () => {
  const codesOf = (changes: Partial<typeof REQUEST & { rrule: string }>) => {
    const decision = decideMaintenance({ ...REQUEST, ...changes }, CONTEXT)
    return decision.ok ? [] : decision.problems.map(({ code }) => code)
  }

  test('keeps who announced what and why', () => {
    expect(decideMaintenance(REQUEST, CONTEXT)).toEqual({
      ok: true,
      events: [
        {
          journeys: ['checkout'],
          from: tokyo('2026-11-29T03:00:00'),
          to: tokyo('2026-11-29T04:00:00'),
          reason: 'new schema',
          zone: ZONE,
          createdBy: 'suzuki',
        },
      ],
    })
  })

  test.each([
    ['a journey that nobody knows', { journeys: ['chekout'] }, ['MAINTENANCE_UNKNOWN_JOURNEY']],
    ['no reason', { reason: '' }, ['MAINTENANCE_REASON']],
    ['times that are none', { from: 'noon', to: 'x' }, ['MAINTENANCE_TIME', 'MAINTENANCE_TIME']],
    ['an end before its beginning', { to: '2026-11-29T02:00' }, ['MAINTENANCE_ORDER']],
    ['more than a week', { to: '2026-12-07T02:00' }, ['MAINTENANCE_TOO_LONG']],
    ['a rule that is none', { rrule: 'weekly' }, ['MAINTENANCE_RRULE']],
    ['a beginning that the rule does not give', { rrule: 'FREQ=WEEKLY;BYDAY=MO' }, ['MAINTENANCE_RRULE']],
  ])('is refused for %s', (_, changes, codes) => {
    expect(codesOf(changes)).toEqual(codes)
  })
})

test('a maintenance ends once', () => {
  const context = { ...CONTEXT, key: 'MNT-0001', keys: ['MNT-0001'] }
  expect(decideMaintenanceEnd(WEEKLY, context)).toEqual({ ok: true, events: [{ at: CONTEXT.now, by: 'suzuki' }] })
  const codesOf = (current?: Maintenance) => {
    const decision = decideMaintenanceEnd(current, context)
    return decision.ok ? [] : decision.problems.map(({ code }) => code)
  }
  expect(codesOf({ ...WEEKLY, endedAt: CONTEXT.now - 1 })).toEqual(['MAINTENANCE_OVER'])
  expect(codesOf()).toEqual(['MAINTENANCE_UNKNOWN'])
})
