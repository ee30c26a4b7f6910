import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { INDICATORS, type Level, type Policy, WORKBOOK_POLICY } from '../journey/index.ts'
import { tally } from '../slo/index.ts'
import { DAY, HOUR, MINUTE } from '../time/index.ts'
import {
  type CompiledObjective,
  compileEvaluator,
  holdsAt,
  isCalmAt,
  judge,
  readPairs,
  refreshAccounts,
  tallyBetween,
} from './evaluation.ts'
import { wilsonLowerBound } from './guard.ts'
import {
  booksOf,
  definitionOf,
  journeyOf,
  objectiveOf,
  pointOf,
  THIRTY_DAYS,
  WEAK_GUARD,
} from './testing/definitions.ts'

const TOTAL = 10_000_000
const WINDOWS = [5 * MINUTE, 30 * MINUTE, HOUR, 2 * HOUR, 6 * HOUR, DAY, 3 * DAY]

/** An objective whose one account is number 0. */
function compile(targetPpm: number, policy: Policy = WORKBOOK_POLICY): CompiledObjective {
  const evaluator = compileEvaluator(definitionOf(journeyOf('measure-feet', objectiveOf(targetPpm, { policy }))))
  refreshAccounts(evaluator, booksOf({ step: 'upload' }))
  return evaluator.objectives[0] as CompiledObjective
}

/** Total and window points such that each window holds so many errors of so many events; windows ascending. */
function pointsOf(...windows: readonly (readonly [bad: number, valid: number])[]) {
  const total = pointOf([TOTAL, 0, TOTAL, 0, 0])
  return { total, rows: windows.map(([bad, valid]) => pointOf([TOTAL - (valid - bad), 0, TOTAL - bad, 0, 0])) }
}

/** Verdict by level, as people would say it. */
function levelsOf(compiled: CompiledObjective, ...windows: readonly (readonly [number, number])[]) {
  const { total, rows } = pointsOf(...windows)
  const verdict = judge(compiled, total, rows, new Float64Array(rows.length * 2))
  const which = (is: (verdict: number, level: Level) => boolean) =>
    ([1, 2, 3] as const).filter((each) => is(verdict, each))
  return { holds: which(holdsAt), calm: which(isCalmAt) }
}

const CLEAN = [0, 1_000] as const
const EMPTY = [0, 0] as const
const ALL_CLEAN = WINDOWS.map(() => CLEAN)
/** All windows clean but those named, by length. */
const burning = (...named: readonly (readonly [ms: number, bad: number, valid: number])[]) =>
  WINDOWS.map((ms) => {
    const found = named.find(([length]) => length === ms)
    return found === undefined ? CLEAN : ([found[1], found[2]] as const)
  })

test('the windows of all pairs are kept once each, ascending', () => {
  const twice = definitionOf(journeyOf('a', objectiveOf(999_000)), journeyOf('b', objectiveOf(990_000)))
  const evaluator = compileEvaluator(twice)
  expect(evaluator.windows).toEqual(WINDOWS)
  expect(evaluator.objectives.map(({ id }) => id)).toEqual(['a/availability', 'b/availability'])
})

describe('a level holds', () => {
  const compiled = compile(999_000)

  test.each<[string, readonly (readonly [number, number])[], Level[]]>([
    ['not while all is well', ALL_CLEAN, []],
    ['not without any events', WINDOWS.map(() => EMPTY), []],
    ['when both windows of its fast pair burn', burning([5 * MINUTE, 50, 1_000], [HOUR, 300, 10_000]), [1]],
    ['when both windows of its slow pair burn', burning([30 * MINUTE, 50, 1_000], [6 * HOUR, 100, 10_000]), [1]],
    ['not when only the short window burns', burning([5 * MINUTE, 50, 1_000]), []],
    ['not when only the long window burns', burning([HOUR, 300, 10_000]), []],
    [
      'not when the two windows that burn are of two pairs',
      burning([5 * MINUTE, 50, 1_000], [6 * HOUR, 100, 10_000]),
      [],
    ],
    ['for the next business day', burning([2 * HOUR, 10, 1_000], [DAY, 60, 10_000]), [2]],
    [
      'for both',
      burning([5 * MINUTE, 50, 1_000], [HOUR, 300, 10_000], [6 * HOUR, 50, 9_000], [3 * DAY, 90, 30_000]),
      [1, 2],
    ],
    ['not on two failures at night', burning([5 * MINUTE, 2, 3], [HOUR, 2, 3]), []],
    ['on three when nothing else came', burning([5 * MINUTE, 3, 3], [HOUR, 3, 3]), [1]],
  ])('%s', (_, windows, levels) => expect(levelsOf(compiled, ...windows).holds).toEqual(levels))
})

