import {
  type Correction,
  type Evaluator,
  excludedRanges,
  isFor,
  refreshAccounts,
  stretchesOf,
} from '@tabiji/core/budget'
import type { Entry, Grid, LogRow } from '@tabiji/core/ledger'
import type { Tally } from '@tabiji/core/slo'
import { clipRanges, DAY, isInside, type Range, subtractRanges, uniteRanges } from '@tabiji/core/time'
import type { LedgerView } from '../ledger/ledger.ts'
import { coverageIn, type ExcludedCoverage } from './exclusion-coverage.ts'
import { createIndex, type Index, type Sums, scan, tallyRow } from './exclusion-scan.ts'

/** How far ahead recurring corrections are spread out, and how much of it must be left. */
const AHEAD = 8 * DAY
const LEFT = DAY

/** What active corrections take away from budgets. Counts are sums over the log, so raw − excluded is exact. */
export type Exclusions = {
  /**
   * Bad and valid events of an objective in excluded slots that start at `from` (seconds) or later. The sum is kept under
   * the lane's name and moved along with `from`: each call costs the rows that `from` has passed since the last one.
   */
  since(evaluator: Evaluator, id: string, lane: string, from: number, now: number): Tally
  /** The same between two times (seconds) for all objectives that have something excluded, worked out from the log. */
  between(evaluator: Evaluator, from: number, to: number, now: number): Sums
  /** Whether something may be excluded of the objective: then its budget is not the difference of two points alone. */
  isCorrected(evaluator: Evaluator, id: string, now: number): boolean
  /** What the stretches of one correction hold within a stretch (milliseconds), active or not, worked out from the log. */
  inside(evaluator: Evaluator, correction: Correction, within: Range): Inside
  /** How much of a stretch (seconds) is excluded of the objective, and how much of that was read; nothing when none is. */
  covered(evaluator: Evaluator, id: string, within: Range, now: number): ExcludedCoverage | undefined
  /** The time that is excluded of an objective, in seconds, united. */
  ranges(evaluator: Evaluator, id: string, now: number): readonly Range[]
  active(): readonly Correction[]
  /** The same by other corrections, or for another file, for one question: it does not follow what is booked afterwards. */
  tried(corrections?: () => readonly Correction[]): Exclusions
  /** Takes up what was added or withdrawn: reads the log's rows of the time that it changes, and no others. */
  changed(): void
}

type Inside = {
  /** In whole slots, milliseconds. */
  readonly stretches: readonly Range[]
  readonly sums: Sums
  /** Good, slow and failed ones of all steps that its objectives count. */
  readonly events: number
}

const NOTHING: Tally = { bad: 0, valid: 0 }

/** For books that nothing is excluded from. */
export const NO_EXCLUSIONS: Exclusions = {
  isCorrected: () => false,
  since: () => NOTHING,
  between: () => new Map(),
  inside: () => ({ stretches: [], sums: new Map(), events: 0 }),
  covered: () => undefined,
  ranges: () => [],
  active: () => [],
  tried: () => NO_EXCLUSIONS,
  changed: () => undefined,
}

/** The grid's widest slots: corrections are excluded in these; see `stretchesOf`. */
export function widestSlot(grid: Grid): number {
  return Math.max(...grid.map(({ width }) => width))
}

/** The sum of what is excluded in slots that start at `at` or later, by objective. */
type Lane = { at: number; readonly sums: Sums }

type State = {
  index: Index
  /** Milliseconds until which recurring corrections are spread out. */
  until: number
  readonly lanes: Map<string, Lane>
}

type Rows = (from: number, to: number) => Iterable<LogRow>

/** @param corrections all of them, active and withdrawn, as the store has them */
export function createExclusions(ledger: LedgerView, rows: Rows, corrections: () => readonly Correction[]): Exclusions {
  let state: State | undefined
  const active = () => corrections().filter(({ withdrawn }) => withdrawn === undefined)
  const indexOf = (evaluator: Evaluator, until: number): Index => {
    refreshAccounts(evaluator, ledger.books)
    return createIndex(evaluator, rangesOf(evaluator, active(), widestSlot(ledger.grid), until))
  }
  const stateFor = (evaluator: Evaluator, now: number): State => {
    if (state === undefined || state.index.evaluator !== evaluator) {
      state = { index: indexOf(evaluator, now + AHEAD), until: now + AHEAD, lanes: new Map() }
    } else if (now > state.until - LEFT) {
      state.until = now + AHEAD
      replace(state, indexOf(evaluator, state.until), rows)
    }
    return state
  }
  const rangesFor = (evaluator: Evaluator, id: string, now: number) =>
    stateFor(evaluator, now).index.corrected.get(id)?.ranges ?? []
  ledger.onBooked((entries) => {
    if (state === undefined || state.index.corrected.size === 0) return
    refreshAccounts(state.index.evaluator, ledger.books)
    if (state.index.accounts !== ledger.books.accounts.length) {
      state.index = createIndex(state.index.evaluator, state.index.ranges)
    }
    addEntries(state, entries)
  })
  return {
    active,
    isCorrected: (evaluator, id, now) => stateFor(evaluator, now).index.corrected.has(id),
    since: (evaluator, id, lane, from, now) => {
      const known = stateFor(evaluator, now)
      return known.index.corrected.has(id) ? (laneAt(known, lane, from, rows).sums.get(id) ?? NOTHING) : NOTHING
    },
    between: (evaluator, from, to, now) => {
      const { index } = stateFor(evaluator, now)
      const sums: Sums = new Map()
      addExcluded(sums, index, { from, to }, rows, 1)
      return sums
    },
    covered: (evaluator, id, within, now) => {
      const ranges = clipRanges(rangesFor(evaluator, id, now), within)
      return ranges.length === 0 ? undefined : coverageIn(ranges, rows)
    },
    ranges: rangesFor,
    inside: (evaluator, correction, within) => {
      refreshAccounts(evaluator, ledger.books)
      const stretches = clipRanges(stretchesOf(correction, widestSlot(ledger.grid), within), within)
      return { stretches, ...insideOf(evaluator, correction, stretches.map(inSeconds), rows) }
    },
    tried: (others = corrections) => createExclusions({ ...ledger, onBooked: () => undefined }, rows, others),
    changed: () => {
      if (state !== undefined) replace(state, indexOf(state.index.evaluator, state.until), rows)
    },
  }
}

