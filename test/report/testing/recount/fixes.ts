import { dateIn, daysFrom, lastDateOf, plusDays, sixMonthsTo } from '../calendar.ts'
import { countCohort, countOnTime, countStock, dayOf, firstDue, stateOn, verdictOn, type Work } from '../naive-work.ts'
import { bucketsOf, postponementsIn, type Standing, standingOn } from './fix.ts'

/** Every figure that a month has of its fixes. @param today by what is known on that date */
export function recountFixes(work: Work, month: string, today: string) {
  const last = lastDateOf(month)
  const asOf = plusDays(last, 1)
  const open = standingOn(work, last).filter(({ state }) => state === 'open')
  const { flow, overdue, overdueDays, oldest } = countStock(work, month)
  const { openAtStart, created, returned, done, dropped } = flow
  if (openAtStart + created + returned - done - dropped !== flow.openAtEnd) throw new Error(`${month} does not add up`)
  return {
    ...{ asOf, flow },
    onTime: onTimeOf(work, month, today),
    stock: { numerator: done, denominator: openAtStart + created + returned - dropped },
    clearance: { numerator: done, denominator: created },
    cohorts: cohortsOf(work, month, today),
    ageing: {
      ...{ buckets: bucketsOf(open, asOf), overdue, overdueDays, oldestDays: oldest },
      pastFirstDue: open.filter((fix) => fix.firstDue < asOf).length,
    },
    postponed: postponedIn(work, month),
    open: Object.fromEntries(open.map((fix) => [fix.key, openFix(fix, asOf)])),
  }
}

function onTimeOf(work: Work, month: string, today: string) {
  const share = countOnTime(work, month, today)
  const due = [...work.fixes.values()].filter(
    (lines) => firstDue(work, lines).startsWith(month) && stateOn(lines, today) !== 'merged',
  )
  const provisionalUntil = plusDays(lastDateOf(month), 30)
  return {
    share,
    accepted: due.filter((lines) => verdictOn(lines, firstDue(work, lines)) === 'accepted').length,
    notYetDue: due.filter((lines) => firstDue(work, lines) >= today).length,
    ...(share.denominator > 0 && { met: share.numerator * 100 >= share.denominator * 80 }),
    ...(today <= provisionalUntil && { provisionalUntil }),
  }
}

/** Fixes that are owed since a month, whatever became of them, but for those that were the same as another one. */
export function membersOf(work: Work, month: string, today: string): readonly Standing[] {
  return standingOn(work, today).filter(({ since, state }) => since.startsWith(month) && state !== 'merged')
}

export function monthsWithFixes(work: Work, month: string, today: string): readonly string[] {
  return sixMonthsTo(month).filter((one) => membersOf(work, one, today).length > 0)
}

function cohortsOf(work: Work, month: string, today: string) {
  return Object.fromEntries(
    monthsWithFixes(work, month, today).map((one) => {
      const within = [30, 60, 90].map((days) => {
        const matured = today > plusDays(lastDateOf(one), days)
        return [days, { share: countCohort(work, one, days, today), matured }] as const
      })
      return [one, { created: membersOf(work, one, today).length, within: Object.fromEntries(within) }]
    }),
  )
}

function postponedIn(work: Work, month: string) {
  const moves = [...work.fixes.values()].map(
    (lines) => postponementsIn(work, lines).filter((line) => dayOf(line).startsWith(month)).length,
  )
  return { moves: moves.reduce((sum, count) => sum + count, 0), fixes: moves.filter((count) => count > 0).length }
}

function openFix({ since, due, postponements, isUndated, ...fix }: Standing, asOf: string) {
  return {
    ...{ created: since, firstDue: fix.firstDue, due, postponements },
    ...(isUndated && { dueIsDefault: true }),
    ageDays: daysFrom(since, asOf),
    overdueDays: due < asOf ? daysFrom(due, asOf) : 0,
  }
}

/** Every fix that a figure of the month counts, as it stood when the month ended. */
export function recountList(work: Work, month: string) {
  const [last, before] = [lastDateOf(month), plusDays(`${month}-01`, -1)]
  const [oldest = month] = sixMonthsTo(month)
  const counted = standingOn(work, last).filter(({ lines, state, since, doneAt, ...fix }) => {
    const [added] = lines
    const isNew = added !== undefined && dayOf(added).startsWith(month)
    const isDone = doneAt !== undefined && dateIn(doneAt).startsWith(month)
    const wasOpen = stateOn(lines, before) === 'open'
    return state === 'open' || wasOpen || isNew || isDone || since >= oldest || fix.firstDue.startsWith(month)
  })
  return Object.fromEntries(
    counted.map(({ key, state, since, due, postponements, isBlocked, doneAt, ...fix }) => [
      key,
      {
        ...{ state, created: since, firstDue: fix.firstDue, due, postponements },
        ...(state === 'done' && doneAt !== undefined && { done: dateIn(doneAt) }),
        ...(state === 'open' && isBlocked && { blocked: true }),
      },
    ]),
  )
}
