import { join } from 'node:path'
import { calendarRange } from '@tabiji/core/budget'
import type { Edge, Reading } from '@tabiji/core/ledger'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLogKeeping } from '../../store/log-keeping.ts'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { BIRTH, type LedgerOnFile, openOn, podOf, rowsOf, sumsOf, withoutEmptyEnd } from '../testing/ledger-on-file.ts'
import { emptyMonth } from '../testing/month.ts'
import { keepBooks } from './keep.ts'

const FULL = process.env['TABIJI_FULL'] === '1'
const RUNS = FULL ? 400 : 12
const DAY = 86_400
const WINDOWS = [60, 300, 3_600, 5 * 3_600 + 15, DAY, 3 * DAY - 15, 7 * DAY]
const STEPS = ['start', 'upload']
const TWO_DAYS = { kind: 'calendar', count: 2, unit: 'd', from: '2026-01-05' } as const
type Happening =
  | { readonly kind: 'read'; readonly place: number; readonly counts: readonly number[]; readonly keep: boolean }
  | { readonly kind: 'arrive'; readonly pick: number }
  | { readonly kind: 'restart'; readonly place: number }
  /** `cut`: a target changes, also in the middle of what will be a wide slot. */
  | { readonly kind: 'checkpoint' | 'reopen' | 'cut' }
  /** The log is kept, at most so many steps of it: a daemon may be stopped after any. */
  | { readonly kind: 'keep'; readonly steps: number }
  | { readonly kind: 'set_clock'; readonly ms: number }

const kindOf = <const K extends string>(kind: K) => fc.constant(kind)
const anyCounts = fc.array(fc.nat(20), { minLength: 8, maxLength: 8 })
const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      kind: kindOf('read'),
      place: fc.nat(2),
      counts: anyCounts,
      keep: fc.constantFrom(false, false, true),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kindOf('arrive'), pick: fc.nat(100) }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('restart'), place: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('checkpoint', 'reopen', 'cut', 'cut') }) },
  { weight: 4, arbitrary: fc.record({ kind: kindOf('keep'), steps: fc.constantFrom(1, 3, 1_000) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: kindOf('set_clock'), ms: fc.integer({ min: -7_200_000, max: 7_200_000 }) }),
  },
)
const anyWait = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 20_000 }) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 600_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 2 * DAY * 1000 }) },
)
const anyPlay = fc.array(fc.tuple(anyWait, anyHappening), { minLength: 5, maxLength: 60, size: 'max' })

/** Five days of readings, the last two still in fine slots: keeping the log at the end must rewrite some of it. */
const mustRewrite: [number, Happening][] = [
  ...new Array<number>(50).fill(DAY * 100).map((wait, i): [number, Happening] => {
    const counts = [3, 1, 1, 0, i, 0, 0, 1]
    return [wait, { kind: 'read', place: i % 3, counts, keep: false }]
  }),
  [1, { kind: 'checkpoint' }],
  [1, { kind: 'keep', steps: 1_000 }],
]

/** Two ledgers that hear the same; only the first is kept. */
type World = {
  kept: LedgerOnFile
  whole: LedgerOnFile
  time: number
  clock: number
  readonly lives: number[][]
  readonly here: number[]
  readonly readings: Reading[]
  readonly cuts: number[]
  rewritten: number
}

const nowOf = ({ time, clock }: World) => time + clock

function keep(world: World, steps: number): void {
  const { ledger, store, database } = world.kept
  const rules = {
    ledger,
    store: { ...store, ...createLogKeeping(database) },
    keepMs: 400 * DAY * 1000,
    timeZone: () => 'Asia/Tokyo',
    cuts: () => world.cuts,
    calendars: () => [TWO_DAYS],
    slices: () => [],
    monthFacts: emptyMonth,
  }
  const run = keepBooks(rules, nowOf(world))
  for (let i = 0; i < steps; i++) {
    const { done, value } = run.next()
    if (done !== true) continue
    world.rewritten += value.rowsBefore - value.rowsAfter
    return
  }
}

