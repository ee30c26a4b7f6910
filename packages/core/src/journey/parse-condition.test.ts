import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDuration } from '../time/index.ts'
import { type Condition, formatCondition, SUBJECTS } from './condition.ts'
import { parseCondition } from './parse-condition.ts'

const MINUTE = 60_000

describe('a condition', () => {
  test.each<[string, Condition]>([
    ['errors > 10 in 5m', { kind: 'above', subject: 'errors', limit: { count: 10 }, windowMs: 5 * MINUTE }],
    ['errors>10 in 300s', { kind: 'above', subject: 'errors', limit: { count: 10 }, windowMs: 5 * MINUTE }],
    [
      'slow > 5 % for 10m',
      { kind: 'above', subject: 'slow', limit: { ppm: 50_000 }, windowMs: 5 * MINUTE, forMs: 10 * MINUTE },
    ],
    ['slow > 5% for 2m', { kind: 'above', subject: 'slow', limit: { ppm: 50_000 }, windowMs: 120_000, forMs: 120_000 }],
    [
      'errors > 2.5 % in 15m for 1h',
      { kind: 'above', subject: 'errors', limit: { ppm: 25_000 }, windowMs: 15 * MINUTE, forMs: 60 * MINUTE },
    ],
    ['excluded > 30 % in 15m', { kind: 'above', subject: 'excluded', limit: { ppm: 300_000 }, windowMs: 15 * MINUTE }],
    ['events < 3 in 1h', { kind: 'below', subject: 'events', limit: { count: 3 }, windowMs: 60 * MINUTE }],
    ['no events for 15m', { kind: 'below', subject: 'events', limit: { count: 1 }, windowMs: 15 * MINUTE }],
    ['target absent for 5m', { kind: 'absent', forMs: 5 * MINUTE }],
  ])('%s', (text, condition) => {
    expect(parseCondition(text)).toEqual(condition)
  })

  test.each([
    ['error > 10 in 5m', 0, 'one of `errors`, `slow`, `excluded`, `events`, `no`, `target`', 'error'],
    ['errors >= 10 in 5m', 7, '`>`', '>='],
    ['errors < 10 in 5m', 7, '`>` (only `events` may be too few)', '<'],
    ['errors > ten in 5m', 9, 'a whole number, or a percentage such as `2.5 %`', 'ten'],
    ['errors > 1.5 in 5m', 9, 'a whole number, or a percentage such as `2.5 %`', '1.5'],
    ['errors > -1 in 5m', 9, 'a whole number, or a percentage such as `2.5 %`', '-1'],
    ['errors > 1.23456 % in 5m', 9, 'a percentage with at most 4 decimals, such as 2.5', '1.23456'],
    ['events > 5 % in 5m', 11, '`in` or `for` (`events` are all events, not a share)', '%'],
    ['errors > 10', 11, '`in` or `for`', ''],
    ['errors > 10 within 5m', 12, '`in` or `for`', 'within'],
    ['errors > 10 in 5', 15, 'a time of whole seconds up to 31d such as `30s`, `5m` or `1h`', '5'],
    ['errors > 10 in 1500ms', 15, 'a time of whole seconds up to 31d such as `30s`, `5m` or `1h`', '1500ms'],
    ['errors > 10 in 32d', 15, 'a time of whole seconds up to 31d such as `30s`, `5m` or `1h`', '32d'],
    ['errors > 10 for 5m in 5m', 19, 'nothing more (`in` stands before `for`)', 'in'],
    ['errors > 10 in 5m for 5m please', 25, 'nothing more', 'please'],
    ['errors > 10 in 5m or so', 18, '`for`, or nothing more', 'or'],
    ['no errors for 5m', 3, '`events`', 'errors'],
    ['no events in 5m', 10, '`for`', 'in'],
    ['target gone for 5m', 7, '`absent`', 'gone'],
    ['', 0, 'one of `errors`, `slow`, `excluded`, `events`, `no`, `target`', ''],
  ])('"%s" is refused at the character that is wrong', (text, at, what, got) => {
    expect(parseCondition(text)).toMatchObject({ at, what, got })
  })

  test('comes to the same when it is written and read again', () => {
    const ms = fc.integer({ min: 1, max: 2_678_400 }).map((seconds) => seconds * 1_000)
    const times = fc.record({ windowMs: ms, forMs: ms }, { requiredKeys: ['windowMs'] })
    const count = fc.nat().map((n) => ({ count: n }))
    const share = fc.nat({ max: 1_000_000 }).map((ppm) => ({ ppm }))
    const conditions: fc.Arbitrary<Condition> = fc.oneof(
      fc
        .tuple(fc.constantFrom(...SUBJECTS), count, times)
        .map(([subject, limit, rest]) => ({ kind: 'above', subject, limit, ...rest }) as const),
      fc
        .tuple(fc.constantFrom('errors', 'slow', 'excluded'), share, times)
        .map(([subject, limit, rest]) => ({ kind: 'above', subject, limit, ...rest }) as const),
      fc.tuple(count, times).map(([limit, rest]) => ({ kind: 'below', subject: 'events', limit, ...rest }) as const),
      ms.map((forMs) => ({ kind: 'absent', forMs }) as const),
    )
    fc.assert(
      fc.property(conditions, (condition) => {
        expect(parseCondition(formatCondition(condition, formatDuration))).toEqual(condition)
      }),
    )
  })

  test('is read or refused, whatever the text, and a fault lies inside of it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = parseCondition(text)
        return !('at' in read) || (read.at >= 0 && read.at <= text.length)
      }),
    )
  })
})
