import { dateIn, daysFrom, lastDateOf, plusDays, plusMonths, sixMonthsTo } from '../calendar.ts'
import { countOnTime, countStock, dayOf, dueOn, stateOn, verdictOn, type Work } from '../naive-work.ts'
import { type DebtBooks, recountDebt } from './debt.ts'
import { bucketsOf, type Standing, standingOn } from './fix.ts'
import { membersOf, monthsWithFixes } from './fixes.ts'
import { factsOfIncident } from './incident.ts'
import { recountResponse } from './response.ts'
import { recountWatched } from './watched.ts'

/** Every figure of a month's statistics. @param today by what is known on that date */
export function recountStatistics(books: DebtBooks, today: string) {
  const { work, sheet, month } = books
  const last = lastDateOf(month)
  const open = standingOn(work, last).filter(({ state }) => state === 'open')
  const { debt, weights } = recountDebt(books)
  const clear = daysToClear(work, month)
  return {
    byPresentDate: countByPresentDate(work, month, today),
    rates: ofMonths(sixMonthsTo(month), (one) => ratesOf(work, one, today)),
    restatements: restatementsOf(work, month, today),
    estimates: ofMonths(monthsWithFixes(work, month, today), (one) => ({ within: estimatesOf(work, one, today) })),
    netFlow: ofMonths(sixMonthsTo(month), (one) => ({ net: netOf(work, one) })),
    ...(clear !== undefined && { daysToClear: clear }),
    ageing: {
      ...ranksOf(open, last),
      atStart: atStart(work, month),
      bySeverity: bySeverity(work, open, last),
      weights,
    },
    waiting: {
      blocked: open.filter(({ isBlocked }) => isBlocked).length,
      withoutOwner: open.filter(({ isOwned }) => !isOwned).length,
      withoutDate: open.filter(({ isUndated }) => isUndated).length,
    },
    ...{ debt, watched: recountWatched(work, sheet, month), response: recountResponse(work, month) },
  }
}

function ofMonths<Told>(months: readonly string[], tell: (month: string) => Told) {
  return Object.fromEntries(months.map((month) => [month, tell(month)]))
}

/** Done by the date that was agreed last, of those whose date of today is in the month. */
function countByPresentDate(work: Work, month: string, today: string) {
  const due = [...work.fixes.values()].filter(
    (lines) => lines[0] !== undefined && dayOf(lines[0]) <= today && dueOn(work, lines, today).startsWith(month),
  )
  const verdicts = due
    .filter((lines) => stateOn(lines, today) !== 'merged')
    .map((lines) => verdictOn(lines, dueOn(work, lines, today)))
    .filter((verdict) => verdict !== 'accepted')
  return { numerator: verdicts.filter((one) => one === 'done').length, denominator: verdicts.length }
}

function ratesOf(work: Work, month: string, today: string) {
  const { done, openAtStart, created, returned, dropped } = countStock(work, month).flow
  const denominator = openAtStart + created + returned - dropped
  return { onTime: countOnTime(work, month, today), stock: { numerator: done, denominator } }
}

/** The two rates that look at what comes later, by what was known when the month ended and by what is known today. */
function restatementsOf(work: Work, month: string, today: string) {
  const last = lastDateOf(month)
  const fixes = [...work.fixes].map(([key, lines]) => [key, lines.filter((line) => dayOf(line) <= last)] as const)
  const then = { ...work, fixes: new Map(fixes.filter(([, lines]) => lines.length > 0)) }
  const both = {
    onTime: { was: countOnTime(then, month, last), is: countOnTime(work, month, today) },
    byPresentDate: { was: countByPresentDate(then, month, last), is: countByPresentDate(work, month, today) },
  }
  return Object.fromEntries(
    Object.entries(both).filter(
      ([, { was, is }]) => was.numerator !== is.numerator || was.denominator !== is.denominator,
    ),
  )
}

function netOf(work: Work, month: string): number {
  const { openAtEnd, openAtStart } = countStock(work, month).flow
  return openAtEnd - openAtStart
}

function daysToClear(work: Work, month: string): number | undefined {
  const open = countStock(work, month).flow.openAtEnd
  const shrunk = [-2, -1, 0].reduce((sum, months) => sum - netOf(work, plusMonths(month, months)), 0)
  if (open === 0) return 0
  const days = daysFrom(`${plusMonths(month, -2)}-01`, lastDateOf(month)) + 1
  return shrunk > 0 ? Math.ceil((open * days) / shrunk) : undefined
}

/** The age that half of the open fixes do not exceed, and nine of ten: the first in a row for which that is so. */
function ranksOf(open: readonly Standing[], last: string) {
  const ages = open.map(({ since }) => daysFrom(since, plusDays(last, 1))).sort((a, b) => a - b)
  const first = (tenths: number) => ages.find((_, i) => (i + 1) * 10 >= ages.length * tenths)
  return { medianDays: first(5), p90Days: first(9) }
}

function atStart(work: Work, month: string) {
  const open = standingOn(work, plusDays(`${month}-01`, -1)).filter(({ state }) => state === 'open')
  return bucketsOf(open, `${month}-01`)
}

function bySeverity(work: Work, open: readonly Standing[], last: string) {
  const levelOf = ({ incident }: Standing) => {
    const lines = incident === undefined ? undefined : work.incidents.get(incident)
    return lines === undefined ? 'none' : String(factsOfIncident(lines).level)
  }
  return Object.fromEntries(
    [...new Set(open.map(levelOf))].map((level) => {
      const held = open.filter((fix) => levelOf(fix) === level)
      return [`level ${level}`, { buckets: bucketsOf(held, plusDays(last, 1)) }]
    }),
  )
}

/**
 * Day after day: of those fixes that were still watched and not done, how many were not done on this day either. Their product is what
 * is left over. What was dropped is watched for ever.
 */
function estimatesOf(work: Work, month: string, today: string) {
  const watched = membersOf(work, month, today)
    .filter(({ state }) => state !== 'accepted')
    .map(({ since, state, doneAt }) => {
      const isDone = state === 'done' && doneAt !== undefined
      const end = isDone ? dateIn(doneAt) : today
      return { isDone, day: state === 'dropped' ? Number.MAX_SAFE_INTEGER : daysFrom(since, end) }
    })
  let [left, whole] = [1n, 1n]
  const found: Record<number, { donePpm: number }> = {}
  for (let day = 0; day <= 90; day++) {
    const done = watched.filter((one) => one.isDone && one.day === day).length
    const atRisk = watched.filter((one) => one.day >= day).length
    if (done > 0) [left, whole] = [left * BigInt(atRisk - done), whole * BigInt(atRisk)]
    if (day > 0 && day % 30 === 0) found[day] = { donePpm: Number(((whole - left) * 1_000_000n) / whole) }
  }
  return found
}
