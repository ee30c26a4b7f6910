import {
  type CompiledObjective,
  closeSlices,
  createSliceBook,
  type Evaluator,
  forgetSlices,
  judgeSlice,
  refreshAccounts,
  type SliceBook,
  type SliceSums,
  setSlice,
  sumSlices,
} from '@tabiji/core/budget'
import { type Budgeting, longestWindow } from '@tabiji/core/journey'
import { coveredSeconds, floorTo, isCovered, isReversal, type LogRow, unpackEntries } from '@tabiji/core/ledger'
import { INDICATOR } from '@tabiji/core/slo'
import { DAY, type Range, uniteRanges } from '@tabiji/core/time'
import type { LedgerView } from '../ledger/ledger.ts'

/** The slices of objectives whose budgets are kept in them. Times in seconds. */
export type Slices = {
  /** Slices that begin in [from, to) and are over by now, by what was booked until now. */
  between(evaluator: Evaluator, compiled: CompiledObjective, from: number, to: number, now: number): SliceSums
}

/** For books of objectives that count events only. */
export const NO_SLICES: Slices = {
  between: (_, { id }) => {
    throw new Error(`Expected somebody to keep the slices of ${id}`)
  },
}

/** An objective with the slices that its windows need, and those of which something was booked since they were judged. */
type Lane = {
  readonly compiled: CompiledObjective
  readonly budgeting: Budgeting
  readonly book: SliceBook
  readonly dirty: Set<number>
}

type Rows = (from: number, to: number) => Iterable<LogRow>

/** The file in force, and one that an earlier month is told by. */
const MOST_FILES = 2

/** Room that is left behind the longest window: a clock may go back, and months are asked for from their first day on. */
const SPARE_SECONDS = (32 * DAY) / 1000

/**
 * Keeps the verdict of every slice that is over. Each is judged once from the log when its time is over, and again when
 * something of its time comes later: so a window costs the difference of two sums, and a late entry its own slice.
 */
export function createSlices(ledger: LedgerView, rows: Rows): Slices {
  const known = new Map<Evaluator, Map<string, Lane>>()
  ledger.onBooked((entries) => {
    for (const { book, dirty } of [...known.values()].flatMap((lanes) => [...lanes.values()])) {
      let last: number | undefined
      for (const { slot } of entries) {
        if (slot.start === last) continue
        last = slot.start
        dirty.add(floorTo(slot.start, book.width))
      }
    }
  })
  const lanesOf = (evaluator: Evaluator, now: number) => {
    refreshAccounts(evaluator, ledger.books)
    const lanes = known.get(evaluator) ?? openLanes(evaluator, now, ledger, rows)
    // The one that was asked last stands last, and whoever has not been asked for the longest goes.
    known.delete(evaluator)
    known.set(evaluator, lanes)
    for (const oldest of known.keys()) if (known.size > MOST_FILES) known.delete(oldest)
    return lanes
  }
  return {
    between: (evaluator, compiled, from, to, now) => {
      const lane = lanesOf(evaluator, now).get(compiled.id)
      if (lane === undefined) throw new Error(`Expected ${compiled.id} to be kept in slices`)
      // What nobody looks back at any more is worked out from the log, as a month of long ago is.
      if (from < lane.book.from) return sumOnce(lane, from, to, ledger, rows)
      bringUpToDate(lane, Math.floor(now / 1000), rows)
      forgetSlices(lane.book, reachOf(compiled, now))
      return sumSlices(lane.book, from, Math.min(to, floorTo(now / 1000, lane.book.width)))
    },
  }
}

function openLanes(evaluator: Evaluator, now: number, ledger: LedgerView, rows: Rows): Map<string, Lane> {
  const sliced = evaluator.objectives.flatMap((compiled) => {
    const { budgeting } = compiled.objective
    return budgeting === undefined ? [] : [laneOf(compiled, budgeting, reachOf(compiled, now), ledger)]
  })
  judgeAll(sliced, Math.floor(now / 1000), rows)
  return new Map(sliced.map((lane) => [lane.compiled.id, lane]))
}

