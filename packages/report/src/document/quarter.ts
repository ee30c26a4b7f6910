import type { MonthFacts } from '@tabiji/core/report'
import type { Language } from '../words/language.ts'
import type { Document } from './block.ts'
import type { Context } from './context.ts'
import { composeHead, contextOf, type ReportOptions } from './report.ts'
import { sideBySide } from './side-by-side.ts'

export type QuarterOptions = Pick<ReportOptions, 'withPeople'>

/**
 * Writes three months in one language, side by side. Each keeps its own verdicts; there is no figure of the quarter.
 *
 * @param months of one quarter, oldest first
 */
export function composeQuarter(
  months: readonly [MonthFacts, ...MonthFacts[]],
  language: Language,
  options: QuarterOptions = {},
): Document {
  const [first, ...others] = months
  const contexts: readonly [Context, ...Context[]] = [
    contextOf(first, language, options),
    ...others.map((facts) => contextOf(facts, language, options)),
  ]
  const { words } = contexts[0]
  const heads = contexts.map((context) => ({ context, head: composeHead(context) }))
  const banner = heads.find(({ head }) => head.banner !== undefined)?.head.banner
  const [year = '', month] = first.month.split('-')
  const quarter = words.months.quarter(String(Math.ceil(Number(month) / 3)), year)
  return {
    language,
    title: words.months.title(quarter),
    contents: words.header.contents,
    ...(banner !== undefined && { banner }),
    draft: heads.some(({ head }) => head.draft),
    lines: heads.map(({ context: { facts, figures }, head }) =>
      words.months.ofMonth(figures.month(facts.month), head.lines[0] ?? ''),
    ),
    footer: [],
    blocks: [
      { type: 'heading', level: 2, text: words.months.journeys, anchor: 'months' },
      ...sideBySide(contexts, false),
    ],
  }
}
