import { refreshAccounts } from '@tabiji/core/budget'
import type { Edge } from '@tabiji/core/ledger'
import { monthRange, type Range } from '@tabiji/core/time'
import { createJudge, type Judge } from '../budget/budgets.ts'
import type { Sums } from '../budget/exclusion-scan.ts'
import { definitionAt } from '../budget/revision.ts'
import type { Pages } from './month-journey.ts'

/** A month that is over is told by the file that was in force when it ended: what changed since does not change it. */
export function judgeOf(present: Judge, month: string, now: number): Judge {
  const { definition, ledger, revisions, exclusions, slices } = present
  const { to } = monthRange(month, definition.timeZone)
  const then = to <= now ? definitionAt(revisions, to) : undefined
  if (then === undefined || revisions.at(-1)?.definition === then) return present
  return createJudge(then, ledger, revisions, exclusions.tried(), slices)
}

/** Opens the books at a month, as far as it has gone by now. @param range of the whole month, milliseconds */
export function openPages(judge: Judge, range: Range, probes: ReadonlyMap<string, number>, now: number): Pages {
  const { ledger, evaluator } = judge
  refreshAccounts(evaluator, ledger.books)
  const until = Math.min(range.to, now)
  const pointAt = onceEach((at) => ledger.pointAt(at))
  const within = { from: Math.floor(range.from / 1000), to: Math.floor(until / 1000) }
  return {
    start: pointAt(range.from),
    end: range.to > now ? ledger.books.total : pointAt(range.to),
    range: { from: range.from, to: until },
    pointAt,
    excluded: remembering((from, to) => judge.exclusions.between(evaluator, from, to, now)),
    left: (objective) => judge.exclusions.covered(evaluator, objective, within, now),
    probes,
  }
}

/** Every objective begins and ends its month at the same points, and each of them is a walk through the log. */
function onceEach(edgeAt: (seconds: number) => Edge): Pages['pointAt'] {
  const known = new Map<number, Edge>()
  return (at) => {
    const seconds = Math.floor(at / 1000)
    const edge = known.get(seconds) ?? edgeAt(seconds)
    known.set(seconds, edge)
    return edge
  }
}

/** Almost all objectives ask for the whole month, and one walk through the log answers them all. */
function remembering(between: (from: number, to: number) => Sums): Pages['excluded'] {
  const known = new Map<string, Sums>()
  return (from, to) => {
    const sums = known.get(`${from} ${to}`) ?? between(from, to)
    known.set(`${from} ${to}`, sums)
    return sums
  }
}