function insideOf(
  evaluator: Evaluator,
  correction: Correction,
  stretches: readonly Range[],
  rows: Rows,
): Omit<Inside, 'stretches'> {
  const own = evaluator.objectives.filter(({ id }) => isFor(correction, id))
  const index = createIndex(evaluator, new Map(own.map(({ id }) => [id, stretches] as const)))
  const sums: Sums = new Map()
  let events = 0
  scan(index, stretches, EVER, rows, (row, fed) => {
    events += row.good + row.slow + row.error
    for (const one of fed) tallyRow(sums, one, row, 1)
  })
  return { sums, events }
}

/** The excluded ranges of each objective that has any, in seconds. */
function rangesOf(
  evaluator: Evaluator,
  active: readonly Correction[],
  width: number,
  until: number,
): ReadonlyMap<string, readonly Range[]> {
  const within = { from: Math.min(until, ...active.map(({ from }) => from - width * 1000)), to: until }
  // Most objectives share their corrections with others; each set of corrections is spread out once.
  const spread = new Map<string, readonly Range[]>()
  const ranges = evaluator.objectives.map(({ id }) => {
    const own = active.filter((one) => isFor(one, id))
    const set = own.map(({ key }) => key).join(' ')
    const seconds = spread.get(set) ?? excludedRanges(own, width, within).map(inSeconds)
    spread.set(set, seconds)
    return [id, seconds] as const
  })
  return new Map(ranges.filter(([, each]) => each.length > 0))
}

const inSeconds = ({ from, to }: Range): Range => ({ from: Math.floor(from / 1000), to: Math.ceil(to / 1000) })

/** Puts other ranges in force: every sum gains what they hold more and loses what they hold less. */
function replace(state: State, next: Index, rows: Rows): void {
  const before = state.index
  state.index = next
  for (const id of before.corrected.keys()) {
    if (!next.corrected.has(id)) for (const lane of state.lanes.values()) lane.sums.delete(id)
  }
  const changes = new Map(
    [...next.corrected].flatMap(([id, { ranges }]) => {
      const old = before.corrected.get(id)?.ranges ?? []
      const change = { gained: subtractRanges(ranges, old), lost: subtractRanges(old, ranges) }
      return change.gained.length + change.lost.length === 0 ? [] : [[id, change] as const]
    }),
  )
  const touched = uniteRanges([...changes.values()].flatMap(({ gained, lost }) => [...gained, ...lost]))
  scan(next, touched, EVER, rows, (row, fed) => {
    for (const one of fed) {
      const change = changes.get(one.id)
      if (change === undefined) continue
      const sign = isInside(change.gained, row.start) ? 1 : isInside(change.lost, row.start) ? -1 : 0
      if (sign === 0) continue
      for (const lane of state.lanes.values()) if (row.start >= lane.at) tallyRow(lane.sums, one, row, sign)
    }
  })
}

const EVER: Range = { from: 0, to: Number.MAX_SAFE_INTEGER }

const emptyLane = (): Lane => ({ at: EVER.to, sums: new Map() })

/**
 * A lane that is further behind, because nobody asked for it or a month ended, is worked out anew: old slots are kept in
 * wider ones, and a lane may have stopped inside what has become one of these. Seconds; widening keeps a day's distance.
 */
const LONGEST_STRIDE = 43_200

/** The lane with its beginning at `from`: what it passes is taken out of its sums, or put back when the clock went back. */
function laneAt(state: State, name: string, from: number, rows: Rows): Lane {
  const known = state.lanes.get(name)
  const lane = known === undefined || Math.abs(from - known.at) > LONGEST_STRIDE ? emptyLane() : known
  state.lanes.set(name, lane)
  if (lane.at === from) return lane
  const [passed, sign] =
    lane.at < from ? ([{ from: lane.at, to: from }, -1] as const) : ([{ from, to: lane.at }, 1] as const)
  addExcluded(lane.sums, state.index, passed, rows, sign)
  lane.at = from
  return lane
}

/** Adds what is excluded within a stretch (seconds) to sums, or takes it out of them. */
function addExcluded(sums: Sums, index: Index, within: Range, rows: Rows, sign: 1 | -1): void {
  scan(index, index.all, within, rows, (row, fed) => {
    for (const one of fed) if (isInside(one.ranges, row.start)) tallyRow(sums, one, row, sign)
  })
}

function addEntries({ index, lanes }: State, entries: readonly Entry[]): void {
  for (const { account, slot, counts, reversal } of entries) {
    for (const one of index.byAccount.get(account) ?? []) {
      if (!isInside(one.ranges, slot.start)) continue
      const [good, slow, error] = counts
      const row = { start: slot.start, good, slow, error }
      for (const lane of lanes.values()) {
        if (slot.start >= lane.at) tallyRow(lane.sums, one, row, reversal ? -1 : 1)
      }
    }
  }
}
