import type { Entry } from '@tabiji/core/ledger'
import type { DayTally } from '@tabiji/core/report'
import { addDays, dateOf, dayRange, type Range } from '@tabiji/core/time'
import type { Judge } from '../jobs/budget/budgets.ts'
import { type CountedDay, countDays, countToday, dayAt } from '../jobs/budget/last-days.ts'
import type { Courses } from '../ports/courses.ts'
import type { LedgerPast } from '../ports/ledger-store.ts'

/** How many days are told, today among them. */
const DAYS = 30

type Walk = <Result>(steps: (past: LedgerPast) => Generator<void, Result, void>) => Promise<Result>

type Days = {
  readonly tell: Courses['lastDays']
  /** Entries came into the books. */
  booked(entries: readonly Entry[]): void
}

/** A day that is over, in seconds; stale: something of it was booked, or excluded, since it was counted. */
type Kept = { readonly range: Range; day?: CountedDay; stale: boolean }

/**
 * Days that are over are counted once. One of which something came late is told as it was until it has been counted again:
 * a past that is being filled in must not have a page wait for it.
 */
export function keepDays(judge: () => Judge, now: () => number, walk: Walk): Days {
  const kept = new Map<string, Kept>()
  let file: Judge | undefined
  let excluded = ''
  let counting: Promise<void> | undefined
  const isDue = (date: string) => kept.get(date)?.day === undefined || kept.get(date)?.stale === true
  const count = async (over: readonly string[], present: Judge) => {
    const due = new Map(over.filter(isDue).map((date) => [date, entryOf(date, present)]))
    // Before the log is looked at: whatever comes from now on makes a day stale again.
    for (const each of due.values()) each.stale = false
    const left = new Set(due.values())
    const counted = (date: string, day: CountedDay) => {
      const each = due.get(date)
      if (each === undefined || present !== judge()) return
      each.day = day
      left.delete(each)
    }
    try {
      await walk((past) => countDays(present, past, [...due.keys()], now(), counted))
    } finally {
      for (const each of left) each.stale = true
    }
  }
  const entryOf = (date: string, { definition }: Judge): Kept => {
    const { from, to } = dayRange(date, definition.timeZone)
    const each = kept.get(date) ?? { range: { from: from / 1000, to: to / 1000 }, stale: true }
    kept.set(date, each)
    return each
  }
  const lookAround = (present: Judge, over: readonly string[]) => {
    if (file !== present) kept.clear()
    file = present
    const active = present.exclusions.active().map(({ key }) => key)
    if (excluded !== active.join(' ')) for (const each of kept.values()) each.stale = true
    excluded = active.join(' ')
    for (const date of kept.keys()) if (!over.includes(date)) kept.delete(date)
  }
  return {
    booked: (entries) => {
      let last: number | undefined
      for (const { slot } of entries) {
        if (slot.start === last) continue
        last = slot.start
        for (const each of kept.values()) each.stale ||= slot.start >= each.range.from && slot.start < each.range.to
      }
    },
    tell: async (patienceMs) => {
      const present = judge()
      const today = dateOf(now(), present.definition.timeZone)
      const over = Array.from({ length: DAYS - 1 }, (_, i) => addDays(today, i - DAYS + 1))
      lookAround(present, over)
      if (over.some(isDue)) {
        counting ??= count(over, present).finally(() => {
          counting = undefined
        })
        await within(patienceMs, counting)
      }
      const days = over.flatMap((date) => kept.get(date)?.day ?? [])
      if (days.length < over.length || present !== judge()) return undefined
      return tellDays(present, [...over, today], [...days, countToday(present, today, now())])
    },
  }
}

/** Waits for work, or for no longer than the patience; then its failure is its own. */
async function within(patienceMs: number, work: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const patience = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs)
  })
  try {
    await Promise.race([work, patience])
  } finally {
    clearTimeout(timer)
  }
}

function tellDays(
  { evaluator }: Judge,
  dates: readonly string[],
  days: readonly CountedDay[],
): Readonly<Record<string, readonly DayTally[]>> {
  const told = evaluator.objectives.map(({ id }, i) => [
    id,
    dates.map((date, d): DayTally => ({ date, ...dayAt(days[d] as CountedDay, i) })),
  ])
  return Object.fromEntries(told)
}
