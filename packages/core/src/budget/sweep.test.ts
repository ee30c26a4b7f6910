import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { INDICATORS, type Objective, windowText } from '../journey/index.ts'
import { DAY } from '../time/index.ts'
import { compileEvaluator, holdsAt, judge, refreshAccounts, tallyBetween } from './evaluation.ts'
import { policyOf } from './policy.ts'
import { type BudgetPart, hasSpentMoreThan, spendingOf } from './spending.ts'
import { compileSweep, type SweepPoints, sweep } from './sweep.ts'
import { booksOf, definitionOf, journeyOf, objectiveOf, pointOf, WEAK_GUARD } from './testing/definitions.ts'

const BOOKS = booksOf({ step: 'upload' }, { step: 'start' }, { step: 'upload', service: 'second' })
const WINDOWS = 7
const WEEKS = { kind: 'calendar', count: 2, unit: 'w', from: '2026-01-05' } as const
const QUARTERS = { kind: 'calendar', count: 1, unit: 'Q', from: '2026-01-01' } as const
const SEVEN_DAYS = { kind: 'rolling', ms: 7 * DAY } as const

/** The slow way: every condition of every rule, worked out for itself. */
function needsLook(objectives: readonly Objective[], points: SweepPoints): boolean[] {
  const evaluator = compileEvaluator(definitionOf(journeyOf('measure-feet', ...objectives)))
  refreshAccounts(evaluator, BOOKS)
  const { budgetWindows: lengths, calendars } = compileSweep(evaluator)
  const texts = calendars.map(windowText)
  return evaluator.objectives.map((compiled, i) => {
    const verdict = judge(compiled, points.total, points.windows, new Float64Array(WINDOWS * 2))
    const burns = ([1, 2, 3] as const).some((level) => holdsAt(verdict, level))
    const { milestones, guard } = policyOf(compiled.objective)
    const { window, targetPpm } = compiled.objective
    const target = window.kind === 'rolling' ? targetPpm : (points.targets[i] as number)
    if (Number.isNaN(target)) return burns || milestones.length > 0
    const edge =
      window.kind === 'rolling'
        ? points.budgets[lengths.indexOf(window.ms)]
        : points.calendars[texts.indexOf(windowText(window))]
    const part: BudgetPart = { ...tallyBetween(compiled, edge as Float64Array, points.total), targetPpm: target }
    const spending = spendingOf([part])
    const isPassed = milestones.some((percent) => hasSpentMoreThan(percent, spending)) && part.bad >= guard.badEvents
    return isPassed || burns
  })
}

function marked(objectives: readonly Objective[], points: SweepPoints, before: readonly number[] = []): number[] {
  const evaluator = compileEvaluator(definitionOf(journeyOf('measure-feet', ...objectives)))
  refreshAccounts(evaluator, BOOKS)
  const marks = Uint8Array.from(objectives, (_, i) => before[i] ?? 0)
  sweep(compileSweep(evaluator), points, marks)
  return [...marks]
}

const anyCount = fc.oneof(fc.constant(0), fc.nat(20), fc.nat(2_000), fc.nat(10_000_000_000))
const anyRow = fc.tuple(anyCount, anyCount, anyCount, anyCount)
const MOST = 20_000_000_000
/** A point so far back that each account has had these counts since. */
const anyPoint = fc
  .array(anyRow, { minLength: 3, maxLength: 3 })
  .map((rows) => pointOf(...rows.map((row) => [...row.map((count) => MOST - count), 0])))
const anyObjective = fc.record({
  targetPpm: fc.constantFrom(900_000, 990_000, 999_000, 999_900),
  indicator: fc.constantFrom(...INDICATORS),
  window: fc.constantFrom<Objective['window']>({ kind: 'month' }, WEEKS, QUARTERS, SEVEN_DAYS, {
    kind: 'rolling',
    ms: 30 * DAY,
  }),
  step: fc.option(fc.constantFrom('start', 'upload'), { nil: undefined }),
  milestones: fc.option(fc.subarray([50, 75, 100]), { nil: undefined }),
})

describe('a sweep', () => {
  test('marks exactly the objectives of which a rule holds when each is asked by itself', () => {
    const anyCase = fc.record({
      objectives: fc.array(anyObjective, { minLength: 1, maxLength: 6 }),
      windows: fc.array(anyPoint, { minLength: WINDOWS, maxLength: WINDOWS }),
      budgets: fc.array(anyPoint, { minLength: 2, maxLength: 2 }),
      calendars: fc.array(anyPoint, { minLength: 3, maxLength: 3 }),
      targets: fc.array(fc.constantFrom(Number.NaN, 990_000, 999_000), { minLength: 6, maxLength: 6 }),
    })
    fc.assert(
      fc.property(anyCase, ({ objectives, windows, budgets, calendars, targets }) => {
        const all = objectives.map(({ step, milestones, ...rest }, i) => {
          const policy = milestones === undefined ? undefined : { ...policyOf(objectiveOf(999_000)), milestones }
          const optional = { ...(step !== undefined && { step }), ...(policy !== undefined && { policy }) }
          return { ...objectiveOf(rest.targetPpm), ...rest, ...optional, name: `objective-${i}` }
        })
        const total = pointOf(...BOOKS.accounts.map(() => [MOST, MOST, MOST, MOST, 0]))
        const points = { total, windows, budgets, calendars, targets: Float64Array.from(targets) }
        expect(marked(all, points)).toEqual(needsLook(all, points).map(Number))
      }),
      { numRuns: 300 },
    )
  })

  const quiet = () => {
    const total = pointOf([1_000, 0, 0, 0, 0], [1_000, 0, 0, 0, 0], [0, 0, 0, 0, 0])
    const windows = Array.from({ length: WINDOWS }, () => new Float64Array(0))
    const targets = Float64Array.from([999_000, Number.NaN])
    return { total, windows, budgets: [new Float64Array(0)], calendars: [new Float64Array(0)], targets }
  }

  test('finds nothing where all is well, and leaves a mark where it was', () => {
    const two = [objectiveOf(999_000), objectiveOf(999_000, { name: 'other' })]
    expect(marked(two, quiet())).toEqual([0, 0])
    expect(marked(two, quiet(), [0, 1])).toEqual([0, 1])
  })

  test('marks an objective whose target was changed in the month, whatever its counts are', () => {
    const window = { kind: 'month' } as const
    const two = [objectiveOf(999_000, { window }), objectiveOf(999_000, { window, name: 'changed' })]
    expect(marked(two, quiet())).toEqual([0, 1])
  })

  test('takes accounts into account that came after it was laid out', () => {
    const policy = { ...policyOf(objectiveOf(999_000)), guard: WEAK_GUARD }
    const evaluator = compileEvaluator(definitionOf(journeyOf('measure-feet', objectiveOf(999_000, { policy }))))
    const swept = compileSweep(evaluator)
    const points = { ...quiet(), total: pointOf([1_000, 0, 0, 0, 0], [0, 0, 1_000, 0, 0]) }
    const marksWith = (...steps: readonly string[]) => {
      refreshAccounts(evaluator, booksOf(...steps.map((step) => ({ step }))))
      const marks = new Uint8Array(1)
      sweep(swept, points, marks)
      return [...marks]
    }
    expect(marksWith('upload')).toEqual([0])
    expect(marksWith('upload', 'start')).toEqual([1])
  })
})
