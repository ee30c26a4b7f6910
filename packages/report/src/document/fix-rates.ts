import type { Share } from '@tabiji/core/fix'
import { type Block, type Cell, paragraph, type Segment, type Tile, table } from './block.ts'
import { type Context, fractionOf, percentOf } from './context.ts'

/** Both rates as big as each other: of what lay on the table, and of what was promised. Nothing when neither is one. */
export function rateTiles(context: Context): Block[] {
  const { words, figures, facts } = context
  const { stock, onTime } = facts.fixes
  const { fixes, fixTrend, summary } = words
  if (stock.denominator === 0 && onTime.share.denominator === 0) return []
  const target = fixTrend.target(figures.target(onTime.targetPpm))
  return [
    {
      type: 'tiles',
      tiles: [
        tileOf(context, fixes.stockRate, stock, summary.nothingToDo, summary.stockOf),
        tileOf(context, fixes.onTime, onTime.share, summary.noneDue, summary.dueOf, target),
      ],
    },
  ]
}

function tileOf(
  context: Context,
  label: string,
  share: Share,
  nothing: string,
  told: (fraction: string) => string,
  target?: string,
): Tile {
  if (share.denominator === 0) return { label, figure: nothing, lines: [] }
  const percent = percentOf(context, share)
  const fraction = told(fractionOf(context, share))
  const lines = [...(percent === undefined ? [] : [fraction]), ...(target === undefined ? [] : [target])]
  return { label, figure: percent ?? fraction, lines }
}

/** What each rate is made of. */
export function ratesTable(context: Context): Block[] {
  const { words, figures, facts } = context
  const { fixes, fixTrend, restated, summary } = words
  const { onTime, stock, clearance } = facts.fixes
  const byPresentDate = facts.statistics?.byPresentDate
  const columns = [
    { label: fixes.rate, header: true },
    { label: fixes.value, align: 'end' },
    { label: fixes.fraction, align: 'end' },
    { label: fixes.meaning },
  ] as const
  const perNew = fixes.perNew(figures.count(clearance.numerator), figures.count(clearance.denominator))
  const row = (name: string, share: Share, meaning: string, empty: string, fraction = fractionOf(context, share)) =>
    share.denominator === 0
      ? [{ text: name }, { text: '' }, { text: empty }, { text: meaning }]
      : [{ text: name }, { text: percentOf(context, share) ?? '' }, { text: fraction }, { text: meaning }]
  return table(fixes.rates, columns, [
    row(fixes.onTime, onTime.share, fixes.onTimeMeaning(figures.target(onTime.targetPpm)), summary.noneDue),
    row(fixes.stockRate, stock, fixes.stockMeaning, summary.nothingToDo),
    row(fixes.clearance, clearance, fixes.clearanceMeaning, fixes.noNew, perNew),
    ...(byPresentDate === undefined
      ? []
      : [row(restated.byPresentDate, byPresentDate, fixTrend.byPresentMeaning, summary.noneDue)]),
  ])
}

/** Both rates of six months, and by how much the number of open fixes changed. */
export function monthsTable(context: Context): Block[] {
  const { words, figures, facts } = context
  const { fixes, fixTrend, summary } = words
  const { rates = [], netFlow = [] } = facts.statistics ?? {}
  const columns = [
    { label: fixTrend.month, header: true, short: true },
    { label: fixes.stockRate },
    { label: fixes.onTime },
    { label: fixTrend.netFlow, align: 'end' },
  ] as const
  const rows = rates.map(({ month, onTime, stock }): Cell[] => {
    const net = netFlow.find((one) => one.month === month)?.net
    return [
      { text: figures.month(month) },
      rateCell(context, stock, summary.nothingToDo),
      rateCell(context, onTime, summary.noneDue),
      { text: net === undefined ? '' : signed(figures.count(Math.abs(net)), net) },
    ]
  })
  return table(fixTrend.months, columns, rows)
}

function rateCell(context: Context, share: Share, nothing: string): Cell {
  if (share.denominator === 0) return { text: nothing }
  const percent = percentOf(context, share)
  const fraction = fractionOf(context, share)
  if (percent === undefined) return { text: fraction }
  const bar: readonly Segment[] = [
    { tone: 'plain', ppm: Math.floor((share.numerator * 1_000_000) / share.denominator) },
  ]
  return { text: context.words.also(percent, fraction), bar }
}

function signed(size: string, value: number): string {
  return value === 0 ? `±${size}` : `${value < 0 ? '−' : '+'}${size}`
}

/** The identity with this month's numbers, so that everybody can add them up, and where its pace leads. */
export function composeFlow(context: Context): Block[] {
  const { words, figures, facts } = context
  const { fixes } = words
  const { flow, asOf } = facts.fixes
  const running = asOf.slice(0, 7) === facts.month
  const columns = [
    { label: fixes.openAtStart, align: 'end' },
    { label: `+ ${fixes.created}`, align: 'end' },
    { label: `+ ${fixes.returned}`, align: 'end' },
    { label: `− ${fixes.done}`, align: 'end' },
    { label: `− ${fixes.dropped}`, align: 'end' },
    { label: `= ${running ? fixes.openNow : fixes.openAtEnd}`, align: 'end' },
  ] as const
  const { openAtStart, created, returned, done, dropped, openAtEnd } = flow
  const row = [openAtStart, created, returned, done, dropped, openAtEnd].map((count) => ({
    text: figures.count(count),
  }))
  return [...table(fixes.flow, columns, [row]), ...paragraph(paceSentence(context))]
}

/** Nothing where nothing is open, and nothing of a pace that nobody worked out. */
function paceSentence({ words, figures, facts }: Context): string | undefined {
  const { fixes, statistics } = facts
  if (statistics === undefined || fixes.flow.openAtEnd === 0) return undefined
  const { daysToClear } = statistics
  return daysToClear === undefined
    ? words.fixTrend.grows
    : words.fixTrend.clears(daysToClear, figures.count(daysToClear))
}
