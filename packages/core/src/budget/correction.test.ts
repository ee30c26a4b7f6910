import { describe, expect, test } from 'vitest'
import { type Correction, excludedRanges, isFor, stretchesOf, summarizeCorrection } from './correction.ts'
import { type CorrectionRequest, decideCorrection, decideWithdrawal } from './correction-command.ts'

const tokyo = (text: string) => Date.parse(`${text}+09:00`)
const ZONE = 'Asia/Tokyo'
const EVER = { from: tokyo('2026-01-01T00:00:00'), to: tokyo('2027-01-01T00:00:00') }
const CORRECTION: Correction = {
  key: 'COR-0001',
  createdAt: tokyo('2026-10-20T12:00:00'),
  author: 'suzuki',
  category: 'provider',
  reason: 'the power was cut',
  appliesTo: ['checkout'],
  from: tokyo('2026-10-20T10:02:00'),
  to: tokyo('2026-10-20T10:31:00'),
  zone: ZONE,
}
const CONTEXT = {
  now: tokyo('2026-10-20T13:05:00'),
  by: 'suzuki',
  zone: ZONE,
  journeys: ['checkout', 'measure-feet'],
  objectives: ['checkout/availability', 'measure-feet/upload.latency'],
}
const REQUEST: CorrectionRequest = {
  journeys: ['checkout'],
  objectives: [],
  from: '10:02',
  to: '2026-10-20T10:31+09:00',
  category: 'provider',
  reason: ' the power was cut ',
}
const codes = (request: Partial<CorrectionRequest>) => {
  const decision = decideCorrection({ ...REQUEST, ...request }, CONTEXT)
  return decision.ok ? [] : decision.problems.map(({ code }) => code)
}

describe('what a correction excludes', () => {
  test('is the slots that it touches, as a whole', () => {
    expect(stretchesOf(CORRECTION, 300, EVER)).toEqual([
      { from: tokyo('2026-10-20T10:00:00'), to: tokyo('2026-10-20T10:35:00') },
    ])
    expect(summarizeCorrection(CORRECTION, 300, ZONE)).toMatchObject({
      from: '2026-10-20T10:02:00+09:00',
      excluded: { from: '2026-10-20T10:00:00+09:00', to: '2026-10-20T10:35:00+09:00', slotSeconds: 300 },
    })
  })

  test('recurs, also when it had begun before the stretch that is asked for', () => {
    const nightly = { ...CORRECTION, rrule: 'FREQ=DAILY' }
    const within = { from: tokyo('2026-10-22T10:10:00'), to: tokyo('2026-10-24T10:01:00') }
    expect(stretchesOf(nightly, 60, within).map(({ from }) => from)).toEqual([
      tokyo('2026-10-22T10:02:00'),
      tokyo('2026-10-23T10:02:00'),
    ])
    expect(stretchesOf(nightly, 300, within).map(({ from }) => from)).toContain(tokyo('2026-10-24T10:00:00'))
  })

  test('is counted once where two overlap, and no more once both are withdrawn', () => {
    const other = { ...CORRECTION, key: 'COR-0002', from: CORRECTION.to - 60_000, to: CORRECTION.to + 60_000 }
    expect(excludedRanges([CORRECTION, other], 60, EVER)).toEqual([{ from: CORRECTION.from, to: other.to }])
    const withdrawn = { at: 0, reason: 'wrong' }
    expect(excludedRanges([{ ...CORRECTION, withdrawn }, other], 60, EVER)).toEqual([
      { from: other.from, to: other.to },
    ])
    expect(excludedRanges([{ ...CORRECTION, withdrawn }], 60, EVER)).toEqual([])
  })

  test('belongs to a journey’s objectives, to one objective, or to all', () => {
    const ids = ['checkout/availability', 'checkout/pay.latency', 'checkout-fast/availability']
    const named = (...appliesTo: string[]) => ids.filter((id) => isFor({ appliesTo }, id))
    expect(named('checkout')).toEqual(ids.slice(0, 2))
    expect(named('checkout/pay.latency')).toEqual([ids[1]])
    expect(named()).toEqual(ids)
  })
})

