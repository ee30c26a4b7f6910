import { isCovered, isReversal, unpackEntries } from '@tabiji/core/ledger'
import { tally } from '@tabiji/core/slo'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NOON } from '../testing/books.ts'
import { createJudgeBooks } from '../testing/sliced-books.ts'
import { live } from '../testing/sliced-life.ts'
import { spendingNow } from './budgets.ts'

const RUNS = { numRuns: process.env['TABIJI_FULL'] === '1' ? 500 : 20 }
const SLOT = 15_000
const SLICE = 60

const counts = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(3))
const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('read' as const), slots: fc.integer({ min: 1, max: 12 }), counts }),
  fc.record({ kind: fc.constant('read' as const), slots: fc.integer({ min: 1, max: 12 }), counts }),
  // Nobody reads for longer than two slots, so what happened is placed and the slots before the last are not read.
  fc.record({ kind: fc.constant('gap' as const), slots: fc.integer({ min: 9, max: 60 }), counts }),
  fc.record({ kind: fc.constant('late' as const), back: fc.integer({ min: 1, max: 80 }), counts }),
  fc.record({
    kind: fc.constant('correct' as const),
    back: fc.integer({ min: 0, max: 40 }),
    slots: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({ kind: fc.constant('restart' as const) }),
)

test('slices that are kept are those of a plain walk over the log, after gaps, late entries, corrections, restarts', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 2, maxLength: 18 }), (steps) => {
      const books = createJudgeBooks()
      live(books, steps, (now) => check(books, now))
      books.close()
    }),
    RUNS,
  )
})

function check(books: ReturnType<typeof createJudgeBooks>, now: number): void {
  const { judge, store, corrections } = books
  for (const compiled of judge().evaluator.objectives) {
    const spending = spendingNow(judge(), compiled, now)
    const { budgeting, window } = compiled.objective
    if (budgeting === undefined || window.kind !== 'rolling') throw new Error('Expected slices over a rolling window')
    const end = Math.floor(now / 60_000) * SLICE
    const sums = { bad: 0, valid: 0, unread: 0 }
    let before: number | undefined
    let heard = false
    for (let start = NOON / 1000 - 600; start < end; start += SLICE) {
      const found = walk(store(), start)
      heard ||= found.read
      if (!heard) continue
      const meant = { ignore: undefined, good: 0, bad: 1_000_000, hold: before }[budgeting.onNoData]
      const own =
        budgeting.method === 'timeslices'
          ? (found.valid - found.bad) * 1_000_000 >= found.valid * budgeting.sliceTargetPpm
            ? 0
            : 1_000_000
          : found.valid === 0
            ? undefined
            : Number((BigInt(found.bad) * 1_000_000n) / BigInt(found.valid))
      const value = found.read ? own : meant
      before = value
      const isOut = corrections().some(
        ({ from, to }) =>
          Math.floor(from / SLOT) * SLOT < (start + SLICE) * 1000 && Math.ceil(to / SLOT) * SLOT > start * 1000,
      )
      if (start < end - window.ms / 1000 || isOut) continue
      if (!found.read) sums.unread++
      if (value === undefined) continue
      sums.bad += value
      sums.valid += 1_000_000
    }
    const unit = budgeting.method === 'timeslices' ? 1_000_000 : 1
    expect({ bad: spending.bad, valid: spending.valid, unread: spending.unread }, compiled.id).toEqual({
      bad: sums.bad / unit,
      valid: sums.valid / unit,
      unread: sums.unread,
    })
  }
}

function walk(store: ReturnType<ReturnType<typeof createJudgeBooks>['store']>, from: number) {
  const found = { bad: 0, valid: 0, read: false }
  for (const { body } of store.rows(from, from + SLICE)) {
    unpackEntries(body, (_account, good, slow, error, excluded, marks) => {
      const { bad, valid } = tally('experience', [good, slow, error, excluded])
      found.bad += isReversal(marks) ? -bad : bad
      found.valid += isReversal(marks) ? -valid : valid
      found.read ||= isCovered(marks)
    })
  }
  return found
}
