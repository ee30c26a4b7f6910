import { describe, expect, test } from 'vitest'
import { judgeAmounts, judgeValues } from './sampled.ts'

describe('an evaluation is an event', () => {
  test.each([
    ['good', 990_000, 0.99, true],
    ['good', 990_000, 0.9899, false],
    ['bad', 990_000, 0.01, true],
    ['bad', 990_000, 0.0101, false],
    ['good', 999_900, 0.3 / 0.3, true],
    ['good', 290_000, 0.29, true],
    ['bad', 995_000, Number.POSITIVE_INFINITY, false],
  ] as const)('a %s share with the target %i: %d is good is %s', (side, targetPpm, share, isGood) => {
    const ask = { kind: 'ratio', side, query: '', targetPpm } as const
    expect(judgeValues(ask, [share])).toEqual(isGood ? { good: 1, bad: 0 } : { good: 0, bad: 1 })
  })

  test.each([
    ['lt', [0, 1]],
    ['lte', [1, 1]],
    ['gt', [0, 1]],
    ['gte', [1, 1]],
  ] as const)('%s at and around its value', (op, [atValue, besides]) => {
    const ask = { kind: 'values', query: '', op, value: 10 } as const
    expect(judgeValues(ask, [10])?.good).toBe(atValue)
    expect(judgeValues(ask, [9, 11])?.good).toBe(besides)
    expect(judgeValues(ask, [op.startsWith('l') ? 9 : 11])?.good).toBe(1)
  })

  test('nothing is read where there is no number', () => {
    const ask = { kind: 'ratio', side: 'good', query: '', targetPpm: 990_000 } as const
    expect(judgeValues(ask, [])).toBeUndefined()
    expect(judgeValues(ask, [Number.NaN])).toBeUndefined()
    expect(judgeValues(ask, [Number.NaN, 1])).toEqual({ good: 1, bad: 0 })
  })
})

describe('counts that an expression gives', () => {
  test('are whole, and no more than their total', () => {
    expect(judgeAmounts('bad', 2.9, 10.7)).toEqual({ good: 8, bad: 2 })
    expect(judgeAmounts('good', 12, 10)).toEqual({ good: 10, bad: 0 })
    expect(judgeAmounts('bad', undefined, 3)).toEqual({ good: 3, bad: 0 })
  })

  test('are not read where one is no count', () => {
    for (const wrong of [undefined, -1, Number.NaN, Number.POSITIVE_INFINITY])
      expect(judgeAmounts('bad', 0, wrong)).toBeUndefined()
    expect(judgeAmounts('bad', Number.NaN, 3)).toBeUndefined()
  })
})