describe('adding a correction', () => {
  test('keeps who excludes what and why', () => {
    const { key: _, createdAt: __, author: ___, ...stated } = CORRECTION
    expect(decideCorrection(REQUEST, CONTEXT)).toEqual({
      ok: true,
      events: [{ ...stated, createdAt: CONTEXT.now, author: 'suzuki' }],
    })
  })

  test('may be for the future, and again and again', () => {
    const planned = { from: '2026-11-01T03:00', to: '2026-11-01T04:00', rrule: 'FREQ=WEEKLY;BYDAY=SU' }
    expect(codes(planned)).toEqual([])
    expect(codes({ from: '2026-10-01T00:00', to: '2026-11-01T00:00' })).toEqual([])
  })

  test.each([
    ['a journey that nobody knows', { journeys: ['chekout'] }, ['CORRECTION_UNKNOWN_JOURNEY']],
    ['an objective that nobody knows', { objectives: ['checkout/x'] }, ['CORRECTION_UNKNOWN_OBJECTIVE']],
    ['no reason', { reason: ' ' }, ['CORRECTION_REASON']],
    ['a time that is none', { from: 'noon', to: '25:00' }, ['CORRECTION_TIME', 'CORRECTION_TIME']],
    ['an end before its beginning', { from: '10:31', to: '10:02' }, ['CORRECTION_ORDER']],
    ['an end at its beginning', { from: '10:02', to: '10:02' }, ['CORRECTION_ORDER']],
    ['more than 31 days', { from: '2026-10-01T00:00', to: '2026-11-01T00:01' }, ['CORRECTION_TOO_LONG']],
    ['a rule that is none', { rrule: 'weekly' }, ['CORRECTION_RRULE']],
    ['a beginning that the rule does not give', { rrule: 'FREQ=WEEKLY;BYDAY=SU' }, ['CORRECTION_RRULE']],
    [
      'everything at once',
      { journeys: ['x'], reason: '', from: '?' },
      ['CORRECTION_UNKNOWN_JOURNEY', 'CORRECTION_REASON', 'CORRECTION_TIME'],
    ],
  ] as const)('is refused for %s', (_, request, expected) => {
    expect(codes(request)).toEqual(expected)
  })

  test('offers the name that was meant, and the next time of a rule', () => {
    const hintOf = (request: Partial<CorrectionRequest>) => {
      const decision = decideCorrection({ ...REQUEST, ...request }, CONTEXT)
      return decision.ok ? undefined : decision.problems[0]?.hint
    }
    expect(hintOf({ journeys: ['chekout'] })).toBe('did you mean "checkout"?')
    expect(hintOf({ rrule: 'FREQ=WEEKLY;BYDAY=SU' })).toBe('the next is 2026-10-25T10:02:00+09:00')
  })
})

describe('withdrawing a correction', () => {
  const context = { now: CONTEXT.now, by: 'tanaka', key: 'COR-0001', keys: ['COR-0001'], zone: ZONE }

  test('says who and why, and leaves the correction as it was', () => {
    expect(decideWithdrawal(CORRECTION, 'it was us', context)).toEqual({
      ok: true,
      events: [{ at: CONTEXT.now, by: 'tanaka', reason: 'it was us' }],
    })
  })

  test.each([
    ['unknown', undefined, 'it was us', ['CORRECTION_UNKNOWN']],
    ['without a reason', CORRECTION, '', ['CORRECTION_REASON']],
    ['done already', { ...CORRECTION, withdrawn: { at: 0, reason: 'x' } }, 'y', ['CORRECTION_WITHDRAWN']],
  ] as const)('is refused when it is %s', (_, current, reason, expected) => {
    const decision = decideWithdrawal(current, reason, context)
    expect(decision.ok ? [] : decision.problems.map(({ code }) => code)).toEqual(expected)
  })
})
