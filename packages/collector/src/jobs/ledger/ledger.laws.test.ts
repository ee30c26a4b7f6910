import { join } from 'node:path'
import { type Edge, eachAccount, edgeAt, type Reading } from '@tabiji/core/ledger'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import {
  BIRTH,
  GRID,
  type LedgerOnFile,
  openOn,
  podOf,
  rowsOf,
  sumsOf,
  withoutEmptyEnd,
} from '../testing/ledger-on-file.ts'

const FULL = process.env['TABIJI_FULL'] === '1'
const RUNS = FULL ? 600 : 20
const TIMEOUT = FULL ? 1_200_000 : 60_000
const DAY = 86_400
const WINDOWS = [60, 300, 3_600, DAY, 30 * DAY]
const STEPS = ['start', 'upload']

/** What may happen to a collector and three places in which one process after another lives. */
type Happening =
  | {
      readonly kind: 'events'
      readonly place: number
      readonly step: number
      readonly outcome: number
      readonly n: number
    }
  /** Places are read and booked in one commit; the reading may be kept back and come later. */
  | { readonly kind: 'read'; readonly places: readonly number[]; readonly keep: boolean }
  | { readonly kind: 'arrive'; readonly pick: number }
  | { readonly kind: 'restart'; readonly place: number }
  | { readonly kind: 'checkpoint' }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'set_clock'; readonly ms: number }

const place = fc.nat(2)
const n = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5_000 }))
const kindOf = <const K extends string>(kind: K) => fc.constant(kind)
const anyHappening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: kindOf('events'), place, step: fc.nat(1), outcome: fc.nat(3), n }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: kindOf('read'),
      places: fc.uniqueArray(place, { minLength: 1 }),
      keep: fc.constantFrom(false, false, true),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: kindOf('arrive'), pick: fc.nat(100) }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('restart'), place }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('checkpoint') }) },
  { weight: 1, arbitrary: fc.record({ kind: kindOf('reopen') }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: kindOf('set_clock'), ms: fc.integer({ min: -7_200_000, max: 7_200_000 }) }),
  },
)
const anyWait = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 1, max: 20_000 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 600_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 2 * DAY * 1000 }) },
)
const anyPlay = fc.array(fc.tuple(anyWait, anyHappening), { minLength: 5, maxLength: 40, size: 'max' })

type World = {
  open: LedgerOnFile
  now: number
  readonly lives: number[][][]
  readonly here: number[]
  readonly kept: Reading[]
}

function readingOf(world: World, at: number): Reading {
  const life = world.here[at] ?? 0
  const steps = STEPS.map((step, i) => {
    const [good = 0, slow = 0, error = 0, excluded = 0] = world.lives[life]?.[i] ?? []
    return { journey: 'measure-feet', step, role: 'own', counts: [good, slow, error, excluded] } as const
  })
  return { speaker: podOf(`life-${life}`, BIRTH + 1_000), at: world.now, steps }
}

function happen(world: World, file: string, happening: Happening): void {
  const { open } = world
  switch (happening.kind) {
    case 'events': {
      const row = world.lives[world.here[happening.place] ?? 0]?.[happening.step]
      if (row !== undefined) row[happening.outcome] = (row[happening.outcome] ?? 0) + happening.n
      return
    }
    case 'read': {
      const readings = happening.places.map((at) => readingOf(world, at))
      if (happening.keep) world.kept.push(...readings)
      else open.ledger.book(readings, world.now)
      return
    }
    case 'arrive': {
      const reading = world.kept[happening.pick % Math.max(1, world.kept.length)]
      if (reading !== undefined) open.ledger.book([reading], world.now)
      return
    }
    case 'restart':
      world.here[happening.place] = world.lives.push(STEPS.map(() => [0, 0, 0, 0])) - 1
      return
    case 'checkpoint':
      open.ledger.checkpoint(world.now)
      return
    case 'reopen':
      open.close()
      world.open = openOn(file)
      return
    case 'set_clock':
      world.now += happening.ms
  }
}

/** Plays until its end; `check` looks at the world after each happening. */
function play(steps: readonly (readonly [number, Happening])[], file: string, check: (world: World) => void): void {
  const lives = [0, 1, 2].map(() => STEPS.map(() => [0, 0, 0, 0]))
  const world: World = { open: openOn(file), now: BIRTH + 2_000, lives, here: [0, 1, 2], kept: [] }
  try {
    for (const [wait, happening] of steps) {
      world.now += wait
      happen(world, file, happening)
      check(world)
    }
  } finally {
    world.open.close()
  }
}

/** Plays many, each on a file of its own. */
function always(check: (world: World) => void): void {
  const folder = temporaryFolder()
  let files = 0
  fc.assert(
    fc.property(anyPlay, (steps) => play(steps, join(folder, `${files++}.db`), check)),
    { numRuns: RUNS },
  )
}

/** The log's rows from a time on, walked and added up. */
const walk = ({ open }: World, from: number) => withoutEmptyEnd(sumsOf(open.store.rows(from, Number.MAX_SAFE_INTEGER)))
const since = ({ open }: World, edge: Edge) => rowsOf(open.ledger.books.total.rows, edge.rows)

describe('after everything that may happen to a ledger on a file', { timeout: TIMEOUT }, () => {
  test('each window is what a walk over the log says, and begins where it should', () => {
    always((world) => {
      expect(rowsOf(world.open.ledger.books.total.rows)).toEqual(walk(world, 0))
      for (const seconds of WINDOWS) {
        const edge = world.open.ledger.windowEdge(seconds * 1000, world.now)
        expect(edge.at).toBe(edgeAt(GRID, seconds * 1000, world.now))
        expect(since(world, edge), `${seconds} s`).toEqual(walk(world, edge.at))
      }
    })
  })

  test('so is each point of the past, whatever came late for it', () => {
    const birthDay = Math.floor(BIRTH / 1000 / DAY)
    always((world) => {
      const today = Math.floor(world.now / 1000 / DAY)
      const now = Math.floor(world.now / 1000)
      // Days have saved points; beside the others is an edge of a window, before it or behind it.
      const days = [birthDay + 1, today - 1, today].map((day) => day * DAY)
      for (const at of [...days, now, now - 45, now - 290, now - 330, now - 2_000, now - 3_700]) {
        const point = world.open.ledger.pointAt(at)
        expect(point.at).toBe(at)
        expect(since(world, point), `${now - at} s ago`).toEqual(walk(world, at))
      }
      const month = world.open.ledger.fixedEdge('month 0', today * DAY - 9 * 3_600)
      expect(since(world, month)).toEqual(walk(world, month.at))
    })
  })

  test('the log holds what the positions say was booked, and no more than happened', () => {
    always((world) => {
      const { store } = world.open
      const positions = store.positions().map(({ counts }) => new Map(eachAccount(counts)))
      const log = walk(world, 0).map((row) => row.slice(0, 4))
      store.accounts().forEach(({ step }, account) => {
        const sum = (rows: readonly (readonly number[] | undefined)[]) =>
          [0, 1, 2, 3].map((i) => rows.reduce((total, row) => total + (row?.[i] ?? 0), 0))
        const happened = sum(world.lives.map((life) => life[STEPS.indexOf(step)]))
        expect(log[account] ?? [0, 0, 0, 0]).toEqual(sum(positions.map((counts) => counts.get(account))))
        expect(happened.every((count, i) => count >= (log[account]?.[i] ?? 0))).toBe(true)
      })
    })
  })
})
