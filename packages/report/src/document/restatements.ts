import type { Restatement, Share } from '@tabiji/core/fix'
import { type Block, type Cell, table } from './block.ts'
import { type Context, fractionOf } from './context.ts'

/** What the month said when it ended, where that is another number now, and why. */
export function restatementsTable(context: Context): Block[] {
  const { words, facts } = context
  const { fixes, restated } = words
  const isRunning = Date.parse(facts.generatedAt) < Date.parse(facts.to)
  const columns = [
    { label: restated.figure, header: true },
    { label: isRunning ? restated.whenBegan : restated.whenEnded, align: 'end' },
    { label: restated.now, align: 'end' },
    { label: fixes.reason },
  ] as const
  const rows = (facts.statistics?.restatements ?? []).map((one): Cell[] => {
    return [
      { text: one.figure === 'byPresentDate' ? restated.byPresentDate : fixes[one.figure] },
      { text: figureOf(context, one.was) },
      { text: figureOf(context, one.is) },
      { text: becauseOf(context, one) },
    ]
  })
  return table(isRunning ? restated.headingRunning : restated.heading, columns, rows)
}

function figureOf(context: Context, figure: number | Share): string {
  return typeof figure === 'number' ? context.figures.count(figure) : fractionOf(context, figure)
}

function becauseOf({ words, figures }: Context, { because }: Restatement): string {
  return because
    .map(({ fix, recordedAt, reason }) => words.restated.recorded(fix, figures.stamp(recordedAt), reason))
    .join(words.separator)
}
