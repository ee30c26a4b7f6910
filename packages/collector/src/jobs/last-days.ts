import { type CompiledObjective, type Spending, spendingOf } from '@tabiji/core/budget'
import type { Edge } from '@tabiji/core/ledger'
import { dayRange, type Range } from '@tabiji/core/time'
import type { LedgerPast } from '../ports/ledger-store.ts'
import { calendarParts, type Judge } from './budgets.ts'
import { withPoints } from './points.ts'

/** A day of all objectives in the evaluator's order: bad, valid and what was allowed of each. */
export type CountedDay = Float64Array

const FIGURES = 3
const TODAY = 'today'

/**
 * One day that is over, of every objective, as the month's facts have it. It is counted in steps with room for others.
 *
 * @param past must stay as it is from the first step to the last; @param date `YYYY-MM-DD` in the file's zone
 */
export function* countDay(
  judge: Judge,
  past: LedgerPast,
  date: string,
  now: number,
): Generator<void, CountedDay, void> {
  const range = dayRange(date, judge.definition.timeZone)
  return yield* withPoints(judge, past, (by) => {
    const pointAt = (at: number) => by.ledger.pointAt(Math.floor(at / 1000))
    const excluded = (at: number, next = range.to) =>
      judge.exclusions.between(judge.evaluator, Math.floor(at / 1000), Math.floor(next / 1000), now)
    // Most days have no target that changed in them, so that one look serves all objectives.
    const whole = excluded(range.from)
    const end = pointAt(range.to)
    return dayOf(by, range, pointAt, end, ({ id }, at, next) => {
      const sums = at === range.from && next === undefined ? whole : excluded(at, next)
      return sums.get(id) ?? NOTHING
    })
  })
}

/** The day that is not over: the difference of the total and a point that is kept for it, so it costs next to nothing. */
export function countToday(judge: Judge, date: string, now: number): CountedDay {
  const { ledger, exclusions, evaluator } = judge
  const range = { from: dayRange(date, judge.definition.timeZone).from, to: now }
  const lane = (at: number) => (at === range.from ? TODAY : `${TODAY} ${at - range.from}`)
  const edgeOf = (at: number) => ledger.fixedEdge(lane(at), Math.floor(at / 1000))
  const since = (id: string, at: number) => exclusions.since(evaluator, id, lane(at), Math.floor(at / 1000), now)
  return dayOf(judge, range, edgeOf, ledger.books.total, ({ id }, at, next) => {
    const rest = next === undefined ? NOTHING : since(id, next)
    const all = since(id, at)
    return { bad: all.bad - rest.bad, valid: all.valid - rest.valid }
  })
}

const NOTHING = { bad: 0, valid: 0 }

type ExcludedIn = (compiled: CompiledObjective, at: number, next: number | undefined) => typeof NOTHING

function dayOf(
  judge: Judge,
  range: Range,
  edgeOf: (at: number) => Edge,
  end: Edge,
  excludedIn: ExcludedIn,
): CountedDay {
  const { objectives } = judge.evaluator
  const day = new Float64Array(objectives.length * FIGURES)
  objectives.forEach((compiled, i) => {
    const parts = calendarParts(judge, compiled, range.from, range.to, edgeOf, end, (at, next) =>
      excludedIn(compiled, at, next),
    )
    const { bad, valid, allowedMillionths } = spendingOf(parts)
    day.set([bad, valid, allowedMillionths], i * FIGURES)
  })
  return day
}

/** What a counted day says of one objective. @param i its place in the evaluator */
export function dayAt(day: CountedDay, i: number): Pick<Spending, 'bad' | 'valid' | 'allowedMillionths'> {
  const [bad = 0, valid = 0, allowedMillionths = 0] = day.subarray(i * FIGURES, (i + 1) * FIGURES)
  return { bad, valid, allowedMillionths }
}
