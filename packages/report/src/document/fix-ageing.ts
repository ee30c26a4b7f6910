import { type AgeBucket, ageRanks } from '@tabiji/core/fix'
import { type Block, type Cell, paragraph } from './block.ts'
import type { Context } from './context.ts'

/** Below so many open fixes a half and nine tenths of them say nothing. */
const FEWEST_FOR_RANKS = 5

/** Open fixes by age, what of them is overdue, and what stood open a month before. */
export function composeAgeing(context: Context): Block[] {
  const { words, figures, facts } = context
  const { buckets, oldestDays, overdue } = facts.fixes.ageing
  const { fixTrend } = words
  const before = facts.statistics?.ageing.atStart
  if (oldestDays === undefined) return []
  const counts = { open: figures.count(facts.fixes.open.length), overdue: figures.count(overdue) }
  const rows = buckets.map((bucket) => {
    const then = before?.find(({ fromDays }) => fromDays === bucket.fromDays)?.open
    const { open, overdue } = bucket
    return {
      label: ageText(context, bucket),
      open,
      overdue,
      ...(then !== undefined && { before: then }),
      text: overdue === 0 ? figures.count(open) : fixTrend.ofWhich(figures.count(open), figures.count(overdue)),
    }
  })
  return [
    ...paragraph(ranksSentence(context)),
    {
      type: 'chart',
      caption: words.fixes.ageing,
      summary: fixTrend.ageingSummary(counts.open, counts.overdue),
      chart: {
        kind: 'ageing',
        rows,
        legend: {
          overdue: fixTrend.overdue,
          notOverdue: fixTrend.notOverdue,
          ...(before !== undefined && { before: fixTrend.monthBefore }),
        },
      },
      ...ageingTable(context),
      unfold: words.charts.table,
    },
  ]
}

/** Half of the open fixes are not older than this, and nine of ten not than that. */
function ranksSentence({ words, figures, facts }: Context): string | undefined {
  const { open } = facts.fixes
  const { medianDays, p90Days } = ageRanks(open)
  if (open.length < FEWEST_FOR_RANKS || medianDays === undefined || p90Days === undefined) return undefined
  return words.fixTrend.ages(
    words.days(medianDays, figures.count(medianDays)),
    words.days(p90Days, figures.count(p90Days)),
  )
}

function ageingTable(context: Context): Pick<Extract<Block, { type: 'chart' }>, 'columns' | 'rows'> {
  const { words, figures, facts } = context
  const { fixes, fixTrend } = words
  const { buckets } = facts.fixes.ageing
  const all = buckets.reduce((sum, { open }) => sum + open, 0)
  const { atStart: before, weights } = facts.statistics?.ageing ?? {}
  const columns = [
    { label: fixes.age, header: true },
    { label: fixes.open, align: 'end' },
    { label: fixes.overdue, align: 'end' },
    ...(before === undefined ? [] : [{ label: fixTrend.monthBefore, align: 'end' as const }]),
    { label: fixes.portion },
    ...(weights === undefined ? [] : [{ label: fixTrend.burnt }]),
  ] as const
  const rows = buckets.map((bucket): Cell[] => {
    const { fromDays, open, overdue } = bucket
    const then = before?.find((one) => one.fromDays === fromDays)?.open
    const burnt = weights?.find((one) => one.fromDays === fromDays)?.burnt ?? []
    return [
      { text: ageText(context, bucket) },
      { text: figures.count(open) },
      { text: figures.count(overdue) },
      ...(before === undefined ? [] : [{ text: figures.count(then ?? 0) }]),
      {
        text: figures.percent(open, all, 0),
        bar: [
          { tone: 'late', ppm: Math.floor((overdue * 1_000_000) / all) },
          { tone: 'plain', ppm: Math.floor(((open - overdue) * 1_000_000) / all) },
        ],
      },
      ...(weights === undefined ? [] : [{ text: burntText(context, burnt) }]),
    ]
  })
  return { columns, rows }
}

function ageText({ words }: Context, { fromDays, toDays }: AgeBucket): string {
  const { fixTrend } = words
  return toDays === undefined ? fixTrend.over(`${fromDays - 1}`) : fixTrend.between(`${fromDays}`, `${toDays}`)
}

type Burnt = readonly { readonly objective: string; readonly budgetPpm: number }[]

/** Shares of the budgets of several objectives do not add up, so each stands by itself. */
export function burntText({ words, figures }: Context, burnt: Burnt): string {
  return burnt
    .map(({ objective, budgetPpm }) => words.fixDebt.burntOf(objective, figures.left(budgetPpm)))
    .join(words.separator)
}
