import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Budgeting, NO_DATA } from '../journey/index.ts'
import { closeSlices, createSliceBook, forgetSlices, judgeSlice, setSlice, sumSlices } from './slices.ts'
import { spendingOf } from './spending.ts'

const MINUTE = 60
const timeslices: Budgeting = {
  method: 'timeslices',
  sliceMs: 60_000,
  sliceTargetPpm: 950_000,
  onNoData: 'ignore',
}
const ratios: Budgeting = { method: 'ratio-timeslices', sliceMs: 60_000, onNoData: 'ignore' }

describe('a timeslice', () => {
  test.each([
    ['reaches its target exactly', { bad: 5, valid: 100 }, true, 0],
    ['misses it by one event', { bad: 6, valid: 100 }, true, 1_000_000],
    ['was read and hurt nobody', { bad: 0, valid: 0 }, true, 0],
    ['has events that were only placed into it', { bad: 9, valid: 9 }, false, 'no data'],
  ])('%s', (_, tally, read, verdict) => expect(judgeSlice(timeslices, tally, read)).toBe(verdict))
})

describe('a ratio timeslice', () => {
  test.each([
    ['is never worse than the truth', { bad: 2, valid: 3 }, true, 666_666],
    ['without an event is not in the mean', { bad: 0, valid: 0 }, true, 'not counted'],
    ['that nobody read has no data', { bad: 0, valid: 5 }, false, 'no data'],
  ])('%s', (_, tally, read, verdict) => expect(judgeSlice(ratios, tally, read)).toBe(verdict))
})

/** The worked examples of OpenSLO's text on budgeting methods: two weeks of minutes. */
describe('the examples of OpenSLO', () => {
  const fortnight = 20_160
  test('1008 bad minutes are the whole budget of 95 % of two weeks', () => {
    const book = createSliceBook(timeslices, 0, true)
    closeSlices(book, fortnight * MINUTE)
    for (let i = 0; i < fortnight; i++) setSlice(book, i * MINUTE, i < 1_008 ? 1_000_000 : 0)
    const sums = sumSlices(book, 0, fortnight * MINUTE)
    expect(sums).toEqual({ bad: 1_008, valid: 20_160, unread: 0 })
    expect(spendingOf([{ ...sums, targetPpm: 950_000 }]).leftPpm).toBe(0)
  })

  test('an attack that takes 99 % to 1 % may last 823 minutes when each ratio weighs the same', () => {
    const leftAfter = (attack: number) => {
      const book = createSliceBook(ratios, 0, true)
      closeSlices(book, fortnight * MINUTE)
      for (let i = 0; i < fortnight; i++) setSlice(book, i * MINUTE, i < attack ? 990_000 : 10_000)
      return spendingOf([{ ...sumSlices(book, 0, fortnight * MINUTE), targetPpm: 950_000 }]).leftPpm as number
    }
    expect(leftAfter(822)).toBeGreaterThan(0)
    expect(leftAfter(823)).toBeLessThan(0)
  })
})

describe('a slice without data', () => {
  test.each([
    ['ignore', { bad: 1, valid: 2, unread: 2 }],
    ['good', { bad: 1, valid: 4, unread: 2 }],
    ['bad', { bad: 3, valid: 4, unread: 2 }],
    ['hold', { bad: 3, valid: 4, unread: 2 }],
  ] as const)('under `%s`', (onNoData, sums) => {
    const book = createSliceBook({ ...timeslices, onNoData }, 0, true)
    closeSlices(book, 4 * MINUTE)
    setSlice(book, 0, 1_000_000)
    setSlice(book, 3 * MINUTE, 0)
    expect(sumSlices(book, 0, 4 * MINUTE)).toEqual(sums)
  })

  test('does not count before the objective was heard for the first time, and does after it', () => {
    const book = createSliceBook({ ...timeslices, onNoData: 'bad' }, 0, false)
    closeSlices(book, 5 * MINUTE)
    setSlice(book, 3 * MINUTE, 0)
    expect(sumSlices(book, 0, 5 * MINUTE)).toEqual({ bad: 1, valid: 2, unread: 1 })
    setSlice(book, MINUTE, 0)
    expect(sumSlices(book, 0, 5 * MINUTE)).toEqual({ bad: 2, valid: 4, unread: 2 })
  })
})

const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('pass' as const), slices: fc.integer({ min: 1, max: 150 }) }),
  fc.record({
    kind: fc.constant('judge' as const),
    back: fc.nat(300),
    verdict: fc.oneof(fc.nat(1_000_000), fc.constantFrom('no data' as const, 'not counted' as const)),
  }),
  fc.record({ kind: fc.constant('forget' as const), back: fc.nat(300) }),
)

test('every window is what a plain walk over the verdicts gives, whatever comes late or is let go', () => {
  const runs = { numRuns: process.env['TABIJI_FULL'] === '1' ? 2_000 : 150 }
  const budgeting = fc.constantFrom(...NO_DATA).map((onNoData) => ({ ...ratios, onNoData }))
  fc.assert(
    fc.property(budgeting, fc.boolean(), fc.array(anyStep, { maxLength: 25 }), (budgeting, known, steps) => {
      const book = createSliceBook(budgeting, 0, known)
      const verdicts: (number | 'no data' | 'not counted')[] = []
      let kept = 0
      for (const step of steps) {
        if (step.kind === 'pass') {
          for (let i = 0; i < step.slices; i++) verdicts.push('no data')
          closeSlices(book, verdicts.length * MINUTE)
        } else if (step.kind === 'judge' && verdicts.length - 1 - step.back >= kept) {
          const at = verdicts.length - 1 - step.back
          // Data that was there does not go away: what is read stays read.
          if (step.verdict === 'no data' && verdicts[at] !== 'no data') continue
          verdicts[at] = step.verdict
          setSlice(book, at * MINUTE, step.verdict)
        } else if (step.kind === 'forget' && known) {
          forgetSlices(book, Math.max(0, verdicts.length - step.back) * MINUTE)
          kept = Math.max(kept, book.from / MINUTE)
        }
        for (const from of [kept, kept + 1, verdicts.length - 70, verdicts.length - 1]) {
          if (from < kept) continue
          expect(sumSlices(book, from * MINUTE, verdicts.length * MINUTE)).toEqual(
            walk(budgeting, verdicts, known, from),
          )
        }
      }
    }),
    runs,
  )
})

/** The same, slice by slice. */
function walk({ onNoData }: Budgeting, verdicts: readonly (number | string)[], known: boolean, from: number) {
  const first = known ? 0 : verdicts.findIndex((verdict) => verdict !== 'no data')
  const sums = { bad: 0, valid: 0, unread: 0 }
  let before: number | string = 'not counted'
  verdicts.forEach((verdict, at) => {
    if (first === -1 || at < first) return
    const isUnread = verdict === 'no data'
    const meant = { ignore: 'not counted', good: 0, bad: 1_000_000, hold: before }[onNoData]
    const counted = isUnread ? meant : verdict
    before = counted
    if (at < from) return
    if (isUnread) sums.unread++
    if (typeof counted === 'number') {
      sums.bad += counted
      sums.valid += 1_000_000
    }
  })
  return sums
}
