import { dateOf, daysBetween } from '../time/index.ts'
import type { AcceptedRisk, AgeBucket, FixMonth, OpenFix } from './figures.ts'
import type { Fix } from './fix.ts'

/** Upper ends of the buckets in days (incident.md §3.3: 0–14, 15–30, 31–60, 61–90, more). */
const BUCKET_ENDS = [14, 30, 60, 90]

/**
 * The open fixes with age and lateness in dates, most overdue first. A due date is over when its day is, so a fix that is
 * due on the month's last day and still open is one date late on the first of the next.
 *
 * @param date the date on which they are looked at
 */
export function listOpen(fixes: readonly Fix[], date: string, zone: string): OpenFix[] {
  return fixes
    .filter((fix) => fix.state === 'open')
    .map((fix) => {
      const { state: _, doneAt: __, acceptance: ___, mergedInto: ____, createdAt: _____, since, blocked, ...told } = fix
      const stuck = blocked && { ...blocked, since: dateOf(blocked.since, zone) }
      const overdueDays = Math.max(0, daysBetween(fix.due, date))
      return {
        ...told,
        created: since,
        ...(stuck !== undefined && { blocked: stuck }),
        ageDays: daysBetween(since, date),
        overdueDays,
      }
    })
    .sort((a, b) => b.overdueDays - a.overdueDays || order(a.due, b.due) || order(a.key, b.key))
}

/** Open fixes by age. */
export function ageBuckets(open: readonly OpenFix[]): readonly AgeBucket[] {
  const starts = [0, ...BUCKET_ENDS.map((end) => end + 1)]
  return starts.map((fromDays, i) => {
    const toDays = BUCKET_ENDS[i]
    const held = open.filter((fix) => fix.ageDays >= fromDays && (toDays === undefined || fix.ageDays <= toDays))
    return { fromDays, ...(toDays !== undefined && { toDays }), open: held.length, overdue: overdue(held) }
  })
}

/** How old the debt is (incident.md §3.3); overdue-days = Σ max(0, date − due). */
export function ageingOf(open: readonly OpenFix[], date: string): FixMonth['ageing'] {
  return {
    buckets: ageBuckets(open),
    overdue: overdue(open),
    overdueDays: open.reduce((sum, fix) => sum + fix.overdueDays, 0),
    pastFirstDue: open.filter((fix) => fix.firstDue < date).length,
    ...(open.length > 0 && { oldestDays: Math.max(...open.map((fix) => fix.ageDays)) }),
  }
}

/** The risks that are accepted, first to run out first. */
export function listAcceptedRisks(fixes: readonly Fix[]): AcceptedRisk[] {
  return fixes
    .flatMap(({ key, title, acceptance }) => (acceptance === undefined ? [] : [{ key, title, ...acceptance }]))
    .sort((a, b) => order(a.until, b.until) || order(a.key, b.key))
}

function overdue(fixes: readonly OpenFix[]): number {
  return fixes.filter((fix) => fix.overdueDays > 0).length
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
