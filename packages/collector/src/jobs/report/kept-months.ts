import { calendarRange } from '@tabiji/core/budget'
import type { MonthFacts } from '@tabiji/core/report'
import { dateOf, isoIn, monthRange } from '@tabiji/core/time'
import type { Judge } from '../budget/budgets.ts'
import type { Ledger } from '../ledger/ledger.ts'

/** Months that were told and still stand. All times are milliseconds. */
export type KeptMonths = {
  /**
   * A month as it was told, when telling it again would say the same: one that is over also says that it was told now, one that
   * runs is of the moment at which it was told, and nothing was booked since.
   */
  find(month: string, now: number): MonthFacts | undefined
  /** The same, and also one that lacks what was booked since, for as long as it is not much older than it took to tell. */
  findRecent(month: string, now: number): MonthFacts | undefined
  /** Tells a month and keeps what it came to. @param tell reads the books as they stand at its first step, and may take long */
  telling(month: string, now: number, tell: () => Promise<MonthFacts | undefined>): Promise<MonthFacts | undefined>
}

type Parts = {
  readonly ledger: Pick<Ledger, 'grid' | 'onBooked'>
  readonly judge: () => Judge
  /** How much was written of what months are told from, besides entries. */
  readonly changes: () => number
}

/** What a month was told by. */
type Kept = {
  readonly facts: MonthFacts
  readonly at: number
  readonly tookMs: number
  /** What is booked of slots that begin before it changes the month; absent while everything may, the clock as well. */
  readonly settledTo?: number
  readonly ground: Ground
}
/** What stood when the telling began, and what was booked since. */
type Ground = {
  readonly changes: number
  readonly judge: Judge
  bookings: number
  /** The earliest slot of which something was booked. */
  bookedFrom: number
}

/** Days of objectives, incidents and fixes that are kept at most, about 100 bytes each; the month that was told last is kept anyway. */
const MOST_PARTS = 100_000
const MOST_MONTHS = 12

/** Pages that follow the books by themselves spend at most this part of the time on telling months. */
const PACE = 20

/** Keeps what months came to while nothing changes it: a large one takes seconds, and pages ask again and again. */
export function keepMonths({ ledger, judge, changes }: Parts): KeptMonths {
  const kept = new Map<string, Kept>()
  const grounds = new Set<Ground>()
  const leave = (month: string) => {
    const one = kept.get(month)
    if (one !== undefined) grounds.delete(one.ground)
    kept.delete(month)
  }
  ledger.onBooked((entries) => {
    const from = entries.reduce((earliest, { slot }) => Math.min(earliest, slot.start * 1000), Number.POSITIVE_INFINITY)
    for (const ground of grounds) {
      ground.bookings++
      ground.bookedFrom = Math.min(ground.bookedFrom, from)
    }
  })
  /** The month, unless what people did, the file or the clock have made another one of it. */
  const standing = (month: string, now: number): Kept | undefined => {
    const one = kept.get(month)
    if (one === undefined) return undefined
    const { ground, at, facts } = one
    const isSame = ground.changes === changes() && ground.judge === judge() && at <= now
    if (isSame && dateOf(at, facts.timeZone) === dateOf(now, facts.timeZone)) return one
    leave(month)
    return undefined
  }
  const found = (month: string, one: Kept): MonthFacts => {
    // Set anew, so that the one that nobody asked for longest stands first.
    kept.delete(month)
    kept.set(month, one)
    return one.facts
  }
  const find = (month: string, now: number): MonthFacts | undefined => {
    const one = standing(month, now)
    if (one === undefined) return undefined
    const { settledTo, ground, at } = one
    if (settledTo === undefined) {
      const slot = (time: number) => Math.floor(time / (ledger.grid[0].width * 1000))
      return ground.bookings === 0 && slot(at) === slot(now) ? found(month, one) : undefined
    }
    if (ground.bookedFrom < settledTo) return undefined
    return { ...found(month, one), generatedAt: isoIn(now, one.facts.timeZone) }
  }
  return {
    find,
    findRecent: (month, now) => {
      const one = standing(month, now)
      return one !== undefined && now - one.at <= PACE * one.tookMs ? found(month, one) : find(month, now)
    },
    telling: async (month, now, tell) => {
      const ground: Ground = {
        changes: changes(),
        judge: judge(),
        bookings: 0,
        bookedFrom: Number.POSITIVE_INFINITY,
      }
      const began = performance.now()
      grounds.add(ground)
      try {
        const facts = await tell()
        if (facts === undefined) return undefined
        leave(month)
        const settledTo = settledBefore(facts, ground.judge, now)
        const tookMs = performance.now() - began
        kept.set(month, { facts, at: now, tookMs, ground, ...(settledTo !== undefined && { settledTo }) })
        for (const oldest of overfull(kept)) leave(oldest)
        return facts
      } finally {
        if (kept.get(month)?.ground !== ground) grounds.delete(ground)
      }
    },
  }
}

/** The months that are to go, the one that nobody asked for longest first. */
function overfull(kept: ReadonlyMap<string, Kept>): readonly string[] {
  const all = [...kept].map(([month, { facts }]) => ({ month, parts: partsOf(facts) })).reverse()
  let parts = 0
  return all.flatMap(({ month, parts: own }, i) => {
    parts += own
    return i > 0 && (i >= MOST_MONTHS || parts > MOST_PARTS) ? [month] : []
  })
}

function partsOf({ journeys, incidents, fixList = [] }: MonthFacts): number {
  const days = journeys.flatMap(({ objectives }) => objectives.map((one) => (one.days ?? []).length))
  return days.reduce((sum, each) => sum + each, incidents.length + fixList.length)
}

/**
 * The end of everything that a month says something about: itself, its incidents, and the budgets by calendar that these hurt. Absent
 * while that is not over, or not all of it was read: then the month goes on changing.
 */
function settledBefore(facts: MonthFacts, { evaluator }: Judge, now: number): number | undefined {
  const { month, timeZone, complete, incidents } = facts
  if (!complete) return undefined
  const ends: (number | undefined)[] = [monthRange(month, timeZone).to]
  for (const { openedAt, impactStartedAt = openedAt, mitigatedAt, resolvedAt } of incidents) {
    const end = mitigatedAt ?? resolvedAt
    // What is told of it is cut to seconds.
    ends.push(end === undefined ? undefined : Date.parse(end) + 1_000)
    for (const { objective } of evaluator.objectives) {
      const { window, budgeting } = objective
      if (window.kind !== 'rolling') ends.push(calendarRange(window, Date.parse(impactStartedAt), timeZone).to)
      if (budgeting !== undefined && end !== undefined) ends.push(Date.parse(end) + budgeting.sliceMs)
    }
  }
  const known = ends.filter((end) => end !== undefined)
  const last = Math.max(...known)
  return known.length === ends.length && last <= now ? last : undefined
}
