import { addDays, dateOf, dayRange, daysBetween, monthRange } from '../time/index.ts'
import { type FixEvent, type FixHistory, inEffect } from './event.ts'
import type { Cohort, FixMonth, OnTime, Share } from './figures.ts'
import { foldFix } from './fix.ts'
import type { Stretch } from './flow.ts'

/** A fix that comes back within so many dates was not done. */
const REOPENED_WITHIN_DAYS = 30

/** The share of fixes that is to be done by their first due date: 80 % (DESIGN §6), in parts per million. */
const ON_TIME_TARGET_PPM = 800_000

const COHORT_DAYS = [30, 60, 90] as const

/**
 * The headline (incident.md §3.2, variant A): of the fixes whose first due date fell in the month, the share done by it.
 * A new fix enters only when its own date comes, so a bad day that adds ten fixes does not move it, and neither does
 * putting a date off. Dropped counts as not done; a risk that was accepted at the end of the due day counts in neither part, and
 * a duplicate is judged as the fix that goes on for it.
 */
export function onTimeIn(histories: readonly FixHistory[], month: string, zone: string, asOf: number): OnTime {
  const verdicts = histories.map((history) => verdictOnTime(history, month, zone, asOf, 'firstDue'))
  const count = (sought: Verdict) => verdicts.filter((verdict) => verdict === sought).length
  const share = shareOf(verdicts)
  const settled = addDays(lastDate(month, zone), REOPENED_WITHIN_DAYS)
  return {
    share,
    accepted: count('accepted'),
    notYetDue: count('not_yet'),
    targetPpm: ON_TIME_TARGET_PPM,
    ...(share.denominator > 0 && { met: share.numerator * 1_000_000 >= share.denominator * ON_TIME_TARGET_PPM }),
    ...(asOf < dayRange(settled, zone).to && { provisionalUntil: settled }),
  }
}

/**
 * Beside the headline (incident.md §3.2, A'): of the fixes whose present due date fell in the month, the share done by it. What was
 * put off is judged by what was agreed last, so it is never without the headline.
 */
export function onTimeByPresentDate(
  histories: readonly FixHistory[],
  month: string,
  zone: string,
  asOf: number,
): Share {
  return shareOf(histories.map((history) => verdictOnTime(history, month, zone, asOf, 'due')))
}

type Verdict = 'done' | 'not_done' | 'accepted' | 'not_yet'

/** Done ÷ judged; what is not due yet and a risk that is accepted are in neither part. */
export function shareOf(verdicts: readonly (Verdict | undefined)[]): Share {
  const done = verdicts.filter((verdict) => verdict === 'done').length
  return { numerator: done, denominator: done + verdicts.filter((verdict) => verdict === 'not_done').length }
}

/** What became of a fix that was due in the month by its first or its present date; `undefined` when it was not. */
export function verdictOnTime(
  history: FixHistory,
  month: string,
  zone: string,
  asOf: number,
  by: 'firstDue' | 'due',
): Verdict | undefined {
  const fix = foldFix(history, asOf, zone)
  if (fix === undefined || fix.state === 'merged' || fix[by].slice(0, 7) !== month) return undefined
  return asOf < dayRange(fix[by], zone).to ? 'not_yet' : verdictBy(history, fix[by], zone, asOf)
}

/**
 * The trend (incident.md §3.2, variant B): of the fixes owed since a month, the share done within 30, 60 and 90 days, so
 * that each month is judged on its own fixes. Matured once the month's last fix has had that many days; what came back
 * within 30 days is taken out even after that.
 */
export function cohortOf(histories: readonly FixHistory[], month: string, zone: string, asOf: number): Cohort {
  const members = histories.flatMap((history) => {
    const fix = foldFix(history, asOf, zone)
    return fix !== undefined && fix.state !== 'merged' && fix.since.slice(0, 7) === month ? [{ history, fix }] : []
  })
  const within = COHORT_DAYS.map((days) => {
    const verdicts = members.map(({ history, fix }) => verdictBy(history, addDays(fix.since, days), zone, asOf))
    const done = verdicts.filter((verdict) => verdict === 'done').length
    const accepted = verdicts.filter((verdict) => verdict === 'accepted').length
    const matured = asOf >= dayRange(addDays(lastDate(month, zone), days), zone).to
    return { days, share: { numerator: done, denominator: members.length - accepted }, matured }
  })
  return { month, created: members.length, within }
}

/** Due dates that were moved to a later one. Moving forward postpones nothing, and neither does the first date that is stated. */
export function postponedBetween(
  histories: readonly FixHistory[],
  { from, last }: Stretch,
  zone: string,
): FixMonth['postponed'] {
  const moves = histories.map((history) => {
    const times = inEffect(history).events.filter(({ type, at }) => type === 'moved' && at >= from && at <= last)
    const before = (at: number) => foldFix(history, at, zone)?.postponements ?? 0
    return times.length === 0 ? 0 : before(last) - before(from - 1)
  })
  return { moves: moves.reduce((sum, count) => sum + count, 0), fixes: moves.filter((count) => count > 0).length }
}

/** What had become of a fix at the end of a date, or at `asOf` while that date is not over. */
function verdictBy(history: FixHistory, date: string, zone: string, asOf: number): 'done' | 'not_done' | 'accepted' {
  const fix = foldFix(history, Math.min(dayRange(date, zone).to - 1, asOf), zone)
  if (fix?.state === 'accepted') return 'accepted'
  if (fix?.state !== 'done' || fix.doneAt === undefined) return 'not_done'
  const doneAt = fix.doneAt
  return inEffect(history).events.some((event) => event.at <= asOf && undoes(event, doneAt, zone)) ? 'not_done' : 'done'
}

function undoes(event: FixEvent, doneAt: number, zone: string): boolean {
  if (event.type !== 'reopened' || event.at < doneAt) return false
  return daysBetween(dateOf(doneAt, zone), dateOf(event.at, zone)) <= REOPENED_WITHIN_DAYS
}

function lastDate(month: string, zone: string): string {
  return dateOf(monthRange(month, zone).to - 1, zone)
}