function laneOf(compiled: CompiledObjective, budgeting: Budgeting, from: number, ledger: LedgerView): Lane {
  const begin = floorTo(from, budgeting.sliceMs / 1000)
  const point = ledger.pointAt(begin)
  const isKnown = compiled.accounts.some((account) => coveredSeconds({ at: 0, rows: NOTHING }, point, account) > 0)
  return { compiled, budgeting, book: createSliceBook(budgeting, begin, isKnown), dirty: new Set() }
}

const NOTHING = new Float64Array(0)

/** Seconds: how far back anything of the objective looks, with room to spare. */
function reachOf({ objective, pairs }: CompiledObjective, now: number): number {
  const windows = pairs.map(({ pair }) => pair.longMs)
  if (objective.window.kind !== 'month') windows.push(longestWindow(objective.window))
  return Math.max(0, Math.floor((now - Math.max(0, ...windows)) / 1000) - SPARE_SECONDS)
}

function sumOnce(lane: Lane, from: number, to: number, ledger: LedgerView, rows: Rows): SliceSums {
  const once = laneOf(lane.compiled, lane.budgeting, from, ledger)
  judgeAll([once], to, rows)
  return sumSlices(once.book, from, to)
}

/** Judges every slice of new lanes that is over, in one walk through the log. */
function judgeAll(lanes: readonly Lane[], until: number, rows: Rows): void {
  for (const { book } of lanes) closeSlices(book, until)
  const from = Math.min(...lanes.map(({ book }) => book.from))
  if (lanes.length > 0) judgeRows(lanes, [{ from, to: Number.MAX_SAFE_INTEGER }], rows)
}

/** Judges the slices that something was booked into, those among them that are over. */
function bringUpToDate(lane: Lane, until: number, rows: Rows): void {
  const { book, dirty } = lane
  closeSlices(book, until)
  const end = book.from + book.length * book.width
  const due = [...dirty].filter((start) => start + book.width <= end)
  if (due.length === 0) return
  const ranges = uniteRanges(due.map((start) => ({ from: start, to: start + book.width })))
  for (const start of due) dirty.delete(start)
  judgeRows([lane], ranges, rows)
}

type Found = { bad: number; valid: number; read: boolean }

function judgeRows(lanes: readonly Lane[], ranges: readonly Range[], rows: Rows): void {
  const found = new Map<Lane, Map<number, Found>>(lanes.map((lane) => [lane, new Map()]))
  const fed = new Map<number, Lane[]>()
  for (const lane of lanes) {
    for (const account of lane.compiled.accounts) fed.set(account, [...(fed.get(account) ?? []), lane])
  }
  for (const { from, to } of ranges) {
    for (const { start, body } of rows(from, to)) {
      unpackEntries(body, (account, good, slow, error, _excluded, marks) => {
        const sign = isReversal(marks) ? -1 : 1
        for (const lane of fed.get(account) ?? []) {
          const slice = sliceAt(found.get(lane) as Map<number, Found>, floorTo(start, lane.book.width))
          const { bad, valid } = INDICATOR[lane.compiled.objective.indicator]
          slice.bad += sign * (good * bad[0] + slow * bad[1] + error * bad[2])
          slice.valid += sign * (good * valid[0] + slow * valid[1] + error * valid[2])
          slice.read ||= isCovered(marks) && sign > 0
        }
      })
    }
  }
  for (const [{ book, budgeting, dirty }, slices] of found) {
    const end = book.from + book.length * book.width
    for (const [start, slice] of slices) {
      // One that is not over yet is judged when it is.
      if (start >= end) dirty.add(start)
      else setSlice(book, start, judgeSlice(budgeting, slice, slice.read))
    }
  }
}

function sliceAt(slices: Map<number, Found>, start: number): Found {
  const known = slices.get(start) ?? { bad: 0, valid: 0, read: false }
  slices.set(start, known)
  return known
}
