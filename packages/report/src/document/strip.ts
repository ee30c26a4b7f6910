import { unitOf } from '@tabiji/core/budget'
import type { ObjectiveMonth } from '@tabiji/core/report'
import { datesIn } from '@tabiji/core/time'
import { type Block, type Cell, type Column, table } from './block.ts'
import type { Context } from './context.ts'

/** On which days the bad events of an objective were; left out where the days are not known, or had none. */
export function composeStrip(context: Context, objective: ObjectiveMonth): Block[] {
  const { words, figures, facts } = context
  const { days = [], bad, name } = objective
  const [most] = days.toSorted((a, b) => b.bad - a.bad)
  if (most === undefined || bad === 0) return []
  const count = (value: number) => figures.count(Math.floor(value / unitOf(objective)))
  return [
    {
      type: 'chart',
      caption: words.attention.strip(name),
      summary: words.attention.stripSummary(name, most.date, count(most.bad), count(bad)),
      chart: {
        kind: 'strip',
        bars: days.map((day) => ({ bad: day.bad, over: day.bad * 1_000_000 > day.allowedMillionths })),
        days: datesIn(facts.month).length,
        labels: { most: words.attention.most(most.date, count(most.bad)), none: figures.count(0) },
      },
      // They are in the table behind the budget's course, which stands above.
      columns: [],
      rows: [],
      unfold: words.charts.table,
    },
  ]
}

/** Every day of an objective, folded away. */
export function composeDaily(context: Context, objective: ObjectiveMonth): Block[] {
  const { columns, rows } = dailyFigures(context, objective)
  const caption = context.words.attention.daily(objective.name)
  return table(caption, columns, rows).map((block) => ({ ...block, unfold: caption }))
}

function dailyFigures(
  { words, figures }: Context,
  objective: ObjectiveMonth,
): { readonly columns: readonly Column[]; readonly rows: readonly (readonly Cell[])[] } {
  const { charts, attention } = words
  const unit = unitOf(objective)
  return {
    columns: [
      { label: charts.day, header: true, short: true },
      { label: charts.bad, align: 'end' },
      { label: attention.allowed, align: 'end' },
      { label: charts.valid, align: 'end' },
    ],
    rows: (objective.days ?? []).map(({ date, bad, allowedMillionths, valid }): Cell[] => [
      { text: date },
      { text: figures.count(Math.floor(bad / unit)) },
      { text: figures.events(Math.floor(allowedMillionths / unit)) },
      { text: figures.count(Math.floor(valid / unit)) },
    ]),
  }
}
