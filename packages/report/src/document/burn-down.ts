import { unitOf } from '@tabiji/core/budget'
import { burnDown, type ObjectiveMonth } from '@tabiji/core/report'
import { datesIn } from '@tabiji/core/time'
import type { Block, Cell } from './block.ts'
import type { Context } from './context.ts'

/** How an objective's budget was used up over the month, where the days are known. */
export function composeBurnDown(context: Context, objective: ObjectiveMonth): Block[] {
  const points = burnDown(objective)
  const last = points.at(-1)
  if (last === undefined) return []
  const { words, figures, facts } = context
  const { charts } = words
  const days = objective.days ?? []
  const unit = unitOf(objective)
  const rows = points.map(({ date, leftPpm }, i): Cell[] => [
    { text: date },
    { text: figures.count((days[i]?.bad ?? 0) / unit) },
    { text: figures.count((days[i]?.valid ?? 0) / unit) },
    { text: figures.left(leftPpm) },
  ])
  const left = figures.left(last.leftPpm)
  return [
    {
      type: 'chart',
      caption: charts.burnDown(objective.name),
      summary: charts.burnDownSummary(objective.name, left),
      chart: {
        kind: 'burn-down',
        points,
        days: datesIn(facts.month).length,
        labels: {
          left: last.leftPpm < 0 ? charts.overspent(left.slice(1)) : charts.left(left),
          pace: charts.pace,
          full: figures.left(1_000_000),
          none: figures.left(0),
        },
      },
      columns: [
        { label: charts.day, header: true, short: true },
        { label: charts.bad, align: 'end' },
        { label: charts.valid, align: 'end' },
        { label: charts.budgetLeft, align: 'end' },
      ],
      rows,
      unfold: charts.table,
    },
  ]
}
