import { type CompiledObjective, type Spending, spendingOf } from '@tabiji/core/budget'
import type { Edge } from '@tabiji/core/ledger'
import { dayRange, type Range } from '@tabiji/core/time'
import type { LedgerPast } from '../../ports/ledger-store.ts'
import { calendarParts, type Judge } from './budgets.ts'
import { withPoints } from './points.ts'

/** A day of all objectives in the evaluator's order: bad, valid and what was allowed of each. */
export type CountedDay = Float64Array

const FIGURES = 3
const TODAY = 'today'

/**
 * Days that are over, of every objective, as the month's facts have them: one walk through the log, in steps with room for
 * others, and in memory no more than the two points that a day lies between.
 *
 * @param past must stay as it is from the first step to the last; @param dates `YYYY-MM-DD` in the file's zone, ascending
 * @param counted is told of each day as soon as it is known
 */
export function* countDays(
  judge: Judge,
  past: LedgerPast,
  dates: readonly string[],
  now: number,
  counted: (date: string, day: CountedDay) => void,
): Generator<void, void, void> {
  const known = new Map<number, Edge>()
  for (const date of dates) {
    const range = dayRange(date, judge.definition.timeZone)
    for (const at of known.keys()) if (at < range.from / 1000 && known.size > 1) known.delete(at)
    counted(date, yield* withPoints(judge, past, (by) => dayBetween(by, range, now), known))
    yield
  }
}

function dayBetween(judge: Judge, range: Range, now: number): CountedDay {
  const pointAt = (at: number) => judge.ledger.pointAt(Math.floor(at / 1000))
  const excluded = (at: number, next = range.to) =>
    judge.exclusions.between(judge.evaluator, Math.floor(at / 1000), Math.floor(next / 1000), now)
  // Most days have no target that changed in them, so that one look serves all objectives.
  const whole = excluded(range.from)
  return dayOf(judge, range, pointAt, pointAt(range.to), ({ id }, at, next) => {
    const sums = at === range.from && next === undefined ? whole : excluded(at, next)
    return sums.get(id) ?? NOTHING
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
