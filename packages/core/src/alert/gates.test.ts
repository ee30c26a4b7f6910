import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isoIn } from '../time/index.ts'
import { askGates, GATES, type GateRules, notBefore } from './gates.ts'

const TOKYO = 'Asia/Tokyo'
const HOURS = { times: [{ from: 570, to: 1_440 }], weekdays: [{ from: 1, to: 5 }], location: TOKYO }
const DESK = { timeZone: TOKYO, hours: [HOURS], closings: [] }
const at = (text: string) => Date.parse(`${text}+09:00`)
const rulesAt = (now: number, graceUntil = 0): GateRules => ({ now, graceUntil, desk: DESK })
const TUESDAY_NIGHT = at('2026-11-03T22:00:00')

describe('a notification may leave', () => {
  test.each([
    ['at once at level 1, at any hour', 1, TUESDAY_NIGHT, 0, '2026-11-03T22:00:00+09:00'],
    ['at once at level 3', 3, TUESDAY_NIGHT, 0, '2026-11-03T22:00:00+09:00'],
    ['in the morning at level 2', 2, TUESDAY_NIGHT, 0, '2026-11-04T09:30:00+09:00'],
    ['on Monday at level 2 from Friday noon', 2, at('2026-11-06T12:00:00'), 0, '2026-11-09T09:30:00+09:00'],
    ['at once at level 2 when the desk opens', 2, at('2026-11-04T09:30:00'), 0, '2026-11-04T09:30:00+09:00'],
    [
      'at level 1 when the grace after the start is over',
      1,
      TUESDAY_NIGHT,
      TUESDAY_NIGHT + 60_000,
      '2026-11-03T22:01:00+09:00',
    ],
    [
      'at the opening after the grace at level 2',
      2,
      at('2026-11-04T09:29:30'),
      at('2026-11-04T09:30:30'),
      '2026-11-05T09:30:00+09:00',
    ],
  ] as const)('%s', (_, level, now, graceUntil, leaves) => {
    expect(isoIn(notBefore(askGates(level, rulesAt(now, graceUntil)), now), TOKYO)).toBe(leaves)
  })
})

describe('every gate says its verdict', () => {
  test('in the stated order', () => {
    expect(askGates(1, rulesAt(TUESDAY_NIGHT)).map(({ gate }) => gate)).toEqual(GATES)
  })

  test('and until when, where it defers', () => {
    expect(askGates(2, rulesAt(TUESDAY_NIGHT, TUESDAY_NIGHT + 60_000))).toEqual([
      { gate: 'startup_grace', verdict: 'defer', until: TUESDAY_NIGHT + 60_000 },
      { gate: 'hours', verdict: 'defer', until: at('2026-11-04T09:30:00') },
    ])
  })

  test('and passes when the grace is over to the millisecond', () => {
    expect(askGates(1, rulesAt(TUESDAY_NIGHT, TUESDAY_NIGHT))[0]).toEqual({ gate: 'startup_grace', verdict: 'pass' })
  })
})

test('a desk that never opens again holds nothing back', () => {
  const now = TUESDAY_NIGHT
  const shut = { ...DESK, closings: [{ dayOff: () => 'closed for good' }] }
  expect(notBefore(askGates(2, { ...rulesAt(now), desk: shut }), now)).toBe(now)
})

test('for all moments level 1 waits for the grace only, level 2 for an opening, and nothing leaves before now', () => {
  const anyNow = fc.integer({ min: at('2026-01-01T00:00:00'), max: at('2027-01-01T00:00:00') })
  fc.assert(
    fc.property(anyNow, fc.integer({ min: -60_000, max: 600_000 }), (now, grace) => {
      const leaves = ([1, 2, 3] as const).map((level) => notBefore(askGates(level, rulesAt(now, now + grace)), now))
      expect(leaves[0]).toBe(now + Math.max(0, grace))
      expect(leaves[2]).toBe(leaves[0])
      expect(leaves[1]).toBeGreaterThanOrEqual(leaves[0] ?? 0)
      expect(isoIn(leaves[1] ?? 0, TOKYO)).toContain('T09:30:00')
    }),
  )
})