describe('exactly on the threshold of 14.4', () => {
  const pair = { level: 1, longMs: HOUR, shortMs: 5 * MINUTE, speed: { factorMilli: 14_400 } } as const
  const compiled = compile(999_000, { pairs: [pair], milestones: [], guard: WEAK_GUARD })
  const bothAt = (bad: number, valid: number) => levelsOf(compiled, [bad, valid], [bad, valid]).holds
  const burnsAt = (bad: number, valid: number) => {
    const { total, rows } = pointsOf([bad, valid], [bad, valid])
    const [reading] = readPairs(compiled, total, rows)
    return [reading?.holds, reading?.calm]
  }

  test('nothing rings', () => expect(bothAt(144, 10_000)).toEqual([]))

  test('a level that rang is not calm either', () => expect(burnsAt(144, 10_000)).toEqual([false, false]))

  test('and one short window on it is enough to keep a certain long one from ringing', () => {
    expect(levelsOf(compiled, [144, 10_000], [500, 10_000]).holds).toEqual([])
    expect(levelsOf(compiled, [145, 10_000], [500, 10_000]).holds).toEqual([1])
  })

  test('what the guard asks for beyond it is the bound, not more', () => {
    const first = Array.from({ length: 200 }, (_, bad) => bad).find((bad) => bothAt(bad, 10_000).length > 0) ?? 0
    expect(first).toBeGreaterThan(145)
    expect(wilsonLowerBound({ bad: first, valid: 10_000 }, 80)).toBeGreaterThan(0.0144)
    expect(wilsonLowerBound({ bad: first - 1, valid: 10_000 }, 80)).toBeLessThanOrEqual(0.0144)
  })
})

test('at a target of 90 % the pair of 14.4 cannot ring, even when everything fails', () => {
  const everything = WINDOWS.map((ms) => [ms / MINUTE, ms / MINUTE] as const)
  const { total, rows } = pointsOf(...everything)
  expect(readPairs(compile(900_000), total, rows).map(({ holds }) => holds)).toEqual([false, true, true, true])
})

describe('a level is calm', () => {
  const compiled = compile(999_000)
  // Half of 14.4 and of 6 at 99.9 %: 72 and 30 of 10,000.
  const short = (five: number, thirty: number) =>
    burning([5 * MINUTE, five, 10_000], [30 * MINUTE, thirty, 10_000], [HOUR, 500, 10_000], [6 * HOUR, 500, 10_000])

  test.each([
    ['while both its short windows burn below half their factor', 71, 29, true],
    ['not when one burns at exactly half of it', 72, 0, false],
    ['not when the other one does', 0, 30, false],
    ['not when it burns above', 0, 31, false],
  ])('%s', (_, five, thirty, calm) => {
    expect(levelsOf(compiled, ...short(five, thirty)).calm.includes(1)).toBe(calm)
  })

  test('not when the short window is empty after a bad hour, but once all its windows are', () => {
    const silent = burning([5 * MINUTE, 0, 0], [HOUR, 300, 10_000])
    expect(levelsOf(compiled, ...silent).calm).toEqual([2, 3])
    expect(levelsOf(compiled, ...WINDOWS.map(() => EMPTY)).calm).toEqual([1, 2, 3])
  })
})

