import type { Cohort } from '@tabiji/core/fix'
import { daysBetween } from '@tabiji/core/time'
import type { Curves } from '../chart/curves.ts'
import { type Block, type Cell, type Column, paragraph, table } from './block.ts'
import { type Context, percentOf, shareOf } from './context.ts'

type Panel = Curves['panels'][number]

/** Months judged on their own fixes, as curves where there are enough of them; what can still grow says so. */
export function composeCohorts(context: Context): Block[] {
  const { words, figures, facts } = context
  const { cohorts } = facts.fixes
  const days = cohorts[0]?.within.map((one) => one.days) ?? []
  const panels = cohorts.map((cohort) => panelOf(context, cohort))
  const isYoung = panels.some(({ points }) => points.some(({ young }) => young !== undefined))
  const { columns, rows } = cohortsTable(context, days)
  if (panels.every(({ points }) => points.length === 0)) return table(words.fixes.cohorts, columns, rows)
  return [
    {
      type: 'chart',
      caption: words.fixes.cohorts,
      summary: words.fixTrend.curvesSummary(figures.list(days.map(figures.count))),
      chart: {
        kind: 'curves',
        days,
        panels,
        labels: { full: figures.percent(1, 1, 0), none: figures.percent(0, 1, 0) },
      },
      columns,
      rows,
      unfold: words.charts.table,
    },
    ...paragraph(isYoung ? words.fixTrend.young : undefined),
  ]
}

/** A rate of too few fixes is no point on a line; neither is one of days that nobody can have had. */
function panelOf(context: Context, cohort: Cohort): Panel {
  const { words, figures } = context
  const points = cohort.within.flatMap((one): Panel['points'] => {
    const { days, share, matured } = one
    const percent = percentOf(context, share)
    if (percent === undefined) return []
    if (matured) return [{ days, ppm: Math.floor((share.numerator * 1_000_000) / share.denominator), text: percent }]
    const donePpm = estimateOf(context, cohort, one)
    if (donePpm === undefined) return []
    return [{ days, ppm: donePpm, text: estimateText(context, donePpm), young: true }]
  })
  const count = words.fixTrend.fixes(cohort.created, figures.count(cohort.created))
  const isFew = cohort.within.every(({ share }) => percentOf(context, share) === undefined)
  return {
    label: figures.month(cohort.month),
    note: isFew ? words.also(count, words.fixTrend.tooFew) : count,
    points,
  }
}

function cohortsTable(context: Context, days: readonly number[]) {
  const { words, figures, facts } = context
  const { fixes, fixTrend } = words
  const columns: readonly Column[] = [
    { label: fixes.createdIn, header: true },
    { label: fixes.created, align: 'end' },
    ...days.map((one): Column => ({ label: fixes.within(figures.count(one)), align: 'end' })),
  ]
  const rows = facts.fixes.cohorts.map((cohort): Cell[] => [
    { text: figures.month(cohort.month) },
    { text: figures.count(cohort.created) },
    ...cohort.within.map((one) => {
      const { share, matured } = one
      if (share.denominator === 0) return { text: '' }
      const text = shareOf(context, share)
      if (matured) return { text }
      const donePpm = percentOf(context, share) === undefined ? undefined : estimateOf(context, cohort, one)
      return {
        text: donePpm === undefined ? fixes.maturing(text) : fixTrend.soFar(text, estimateText(context, donePpm)),
      }
    }),
  ])
  return { columns, rows }
}

/** What share of a young month will be done within the days; nothing while no fix of it can have had so many. */
function estimateOf({ facts, figures }: Context, { month }: Cohort, { days }: Cohort['within'][number]) {
  if (daysBetween(`${month}-01`, figures.date(facts.generatedAt)) < days) return undefined
  const estimate = facts.statistics?.estimates.find((one) => one.month === month)
  return estimate?.within.find((one) => one.days === days)?.donePpm
}

function estimateText({ words, figures }: Context, donePpm: number): string {
  return words.fixTrend.estimate(figures.percent(donePpm, 1_000_000, 0))
}
