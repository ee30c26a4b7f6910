import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cell, type Edge, moveEdge } from './books.ts'
import { packEntries } from './packing.ts'
import { edgeAt } from './slot.ts'
import { type Desk, openDesk } from './testing/desk.ts'
import { GRID } from './testing/grids.ts'
import {
  type Arrival,
  anyHistory,
  type Happening,
  type HistoryPlan,
  playHistory,
  STEPS,
  type World,
} from './testing/history.ts'

const FULL = process.env['TABIJI_FULL'] === '1'
const RUNS = { numRuns: FULL ? 5_000 : 200 }
/** Four outcomes and the seconds that were read. */
const COLUMN = [0, 1, 2, 3, 4]
const TIMEOUT = FULL ? 1_200_000 : 30_000

type Play = { readonly desk: Desk; readonly world: World }

/** Plays a history through a desk; `check` sees every booking. */
function play(plan: HistoryPlan, check: (desk: Desk, arrival: Arrival, world: World) => void = () => {}): Play {
  const desk = openDesk()
  const world = playHistory(plan, (arrival, present) => {
    desk.book(arrival.reading, arrival.now, arrival.latest)
    check(desk, arrival, present)
  })
  return { desk, world }
}

/** Everything booked, by step and outcome. */
function bookedOf(desk: Desk): number[][] {
  return STEPS.map((step) => {
    const number = desk.books.accounts.findIndex((account) => account.step === step)
    return [...desk.booked(number)]
  })
}

function sumOf(rows: readonly (readonly number[][])[]): number[][] {
  return STEPS.map((_, step) => [0, 1, 2, 3].map((i) => rows.reduce((sum, row) => sum + (row[step]?.[i] ?? 0), 0)))
}

describe('for all histories of processes', () => {
  test('never more is booked than has happened', { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(anyHistory({ clock: true }), (plan) => {
        play(plan, (desk, _, world) => {
          const happened = sumOf(world.lives.map((life) => life.counts))
          for (const [step, row] of bookedOf(desk).entries()) {
            for (const [i, count] of row.entries()) expect(count).toBeLessThanOrEqual(happened[step]?.[i] ?? 0)
          }
        })
      }),
      RUNS,
    )
  })

  test('with ids, exactly the highest that each was heard to say is booked, less its baseline', {
    timeout: TIMEOUT,
  }, () => {
    fc.assert(
      fc.property(anyHistory({ clock: true }), (drawn) => {
        const plan = { ...drawn, places: drawn.places.map((place) => ({ ...place, identified: true })) }
        const { desk, world } = play(plan)
        const heard = world.lives.map(({ told, firstTold, baseline }) => {
          const before = baseline ? firstTold : undefined
          return told.map((row, step) => row.map((count, i) => count - (before?.[step]?.[i] ?? 0)))
        })
        expect(bookedOf(desk)).toEqual(sumOf(heard))
      }),
      RUNS,
    )
  })

  test('that are read once more at their end, with ids or without, nothing is lost', { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(anyHistory(), (drawn) => {
        // No life is older than the ledger, and each is read or hands over as the last thing that it does.
        const places = drawn.places.map((place) => ({ ...place, startsBeforeBirth: false }))
        const happenings = drawn.happenings.flatMap((each): readonly Happening[] => {
          if (each.kind !== 'restart') return [each]
          return [
            { kind: 'read', place: each.place, keep: false },
            { ...each, handOver: true },
          ]
        })
        const plan: HistoryPlan = { places, happenings }
        const { desk, world } = play(plan)
        for (const { reading, now } of world.readAll()) desk.book(reading, now)
        expect(bookedOf(desk)).toEqual(sumOf(world.lives.map((life) => life.counts)))
      }),
      RUNS,
    )
  })

  test('a reading that comes twice changes nothing', { timeout: TIMEOUT }, () => {
    fc.assert(
      fc.property(anyHistory({ clock: true }), (plan) => {
        play(plan, (desk, { reading, now, latest }) => {
          const position = desk.positions.get(reading.speaker.id)
          const again = desk.book(reading, now, latest)
          expect(packEntries(again.entries)).toEqual([])
          expect(again.position).toEqual(position)
        })
      }),
      RUNS,
    )
  })

  test('events are placed no later than now, and no slot is said to be read twice', {
    timeout: TIMEOUT,
  }, () => {
    fc.assert(
      fc.property(anyHistory(), (plan) => {
        const covered = new Set<string>()
        let seen = 0
        play(plan, (desk, { now }) => {
          for (const { account, slot, covered: isRead } of desk.entries.slice(seen)) {
            expect(slot.start * 1000).toBeLessThanOrEqual(now)
            if (!isRead) continue
            const narrow = Array.from({ length: slot.width / 15 }, (_, i) => `${account} ${slot.start + i * 15}`)
            for (const key of narrow) expect(covered.has(key), key).toBe(false)
            for (const key of narrow) covered.add(key)
          }
          seen = desk.entries.length
        })
      }),
      RUNS,
    )
  })
})

test('for all histories, windows by moving edges are what a walk over all entries says', { timeout: TIMEOUT }, () => {
  const windows = [60, 300, 3_600, 86_400, 30 * 86_400]
  fc.assert(
    fc.property(anyHistory({ clock: true }), (plan) => {
      play(plan, (desk, { now }) => {
        for (const window of windows) {
          const at = edgeAt(GRID, window * 1000, now)
          const edge = desk.books.edges.get(String(window)) ?? { at: 0, rows: new Float64Array(0) }
          desk.books.edges.set(String(window), edge)
          moveEdge(edge, at, (from, to) => desk.log.filter(({ start }) => start >= from && start < to))
          expect(byEdges(desk, edge), `${window} s`).toEqual(byWalk(desk, at))
        }
      })
    }),
    { numRuns: FULL ? 2_000 : 60 },
  )
})

function byEdges({ books }: Desk, edge: Edge): number[] {
  return books.accounts.flatMap((_, account) =>
    COLUMN.map((i) => cell(books.total, account, i) - cell(edge, account, i)),
  )
}

function byWalk({ books, entries }: Desk, since: number): number[] {
  const sums = books.accounts.flatMap(() => COLUMN.map(() => 0))
  for (const { account, slot, counts, covered } of entries) {
    if (slot.start < since) continue
    for (const i of COLUMN) {
      const at = account * COLUMN.length + i
      sums[at] = (sums[at] ?? 0) + (counts[i] ?? (covered ? slot.width : 0))
    }
  }
  return sums
}