describe('an objective is fed by', () => {
  const books = booksOf(
    { step: 'start' },
    { step: 'upload' },
    { step: 'upload', service: 'scan-eu' },
    { step: 'upload', role: 'probe' },
    { step: 'upload', journey: 'view-result' },
    { step: 'gone' },
  )
  const accountsOf = (rest: { readonly step?: string }) => {
    const evaluator = compileEvaluator(definitionOf(journeyOf('measure-feet', objectiveOf(999_000, rest))))
    refreshAccounts(evaluator, books)
    return evaluator.objectives[0]?.accounts
  }

  test('its journey’s steps in all services', () => expect(accountsOf({})).toEqual([0, 1, 2]))

  test('its one step, if it names one', () => expect(accountsOf({ step: 'upload' })).toEqual([1, 2]))

  test('what services counted, or what probes saw, never both', () => {
    const books = booksOf({ step: 'upload' }, { step: 'upload', role: 'probe' }, { step: 'upload', role: 'drill' })
    const both = journeyOf(
      'measure-feet',
      objectiveOf(999_000),
      objectiveOf(999_000, { name: 'availability.probe', of: 'probe' }),
    )
    const evaluator = compileEvaluator(definitionOf(both))
    refreshAccounts(evaluator, books)
    expect(evaluator.objectives.map(({ accounts }) => accounts)).toEqual([[0], [1]])
  })

  test('accounts that appear later', () => {
    const evaluator = compileEvaluator(definitionOf(journeyOf('measure-feet', objectiveOf(999_000))))
    refreshAccounts(evaluator, booksOf({ step: 'start' }))
    refreshAccounts(evaluator, books)
    expect(evaluator.objectives[0]?.accounts).toEqual([0, 1, 2])
    const [from, to] = [pointOf([1, 0, 0, 0, 0]), pointOf([5, 0, 0, 0, 0], [7, 0, 2, 9, 0], [0, 1, 1, 0, 0])]
    expect(tallyBetween(evaluator.objectives[0] as CompiledObjective, from, to)).toEqual({ bad: 3, valid: 15 })
  })
})

test('for all counts, the verdict is what its pairs say, and what exact arithmetic says', () => {
  const anyCount = fc.oneof(fc.nat(20), fc.nat(2_000), fc.nat(10_000_000_000))
  const anyRow = fc.tuple(anyCount, anyCount, anyCount, anyCount)
  const anyCase = fc.record({
    indicator: fc.constantFrom(...INDICATORS),
    targetPpm: fc.constantFrom(900_000, 990_000, 999_000, 999_900, 999_990),
    windows: fc.array(anyRow, { minLength: WINDOWS.length, maxLength: WINDOWS.length }),
  })
  fc.assert(
    fc.property(anyCase, ({ indicator, targetPpm, windows }) => {
      const evaluator = compileEvaluator(
        definitionOf(journeyOf('measure-feet', objectiveOf(targetPpm, { indicator, window: THIRTY_DAYS }))),
      )
      refreshAccounts(evaluator, booksOf({ step: 'upload' }))
      const compiled = evaluator.objectives[0] as CompiledObjective
      const most = 20_000_000_000
      const total = pointOf([most, most, most, most, 0])
      const rows = windows.map((row) => pointOf([...row.map((count) => most - count), 0]))
      const verdict = judge(compiled, total, rows, new Float64Array(WINDOWS.length * 2))
      const readings = readPairs(compiled, total, rows)
      for (const level of [1, 2] as const) {
        const ofLevel = readings.filter(({ pair }) => pair.level === level)
        expect(holdsAt(verdict, level)).toBe(ofLevel.some(({ holds }) => holds))
        expect(isCalmAt(verdict, level)).toBe(ofLevel.every(({ calm }) => calm))
      }
      for (const { pair, long, short, holds, calm } of readings) {
        const factor = 'factorMilli' in pair.speed ? pair.speed.factorMilli : 0
        const windowOf = (ms: number) => tally(indicator, windows[WINDOWS.indexOf(ms)] ?? [])
        expect([long, short]).toEqual([windowOf(pair.longMs), windowOf(pair.shortMs)])
        const over = ({ bad, valid }: { bad: number; valid: number }, milli: number) =>
          BigInt(bad) * 1_000_000_000n - BigInt(valid) * BigInt(milli) * BigInt(1_000_000 - targetPpm)
        const burns = over(short, factor) > 0n && over(long, factor) > 0n
        const limit = (factor / 1000) * (1 - targetPpm / 1_000_000)
        const certain = long.bad < 3 ? -1 : wilsonLowerBound(long, 95) - limit
        if (Math.abs(certain) > 1e-12) expect(holds).toBe(burns && certain > 0)
        expect(calm).toBe(short.valid === 0 ? long.valid === 0 : over(short, factor / 2) < 0n)
        if (holds) expect(calm).toBe(false)
      }
    }),
    { numRuns: 300 },
  )
})
