import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openOn, podOf, START } from '../../../packages/collector/src/jobs/testing/ledger-on-file.ts'
import { temporaryFolder } from '../../../packages/collector/src/store/testing/temporary-folder.ts'
import { audited, complaintsOf } from '../../../packages/collector/src/testing/audit.ts'
import type { Happening } from '../../../packages/core/src/ledger/testing/history.ts'
import { anyPlay, bookedIn, bothWays, type Play, playOnFile, type Stage, sumOf } from './testing/play-on-file.ts'

const FULL = process.env['TABIJI_FULL'] === '1'
const RUNS = FULL ? 600 : 12
const TIMEOUT = FULL ? 1_200_000 : 60_000
const HOUR = 3_600_000

/** Plays many histories, each on a file of its own. */
function always(plays: fc.Arbitrary<Play>, run: (play: Play, file: string) => void, numRuns = RUNS): void {
  const folder = temporaryFolder()
  // A new store is copied, because it takes longer to make one than to play on it.
  const fresh = join(folder, 'fresh.db')
  openOn(fresh).close()
  let files = 0
  fc.assert(
    fc.property(plays, (play) => {
      const file = join(folder, `${files++}.db`)
      copyFileSync(fresh, file)
      run(play, file)
    }),
    { numRuns },
  )
}

/** Edges, a walk over the log and the auditor, who reads the file from outside by a reader of his own. */
function expectBalance(stage: Stage): void {
  for (const [name, edges, walk] of bothWays(stage)) expect(edges, name).toEqual(walk)
  expect(complaintsOf(stage.file)).toEqual([])
}

type Table = readonly (readonly number[])[]
type Life = Stage['world']['lives'][number]

/** The play with an id for every process, and the collector's clock set by other amounts than drawn. */
function withIds({ plan, interludes }: Play, amount = (ms: number) => ms): Play {
  const places = plan.places.map((place) => ({ ...place, identified: true }))
  const happenings = plan.happenings.map((each) =>
    each.kind === 'set_clock' ? { ...each, ms: amount(each.ms) } : each,
  )
  return { plan: { places, happenings }, interludes }
}

const baselineOf = ({ baseline, firstTold }: Pick<Life, 'baseline' | 'firstTold'>): Table | undefined =>
  baseline ? firstTold : undefined

const less = (table: Table, other: Table | undefined): number[][] =>
  table.map((row, step) => row.map((n, i) => n - (other?.[step]?.[i] ?? 0)))

describe('for all histories of services, on a file that is closed and opened again now and then', {
  timeout: TIMEOUT,
}, () => {
  test('edges, the log and the auditor agree after every step, and never more is booked than happened', () => {
    always(anyPlay({ clock: true, maxLength: 40 }), (play, file) => {
      playOnFile(file, play, (stage) => {
        expectBalance(stage)
        const happened = sumOf(stage.world.lives.map(({ counts }) => counts))
        for (const [step, row] of bookedIn(stage.open).entries())
          for (const [i, booked] of row.entries()) expect(booked).toBeLessThanOrEqual(happened[step]?.[i] ?? 0)
      })
    })
  })

  test('exactly the highest that each process with an id was heard to say is booked, less its baseline', () => {
    always(anyPlay({ clock: true, maxLength: 40 }), (play, file) => {
      playOnFile(file, withIds(play, Math.abs), ({ open, world }) => {
        expect(bookedIn(open)).toEqual(sumOf(world.lives.map(({ told, ...life }) => less(told, baselineOf(life)))))
      })
    })
  })

  test('a clock that is set back may make a new process look unknown, which leaves out what it first said at most', () => {
    always(anyPlay({ clock: true, maxLength: 40 }), (play, file) => {
      playOnFile(file, withIds(play), ({ open, world }) => {
        const most = sumOf(world.lives.map(({ told, ...life }) => less(told, baselineOf(life))))
        const least = sumOf(world.lives.map(({ told, firstTold }) => less(told, firstTold)))
        for (const [step, row] of bookedIn(open).entries())
          for (const [i, booked] of row.entries()) {
            expect(booked).toBeLessThanOrEqual(most[step]?.[i] ?? 0)
            expect(booked).toBeGreaterThanOrEqual(least[step]?.[i] ?? 0)
          }
      })
    })
  })

  test('nothing is lost of those that are read or hand over as the last thing that they do', () => {
    always(anyPlay({ clock: false, maxLength: 40 }), ({ plan, interludes }, file) => {
      const places = plan.places.map((place) => ({ ...place, startsBeforeBirth: false }))
      const happenings = plan.happenings.flatMap((each): readonly Happening[] =>
        each.kind === 'restart'
          ? [
              { kind: 'read', place: each.place, keep: false },
              { ...each, handOver: true },
            ]
          : [each],
      )
      const play = { plan: { places, happenings }, interludes }
      const { lives } = playOnFile(file, play, expectBalance, true)
      const open = openOn(file)
      const booked = bookedIn(open)
      open.close()
      expect(booked).toEqual(sumOf(lives.map(({ counts }) => counts)))
      expect(complaintsOf(file)).toEqual([])
    })
  })

  test('the auditor never cries wolf', () => {
    always(
      anyPlay({ clock: true, maxLength: 25 }),
      (play, file) => {
        playOnFile(file, play, () => {})
        expect(complaintsOf(file)).toEqual([])
      },
      FULL ? 2_000 : 200,
    )
  })
})

describe('a hand-over that comes days late', () => {
  const stepOf = (good: number) =>
    [{ journey: 'measure-feet', step: 'upload', role: 'own', counts: [good, 0, 0, 0] }] as const

  test('goes to its own day, below all points and edges that were saved since', () => {
    const file = join(temporaryFolder(), 'tabiji.db')
    const open = openOn(file)
    for (let hour = 1; hour <= 100; hour++) {
      const now = START + hour * HOUR
      open.ledger.book([{ speaker: podOf('steady'), at: now, steps: stepOf(hour * 10) }], now)
      open.ledger.windowEdge(24 * HOUR, now)
      open.ledger.checkpoint(now)
    }
    const now = START + 100 * HOUR
    const dayOf = (at: number) => Math.floor(at / 86_400_000) * 86_400
    const before = open.ledger.pointAt(dayOf(now)).rows[0] ?? 0
    const late = { speaker: podOf('gone', START), at: START + HOUR, steps: stepOf(7) }
    open.ledger.book([late], now)
    expect(open.ledger.pointAt(dayOf(now)).rows[0]).toBe(before + 7)
    expect(open.ledger.books.total.rows[0]).toBe(1_007)
    open.close()
    const { disagreements, points, edges } = audited(file)
    expect({ disagreements, points, edges }).toEqual({ disagreements: [], points: 5, edges: 2 })
  })
})
