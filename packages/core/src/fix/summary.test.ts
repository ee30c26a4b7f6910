import { describe, expect, test } from 'vitest'
import {
  compareFixes,
  type Fix,
  type FixEvent,
  type FixHistory,
  fixTransitions,
  foldFix,
  summarizeFix,
} from './index.ts'

const ZONE = 'Asia/Tokyo'
const at = (date: string) => Date.parse(`${date}T12:00:00+09:00`)
const ADDED: FixEvent = { type: 'added', at: at('2026-10-01'), title: 'Retry', kind: 'prevent', due: '2026-10-20' }
const history = (...events: readonly FixEvent[]): FixHistory => ({ key: 'FIX-0001', events: [ADDED, ...events] })

const ACCEPTED: FixEvent = {
  type: 'accepted',
  at: at('2026-10-02'),
  by: 'suzuki',
  approver: 'tanaka',
  reason: 'rare',
  until: '2026-10-31',
}

describe('the transitions of a fix', () => {
  test('name the end of an acceptance, which no event tells of', () => {
    const moved: FixEvent = { type: 'moved', at: at('2026-11-05'), due: '2026-11-20', reason: 'now we do it' }
    expect(fixTransitions(history(ACCEPTED, moved), at('2026-11-06'), ZONE)).toMatchObject([
      { type: 'added', at: '2026-10-01T12:00:00+09:00', state: 'open' },
      { type: 'accepted', at: '2026-10-02T12:00:00+09:00', by: 'suzuki', state: 'accepted' },
      { type: 'expired', at: '2026-11-01T00:00:00+09:00', state: 'open' },
      { type: 'moved', at: '2026-11-05T12:00:00+09:00', due: '2026-11-20', state: 'open' },
    ])
  })

  test.each([
    ['while it lasts', [ACCEPTED], '2026-10-31'],
    ['when it was done before', [ACCEPTED, { type: 'done', at: at('2026-10-03') }], '2026-12-01'],
  ] as const)('name no end %s', (_, events, now) => {
    const types = fixTransitions(history(...events), at(now), ZONE).map(({ type }) => type)
    expect(types).toEqual(['added', ...events.map(({ type }) => type)])
  })

  test('end now', () => {
    expect(fixTransitions(history({ type: 'done', at: at('2026-10-09') }), at('2026-10-08'), ZONE)).toHaveLength(1)
  })
})

describe('the summary of a fix', () => {
  const summary = (now: string, ...events: readonly FixEvent[]) =>
    summarizeFix(foldFix(history(...events), at(now), ZONE) as Fix, at(now), ZONE)

  test('counts overdue dates only while it is open', () => {
    expect(summary('2026-10-20').overdueDays).toBe(0)
    expect(summary('2026-10-23').overdueDays).toBe(3)
    expect(summary('2026-10-23', ACCEPTED).overdueDays).toBe(0)
  })

  test('keeps both due dates and when it was last done', () => {
    const moved: FixEvent = { type: 'moved', at: at('2026-10-05'), due: '2026-11-10', reason: 'supplier' }
    expect(summary('2026-10-23', moved, { type: 'done', at: at('2026-10-21') })).toEqual({
      key: 'FIX-0001',
      title: 'Retry',
      kind: 'prevent',
      state: 'done',
      created: '2026-10-01',
      firstDue: '2026-10-20',
      due: '2026-11-10',
      postponements: 1,
      overdueDays: 0,
      doneAt: '2026-10-21T12:00:00+09:00',
    })
  })

  test('stands in the order in which it is worked through', () => {
    const late = summary('2026-10-23')
    const done = { ...late, key: 'FIX-0000', state: 'done', overdueDays: 0 } as const
    const soon = { ...late, key: 'FIX-0002', due: '2026-10-24', overdueDays: 0 }
    const sooner = { ...soon, key: 'FIX-0003' }
    expect([done, sooner, soon, late].toSorted(compareFixes).map(({ key }) => key)).toEqual([
      'FIX-0001',
      'FIX-0002',
      'FIX-0003',
      'FIX-0000',
    ])
  })
})
