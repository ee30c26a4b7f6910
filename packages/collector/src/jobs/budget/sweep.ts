import { type Rule, rulesOf } from '@tabiji/core/alert'
import {
  type CompiledObjective,
  calendarRange,
  compileSweep,
  isFor,
  type Sweep,
  sweep,
  type WindowRows,
} from '@tabiji/core/budget'
import { type CalendarWindow, windowText } from '@tabiji/core/journey'
import type { Range } from '@tabiji/core/time'
import { calendarLane, type Judge, targetDuring } from './budgets.ts'

/** What a file's objectives and rules come to, worked out once and kept until another file is in force. */
export type Sweeper = {
  readonly judge: Judge
  /**
   * The objectives that have to be asked in full: those named, and those of which a rule may begin to hold. Nothing
   * would come of the others: a rule that does not hold and has no open episode says nothing.
   */
  pick(now: number, windows: WindowRows, open: Iterable<string>): Iterable<Picked>
  /** Whether the file in force has the rule. */
  knows(rule: string): boolean
}

type Picked = { readonly compiled: CompiledObjective; readonly rules: readonly Rule[] }

export function createSweeper(judge: Judge): Sweeper {
  const { evaluator, ledger } = judge
  const { objectives } = evaluator
  const columns = compileSweep(evaluator)
  const marks = new Uint8Array(objectives.length)
  const numbers = new Map(objectives.map(({ id }, number) => [id, number]))
  const sliced = objectives.flatMap(({ objective }, number) => (objective.budgeting === undefined ? [] : [number]))
  const calendars = createCalendars(columns, judge)
  // Most objectives are never asked in full, so the rules of one are made when it is.
  const rules: Rule[][] = []
  const rulesAt = (number: number): readonly Rule[] => {
    const { journey, objective } = objectives[number] as CompiledObjective
    rules[number] ??= [...rulesOf(journey.name, objective)]
    return rules[number]
  }
  const numberOf = (rule: string) => numbers.get(rule.slice(0, rule.lastIndexOf('/')))
  return {
    judge,
    knows: (rule) => {
      const number = numberOf(rule)
      return number !== undefined && rulesAt(number).some(({ id }) => id === rule)
    },
    *pick(now, windows, open) {
      marks.fill(0)
      for (const rule of open) {
        const number = numberOf(rule)
        if (number !== undefined) marks[number] = 1
      }
      // A budget without an excluded stretch may be spent further than the whole of it, so the sweep cannot say.
      for (const correction of judge.exclusions.active()) {
        for (const [id, number] of numbers) if (isFor(correction, id)) marks[number] = 1
      }
      // Slices are no difference of two points of the events, which is all that the sweep can see.
      for (const number of sliced) marks[number] = 1
      const budgets = columns.budgetWindows.map((length) => ledger.windowEdge(length, now).rows)
      sweep(columns, { total: ledger.books.total.rows, windows, budgets, ...calendars(now) }, marks)
      for (let number = marks.indexOf(1); number !== -1; number = marks.indexOf(1, number + 1)) {
        yield { compiled: objectives[number] as CompiledObjective, rules: rulesAt(number) }
      }
    },
  }
}

/** The beginnings of the present stretches of the calendar and the targets in them; worked out anew when another one has begun. */
function createCalendars({ calendars }: Sweep, judge: Judge) {
  const { evaluator, ledger, definition } = judge
  const targets = new Float64Array(evaluator.objectives.length).fill(Number.NaN)
  const ranges: Range[] = calendars.map(() => ({ from: 0, to: 0 }))
  const begin = (window: CalendarWindow, now: number): Range => {
    const range = calendarRange(window, now, definition.timeZone)
    evaluator.objectives.forEach((compiled, number) => {
      if (windowText(compiled.objective.window) === windowText(window)) {
        targets[number] = targetDuring(judge, compiled, range)
      }
    })
    return range
  }
  return (now: number) => {
    const rows = calendars.map((window, c) => {
      const known = ranges[c] as Range
      const range = now >= known.from && now < known.to ? known : begin(window, now)
      ranges[c] = range
      return ledger.fixedEdge(calendarLane(window), Math.floor(range.from / 1000)).rows
    })
    return { calendars: rows, targets }
  }
}