function happen(world: World, happening: Happening, files: readonly [string, string]): void {
  const book = (reading: Reading) => {
    for (const { ledger } of [world.kept, world.whole]) ledger.book([reading], nowOf(world))
  }
  switch (happening.kind) {
    case 'read': {
      const life = world.here[happening.place] ?? 0
      const counts = (world.lives[life] ?? []).map((count, i) => count + (happening.counts[i] ?? 0))
      world.lives[life] = counts
      const reading: Reading = {
        speaker: podOf(`life-${life}`, BIRTH + 1_000),
        at: nowOf(world),
        steps: STEPS.map((step, i) => {
          const [good = 0, slow = 0, error = 0, excluded = 0] = counts.slice(4 * i)
          return { journey: 'measure-feet', step, role: 'own', counts: [good, slow, error, excluded] } as const
        }),
      }
      if (happening.keep) world.readings.push(reading)
      else book(reading)
      return
    }
    case 'arrive': {
      const reading = world.readings[happening.pick % Math.max(1, world.readings.length)]
      if (reading !== undefined) book(reading)
      return
    }
    case 'restart':
      world.here[happening.place] = world.lives.push(new Array<number>(8).fill(0)) - 1
      return
    case 'checkpoint':
      for (const { ledger } of [world.kept, world.whole]) ledger.checkpoint(nowOf(world))
      return
    case 'reopen':
      world.kept.close()
      world.whole.close()
      world.kept = openOn(files[0])
      world.whole = openOn(files[1])
      return
    case 'cut':
      world.cuts.push(nowOf(world))
      return
    case 'keep':
      keep(world, happening.steps)
      return
    case 'set_clock':
      // Off the true time by two hours at most, however often it is set.
      world.clock = happening.ms
  }
}

/** Plays many histories on files of their own; `check` looks at both ledgers after each happening. */
function always(check: (world: World) => void): number {
  const folder = temporaryFolder()
  let files = 0
  let rewritten = 0
  fc.assert(
    fc.property(anyPlay, (steps) => {
      const names = [join(folder, `kept-${files}.db`), join(folder, `whole-${files++}.db`)] as const
      const lives = [0, 1, 2].map(() => new Array<number>(8).fill(0))
      const open = { kept: openOn(names[0]), whole: openOn(names[1]) }
      const world: World = {
        ...open,
        time: BIRTH + 2_000,
        clock: 0,
        lives,
        here: [0, 1, 2],
        readings: [],
        cuts: [],
        rewritten: 0,
      }
      try {
        for (const [wait, happening] of steps) {
          world.time += wait
          happen(world, happening, names)
          check(world)
        }
        keep(world, Number.POSITIVE_INFINITY)
        check(world)
      } finally {
        world.kept.close()
        world.whole.close()
      }
      rewritten += world.rewritten
    }),
    // Shrinking plays whole files again for minutes; the seed that is printed finds the history as well.
    { numRuns: RUNS, endOnFailure: true, examples: [[mustRewrite]] },
  )
  return rewritten
}

const allOf = ({ store }: LedgerOnFile, from = 0) => withoutEmptyEnd(sumsOf(store.rows(from, Number.MAX_SAFE_INTEGER)))

describe('a ledger whose log is kept at random moments is, beside one that is not,', {
  timeout: FULL ? 1_200_000 : 60_000,
}, () => {
  test('the same in total, in every window, at every point and in every month', () => {
    const birthDay = Math.floor(BIRTH / 1000 / DAY)
    const rewritten = always((world) => {
      const { kept, whole } = world
      const now = nowOf(world)
      const both = (edgeOf: (open: LedgerOnFile) => Edge, name: string) => {
        const [one, other] = [edgeOf(kept), edgeOf(whole)]
        expect(one.at, name).toBe(other.at)
        expect(rowsOf(one.rows), name).toEqual(rowsOf(other.rows))
      }
      both(({ ledger }) => ledger.books.total, 'total')
      expect(allOf(kept)).toEqual(allOf(whole))
      for (const seconds of WINDOWS) both(({ ledger }) => ledger.windowEdge(seconds * 1000, now), `${seconds} s`)
      const today = Math.floor(now / 1000 / DAY)
      for (const day of [birthDay + 1, birthDay + 2, today - 1, today]) {
        both(({ ledger }) => ledger.pointAt(day * DAY), `day ${day}`)
      }
      for (const ago of [60, 300, 3_600]) {
        both(({ ledger }) => ledger.pointAt(Math.floor((now / 1000 - ago) / 15) * 15), `${ago} s ago`)
      }
      for (const at of world.cuts) {
        both(({ ledger }) => ledger.pointAt(Math.ceil(at / 15_000) * 15), `the cut at ${at}`)
      }
      both(({ ledger }) => ledger.fixedEdge('month 0', today * DAY - 9 * 3_600), 'the month')
      // The present stretch and the one before it, into which something may come late.
      const present = calendarRange(TWO_DAYS, now, 'Asia/Tokyo')
      const before = calendarRange(TWO_DAYS, present.from - 1, 'Asia/Tokyo')
      for (const { from } of [present, before]) {
        both(({ ledger }) => ledger.fixedEdge('two days 0', from / 1000), 'two days')
        both(({ ledger }) => ledger.pointAt(from / 1000), 'the beginning of two days')
      }
    })
    // A law that is never put to the test says nothing: the first history alone rewrites 70 rows.
    expect(rewritten).toBeGreaterThanOrEqual(70)
  })
})
