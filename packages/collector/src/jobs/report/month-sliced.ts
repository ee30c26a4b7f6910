import { type CompiledObjective, PPM } from '@tabiji/core/budget'
import type { Edge } from '@tabiji/core/ledger'
import type { DayTally, SpentPart } from '@tabiji/core/report'
import { dateOf, dayRange, isoIn, type Range, subtractRanges } from '@tabiji/core/time'
import { calendarParts, type Judge } from '../budget/budgets.ts'
import type { Claim } from './month-claims.ts'
import type { Detail } from './month-days.ts'
import type { Tallied } from './month-spent.ts'

/** The same for an objective whose budget is kept in slices: a slice is of the day, and of the claim, in which it begins. */
export function slicedDetail(
  judge: Judge,
  compiled: CompiledObjective,
  range: Range,
  claims: readonly Claim[],
): Detail {
  const zone = judge.definition.timeZone
  const tally = ({ from, to }: Range) => tallySlices(judge, compiled, { from, to })
  const days: DayTally[] = []
  for (let at = range.from; at < range.to; ) {
    const { to } = dayRange(dateOf(at, zone), zone)
    days.push({ date: dateOf(at, zone), ...tally({ from: at, to: Math.min(to, range.to) }) })
    at = to
  }
  const spent: SpentPart[] = []
  let free: readonly Range[] = [range]
  for (const { on, key, from, to } of claims) {
    const rest = subtractRanges(free, [{ from, to }])
    const own = subtractRanges(free, rest)
    free = rest
    const bad = own.reduce((sum, one) => sum + tally(one).bad, 0)
    if (bad > 0) spent.push({ on, key, bad, from: isoIn(from, zone), to: isoIn(to, zone) })
  }
  const drip = days.reduce((sum, { bad }) => sum + bad, 0) - spent.reduce((sum, { bad }) => sum + bad, 0)
  const sorted = spent.toSorted((a, b) => Number(a.on === 'alert') - Number(b.on === 'alert') || b.bad - a.bad)
  return { days, spent: drip > 0 ? [...sorted, { on: 'drip', bad: drip }] : sorted }
}

function tallySlices(judge: Judge, compiled: CompiledObjective, { from, to }: Range): Tallied {
  const parts = calendarParts(judge, compiled, from, to, noEdge, NOWHERE)
  return parts.reduce(
    (sum, { bad, valid, targetPpm }) => ({
      bad: sum.bad + bad,
      valid: sum.valid + valid,
      allowedMillionths: sum.allowedMillionths + valid * (PPM - targetPpm),
    }),
    { bad: 0, valid: 0, allowedMillionths: 0 },
  )
}

/** Slices are kept beside the log: no cumulative point is asked for. */
const NOWHERE: Edge = { at: 0, rows: new Float64Array(0) }

function noEdge(): never {
  throw new Error('Expected slices to need no point of the log')
}
