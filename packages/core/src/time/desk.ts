import { addDays, dateOf, dayRange, mondayOf, type Range } from './calendar.ts'
import { intervalRanges, type TimeInterval } from './interval.ts'
import { isInside, subtractRanges, uniteRanges } from './ranges.ts'

/** Why a desk is closed although its hours say otherwise: public holidays, a company's calendar. */
export type Closing = {
  /** The reason why a date (`YYYY-MM-DD`, of the desk's zone) is no business day; nothing when it is one. */
  readonly dayOff: (date: string) => string | undefined
  /** Shorter stretches that touch the one that is asked for; absent: none. */
  readonly stretches?: (within: Range) => readonly Range[]
}

/** When a team is at work, so that what can wait is told then. */
export type Desk = {
  readonly timeZone: string
  /** It is open while one of them holds; an interval's own location counts, not the desk's zone. */
  readonly hours: readonly TimeInterval[]
  readonly closings: readonly Closing[]
}

/** For whom no hour is closed; a day begins at midnight. */
export const ALWAYS_OPEN: Desk = { timeZone: 'UTC', hours: [{}], closings: [] }

/** How far an opening is looked for: a year and a long holiday. */
export const LOOK_AHEAD_DAYS = 400

/** The stretches of a date (of the desk's zone) in which the desk is open, united. */
export function openOn(desk: Desk, date: string): readonly Range[] {
  if (desk.closings.some(({ dayOff }) => dayOff(date) !== undefined)) return []
  const day = dayRange(date, desk.timeZone)
  const open = uniteRanges(desk.hours.flatMap((interval) => intervalRanges(interval, day)))
  const closed = uniteRanges(desk.closings.flatMap(({ stretches }) => stretches?.(day) ?? []))
  return subtractRanges(open, closed)
}

/**
 * When a business day begins: the first open instant of a date. A desk that is open through midnight begins a day at
 * midnight, too.
 */
export function openingOn(desk: Desk, date: string): number | undefined {
  return openOn(desk, date)[0]?.from
}

/** Whether somebody is there. */
export function isOpenAt(desk: Desk, at: number): boolean {
  return isInside(openOn(desk, dateOf(at, desk.timeZone)), at)
}

/**
 * The first beginning of a business day at or after the instant. A day that has begun is over for what waits: next is the day
 * after.
 *
 * @returns milliseconds; nothing when no day begins within {@link LOOK_AHEAD_DAYS}
 */
export function nextOpening(at: number, desk: Desk): number | undefined {
  return firstOpening(desk, at, 1, (opening) => opening >= at)
}

/** The last beginning of a business day at or before the instant; nothing when there is none as far back. */
export function lastOpening(at: number, desk: Desk): number | undefined {
  return firstOpening(desk, at, -1, (opening) => opening <= at)
}

function firstOpening(desk: Desk, at: number, step: 1 | -1, fits: (opening: number) => boolean): number | undefined {
  const today = dateOf(at, desk.timeZone)
  for (let days = 0; days <= LOOK_AHEAD_DAYS; days++) {
    const opening = openingOn(desk, addDays(today, step * days))
    if (opening !== undefined && fits(opening)) return opening
  }
  return undefined
}

/** The week's own time for looking back; without a weekday it is the first business day, and without a time its opening. */
export type WeeklyTime = {
  /** Monday = 1 … Sunday = 7. */
  readonly weekday?: number
  /** Minutes of the day on the desk's wall. */
  readonly minutes?: number
}

/**
 * The last time at or before the instant at which a week is looked back on. When the desk is closed on the chosen day, it is
 * the next business day, which may lie in the week after.
 */
export function lastWeekly(at: number, desk: Desk, time: WeeklyTime): number | undefined {
  for (let weeks = 0; weeks * 7 <= LOOK_AHEAD_DAYS; weeks++) {
    const weekly = weeklyFrom(addDays(mondayOf(dateOf(at, desk.timeZone)), -7 * weeks), desk, time)
    if (weekly !== undefined && weekly <= at) return weekly
  }
  return undefined
}

/** The first such time after the instant. */
export function nextWeekly(at: number, desk: Desk, time: WeeklyTime): number | undefined {
  // A week that was all holidays is looked back on in the next one, so two weeks may give the same time.
  for (let weeks = -1; weeks * 7 <= LOOK_AHEAD_DAYS; weeks++) {
    const weekly = weeklyFrom(addDays(mondayOf(dateOf(at, desk.timeZone)), 7 * weeks), desk, time)
    if (weekly !== undefined && weekly > at) return weekly
  }
  return undefined
}

function weeklyFrom(monday: string, desk: Desk, { weekday = 1, minutes }: WeeklyTime): number | undefined {
  const { timeZone } = desk
  const opening = nextOpening(dayRange(addDays(monday, weekday - 1), timeZone).from, desk)
  if (opening === undefined || minutes === undefined) return opening
  const times = [{ from: minutes, to: minutes + 1 }]
  const [minute] = intervalRanges({ times, location: timeZone }, dayRange(dateOf(opening, timeZone), timeZone))
  // The clocks may skip the minute.
  return minute?.from ?? opening
}
