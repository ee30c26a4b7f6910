import { unitOf } from '@tabiji/core/budget'
import { type ObjectiveMonth, type SpentPart, spentOn } from '@tabiji/core/report'
import type { Block, Cell } from './block.ts'
import type { Context } from './context.ts'
import { shareOfBudget } from './missed.ts'

const WHOLE = 1_000_000

/** Where an objective's budget went, as one bar by cause and a row for each part. Left out where nobody knows, or nothing went. */
export function composeSpent(context: Context, objective: ObjectiveMonth): Block[] {
  const sums = spentOn(objective)
  const { bad, allowedMillionths, name } = objective
  if (sums.length === 0 || allowedMillionths === 0) return []
  const { words, figures } = context
  const { attention, charts } = words
  const named = sums.map((sum) => ({
    on: sum.on,
    bad: sum.bad,
    label: words.also(attention.kinds[sum.on], shareOfBudget(context, objective, sum.bad, 1)),
  }))
  // The bar is as long as the budget, or as what went beyond it.
  const allowed = allowedMillionths / WHOLE
  const length = Math.max(bad, allowed)
  return [
    {
      type: 'chart',
      caption: attention.spent(name),
      summary: attention.spentSummary(name, figures.list(named.map(({ label }) => label))),
      chart: {
        kind: 'spent',
        pieces: named.map((piece) => ({
          on: piece.on,
          ppm: Math.floor((piece.bad * WHOLE) / length),
          label: piece.label,
        })),
        budgetPpm: Math.floor((allowed * WHOLE) / length),
        labels: { whole: attention.whole },
      },
      columns: [
        { label: attention.kind, header: true },
        { label: attention.cause, short: true },
        { label: attention.when },
        { label: charts.bad, align: 'end' },
        { label: attention.share, align: 'end' },
      ],
      rows: sums.flatMap(({ parts }) => parts).map((part) => partRow(context, objective, part)),
      unfold: charts.table,
    },
  ]
}

function partRow(context: Context, objective: ObjectiveMonth, part: SpentPart): Cell[] {
  const { words, figures } = context
  return [
    { text: words.attention.kinds[part.on] },
    { text: part.key ?? '' },
    { text: whenOf(context, part) },
    { text: figures.count(Math.floor(part.bad / unitOf(objective))) },
    { text: shareOfBudget(context, objective, part.bad, 1) },
  ]
}

function whenOf({ words, figures }: Context, { from, to, days }: SpentPart): string {
  if (from !== undefined && to !== undefined) return words.attention.stretch(figures.stamp(from), figures.stamp(to))
  return days === undefined ? '' : words.attention.days(days, figures.count(days))
}
