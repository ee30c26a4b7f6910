import { calendarRange } from '@tabiji/core/budget'
import type { CalendarWindow } from '@tabiji/core/journey'
import { floorTo, wideningDue } from '@tabiji/core/ledger'
import type { MonthFacts } from '@tabiji/core/report'
import { addMonths, monthOf, monthRange } from '@tabiji/core/time'
import type { LedgerStore } from '../../ports/ledger-store.ts'
import type { LogKeeping } from '../../ports/log-keeping.ts'
import type { Ledger } from './ledger.ts'

export type KeepRules = {
  readonly ledger: Ledger
  readonly store: LogKeeping & Pick<LedgerStore, 'lastRow' | 'keptFrom'>
  /** How long entries are kept, milliseconds. */
  readonly keepMs: number
  readonly timeZone: () => string
  /** Moments (milliseconds) inside months at which something was cut, such as a target that changed. */
  readonly cuts: () => readonly number[]
  /** Windows by calendar, other than the month, that budgets have. */
  readonly calendars: () => readonly CalendarWindow[]
  /** Seconds: slices that budgets are kept in. No slot may become wider than one while its objective lives. */
  readonly slices: () => readonly number[]
  /** A complete month as it would be told now. */
  readonly monthFacts: (month: string, now: number) => Generator<void, MonthFacts, void>
}

/** What a run did to the log. */
export type Kept = { rowsBefore: number; rowsAfter: number; swept: number; months: number }

/** How far the clock may go back without an edge meeting a slot that was widened: a day is more than any zone or mistake. */
const RESERVE_SECONDS = 86_400

/** About what is unpacked and packed again in some ten milliseconds. */
const STEP_BYTES = 128 * 1024
const STEP_ROWS = 2_000

/**
 * Keeps old entries in wider slots, and lets go of what is older than it must be kept. Each step is one short transaction;
 * whoever runs it does something else in between, and may stop after any.
 */
export function* keepBooks(rules: KeepRules, now: number): Generator<void, Kept, void> {
  const { ledger, store } = rules
  const kept: Kept = { rowsBefore: 0, rowsAfter: 0, swept: 0, months: 0 }
  const due = stretchesDue(rules, now)
  const horizon = horizonOf(rules, now)
  if (due.length === 0 && horizon === undefined && store.keptFrom() === 0) return kept
  for (const { width, before } of due) leaveEdges(ledger, ({ at }) => at < before && at % width !== 0)
  // From here on every row up to this one is in the saved edges, so it does not matter to them how it is written.
  ledger.checkpoint(now)
  const upTo = store.lastRow()
  for (const { width, from, before } of due) {
    const cuts = cutsBetween(rules, from, before)
    for (let at = from; at < before; ) {
      const { to, rowsBefore, rowsAfter } = store.widen({ width, from: at, before, cuts, upTo, mostBytes: STEP_BYTES })
      kept.rowsBefore += rowsBefore
      kept.rowsAfter += rowsAfter
      at = to
      yield
    }
  }
  if (horizon !== undefined) {
    const months = yield* monthsBefore(rules, horizon, now)
    store.forget({ point: ledger.pointAt(horizon / 1000), months })
    leaveEdges(ledger, ({ at }) => at < horizon / 1000)
    kept.months = months.length
    yield
  }
  for (let swept = STEP_ROWS; swept === STEP_ROWS; ) {
    swept = store.sweep(upTo, STEP_ROWS)
    kept.swept += swept
    yield
  }
  return kept
}

/** An edge that is not kept in memory is worked out again when it is asked for. */
function leaveEdges({ books }: Ledger, isLeft: (edge: { readonly at: number }) => boolean): void {
  for (const [name, edge] of books.edges) if (isLeft(edge)) books.edges.delete(name)
}

function stretchesDue({ ledger, store, slices }: KeepRules, now: number) {
  const first = store.firstSlot()
  if (first === undefined) return []
  const kept = slices()
  return wideningDue(ledger.grid, now, RESERVE_SECONDS)
    .filter(({ width }) => kept.every((slice) => slice % width === 0))
    .map(({ width, before }) => ({ width, before, from: Math.max(store.widenedTo(width), floorTo(first, width)) }))
    .filter(({ from, before }) => from < before)
}

/** Seconds at which points must stay exact: beginnings of months and of other periods of the calendar, and where one is cut. */
function cutsBetween(
  { ledger, timeZone, cuts, calendars }: KeepRules,
  from: number,
  before: number,
): readonly number[] {
  const { width } = ledger.grid[0]
  const moments = cuts().map((at) => Math.ceil(at / 1000 / width) * width)
  for (let month = monthOf(from * 1000, timeZone()); ; month = addMonths(month, 1)) {
    const start = monthRange(month, timeZone()).from / 1000
    if (start >= before) break
    moments.push(start)
  }
  for (const window of calendars()) {
    for (let at = calendarRange(window, from * 1000, timeZone()).from; at < before * 1000; ) {
      moments.push(at / 1000)
      at = calendarRange(window, at, timeZone()).to
    }
  }
  return moments.filter((at) => at > from && at < before)
}

/**
 * The beginning of the first month that must still be kept, milliseconds, when there is something before it. Only whole months
 * go, because a month is either worked out from its entries or told as it was kept.
 */
function horizonOf({ store, keepMs, timeZone }: KeepRules, now: number): number | undefined {
  const first = store.firstSlot()
  if (first === undefined || keepMs > now) return undefined
  const { from } = monthRange(monthOf(now - keepMs, timeZone()), timeZone())
  const isDue = from > store.keptFrom() * 1000 && first * 1000 < from
  return isDue ? from : undefined
}

function* monthsBefore({ ledger, store, timeZone, monthFacts }: KeepRules, horizon: number, now: number) {
  const months: MonthFacts[] = []
  const first = Math.max(store.keptFrom() * 1000, Math.min(ledger.birth, (store.firstSlot() ?? 0) * 1000))
  for (
    let month = monthOf(first, timeZone());
    monthRange(month, timeZone()).from < horizon;
    month = addMonths(month, 1)
  ) {
    months.push(yield* monthFacts(month, now))
  }
  return months
}
