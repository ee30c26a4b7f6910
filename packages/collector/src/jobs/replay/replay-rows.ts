import { type Grid, isReversal, type StoredRow, slotAt, unpackEntries } from '@tabiji/core/ledger'
import { HOUR } from '@tabiji/core/time'

/**
 * What a replay knows at a moment: `then`, what had been booked and decided by that time, as the daemon saw it; `now`, what the
 * books hold today, each entry from the end of its slot on.
 */
export type Knowledge = 'then' | 'now'

/** A row of the log, and from when on it is known, milliseconds. */
export type ReplayRow = StoredRow & { readonly knownAt: number }

/** Rows of the log in memory: those between the earliest window edge and the present of the replay. */
export type ReplayRows = {
  /** Takes the present on. @returns the rows that have become known since the last time, in the order in which they did */
  advance(now: number): readonly ReplayRow[]
  /** Rows of slots that start in [from, to), seconds, as far as they are known; ascending by slot. */
  known(from: number, to: number): Iterable<ReplayRow>
  /** Seconds: to how wide slots the day that holds the time was put together since it was booked; 0 when it was not. */
  widenedAt(at: number): number
  /** Events of the rows that were looked through, whether they are known yet or not. */
  booked(): BookedEvents
  /** Forgets slots that start before the time (seconds): nothing asks for them any more. */
  leave(before: number): void
}

export type BookedEvents = {
  readonly events: number
  /** Those of them that were booked an hour or more after their slot: imported, or told late. */
  readonly late: number
}

export type ReplayRowRules = {
  readonly grid: Grid
  readonly knowledge: Knowledge
  /** Seconds; no slot before it is asked for. */
  readonly from: number
  /** Seconds; events of slots from there on are counted. */
  readonly countFrom: number
  readonly isCounted: (account: number) => boolean
}

const DAY_SECONDS = 86_400

type Day = { readonly start: number; readonly rows: readonly ReplayRow[]; readonly widened: number }

/** @param rows rows of the log, ascending by slot */
export function createReplayRows(
  rows: (from: number, to: number) => Iterable<StoredRow>,
  rules: ReplayRowRules,
): ReplayRows {
  let days: Day[] = []
  let waiting: ReplayRow[] = []
  const booked = { events: 0, late: 0 }
  let loadedTo = rules.from
  let present = 0
  const load = () => {
    const end = nextDay(loadedTo)
    const day = readDay(rows(loadedTo, end), loadedTo, rules)
    for (const row of day.rows) if (row.start >= rules.countFrom) countEvents(booked, row, rules)
    days.push(day)
    waiting = [...waiting, ...day.rows].sort((a, b) => a.knownAt - b.knownAt || a.id - b.id)
    loadedTo = end
  }
  return {
    advance: (now) => {
      present = now
      while (loadedTo * 1000 <= now) load()
      const next = waiting.findIndex(({ knownAt }) => knownAt > now)
      return waiting.splice(0, next === -1 ? waiting.length : next)
    },
    *known(first, end) {
      for (const { start, rows: ofDay } of days) {
        if (start >= end || (ofDay.at(-1)?.start ?? 0) < first) continue
        for (let i = firstFrom(ofDay, first); i < ofDay.length; i++) {
          const row = ofDay[i] as ReplayRow
          if (row.start >= end) break
          if (row.knownAt <= present) yield row
        }
      }
    },
    widenedAt: (at) => days[dayOf(at) - dayOf(days[0]?.start ?? 0)]?.widened ?? 0,
    booked: () => booked,
    leave: (before) => {
      const kept = days.filter(({ start }) => nextDay(start) > before)
      if (kept.length === days.length) return
      days = kept
      waiting = waiting.filter(({ start }) => start >= (kept[0]?.start ?? before))
    },
  }
}

const dayOf = (at: number) => Math.floor(at / DAY_SECONDS)
const nextDay = (at: number) => (dayOf(at) + 1) * DAY_SECONDS

function readDay(rows: Iterable<StoredRow>, start: number, { grid, knowledge }: ReplayRowRules): Day {
  let widened = 0
  const told: ReplayRow[] = []
  for (const row of rows) {
    const ended = (row.start + row.width) * 1000
    // A row is wider than its age made it when it was booked only because rows were put together since.
    const wide = row.width > slotAt(grid, row.start * 1000, row.committedAt).width
    // What was read of a slot in part stands in a row as wide as that; the slot itself is one of the grid's.
    if (wide) widened = Math.max(widened, grid.find(({ width }) => width >= row.width)?.width ?? row.width)
    const knownAt = knowledge === 'now' ? ended : wide ? Math.max(row.committedAt, ended) : row.committedAt
    told.push({ ...row, knownAt })
  }
  return { start, rows: told, widened }
}

function countEvents(booked: { events: number; late: number }, row: ReplayRow, { isCounted }: ReplayRowRules): void {
  const isLate = row.committedAt - (row.start + row.width) * 1000 >= HOUR
  unpackEntries(row.body, (account, good, slow, error, _excluded, marks) => {
    if (!isCounted(account)) return
    const events = (isReversal(marks) ? -1 : 1) * (good + slow + error)
    booked.events += events
    if (isLate) booked.late += events
  })
}

/** The position of the first row of a slot that starts at the time or later, found by halving. */
function firstFrom(rows: readonly ReplayRow[], at: number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((rows[middle] as ReplayRow).start < at) low = middle + 1
    else high = middle
  }
  return low
}
