import type { MonthFacts } from '@tabiji/core/report'
import { type ChatOptions, composeChat } from './document/chat.ts'
import { withoutPeople } from './document/people.ts'
import { composeQuarter, type QuarterOptions } from './document/quarter.ts'
import { composeReport, type ReportOptions } from './document/report.ts'
import { type CsvOptions, csvOf } from './format/csv.ts'
import { htmlOf } from './format/html.ts'
import { markdownOf } from './format/markdown.ts'
import { slackOf } from './format/slack.ts'
import type { CsvFile } from './words/csv.ts'
import type { Language } from './words/language.ts'

/** What a report is rendered as, and for whom. */
export type RenderOptions = ReportOptions & {
  readonly format: 'md' | 'html' | 'json' | 'slack'
  readonly lang: Language
  /** Where the whole report can be opened; only a message for Slack has a button for it. */
  readonly link?: string
}

/**
 * The report of a month as text in one format. All formats and languages are made from the same facts, so they cannot
 * disagree. Whoever bundles and needs one format takes its own function below, and leaves the others out; tables for
 * spreadsheets are several files and have only that.
 */
export function renderReport(facts: MonthFacts, { format, lang, link, ...options }: RenderOptions): string {
  switch (format) {
    case 'md':
      return renderMarkdown(facts, lang, options)
    case 'html':
      return renderHtml(facts, lang, options)
    case 'json':
      return renderJson(options.withPeople === true ? facts : withoutPeople(facts))
    case 'slack':
      return renderSlack(facts, lang, link === undefined ? options : { ...options, link })
  }
}

/** The report of a month as GitHub-flavoured Markdown. */
export function renderMarkdown(facts: MonthFacts, language: Language, options?: ReportOptions): string {
  return markdownOf(composeReport(facts, language, options))
}

/** The report of a month as one self-contained HTML page, with the facts inside it. */
export function renderHtml(facts: MonthFacts, language: Language, options?: ReportOptions): string {
  const carried = options?.withPeople === true ? facts : withoutPeople(facts)
  return htmlOf(composeReport(facts, language, options), carried)
}

/** The thirty seconds of a month as JSON that Slack's `chat.postMessage` and incoming webhooks take, within their limits. */
export function renderSlack(facts: MonthFacts, language: Language, options?: ChatOptions): string {
  return `${JSON.stringify(slackOf(composeChat(facts, language, options)), null, 2)}\n`
}

/**
 * A month, or several below each other, as four flat tables for spreadsheets, by the names of their files without an ending.
 */
export function renderCsv(
  facts: MonthFacts | readonly MonthFacts[],
  { withPeople = false, ...options }: CsvOptions & Pick<ReportOptions, 'withPeople'> = {},
): Readonly<Record<CsvFile, string>> {
  const months = [facts].flat()
  return csvOf(withPeople ? months : months.map(withoutPeople), options)
}

/** What a quarter is rendered as. */
export type QuarterRendering = QuarterOptions & { readonly format: 'md' | 'html' | 'json'; readonly lang: Language }

/**
 * The months of a quarter side by side as text in one format; each keeps its own verdicts. A page carries the facts of all.
 *
 * @param months of one quarter, oldest first
 */
export function renderQuarter(
  months: readonly [MonthFacts, ...MonthFacts[]],
  { format, lang, ...options }: QuarterRendering,
): string {
  const carried = options.withPeople === true ? months : months.map(withoutPeople)
  if (format === 'json') return `${JSON.stringify(carried, null, 2)}\n`
  const document = composeQuarter(months, lang, options)
  return format === 'md' ? markdownOf(document) : htmlOf(document, carried)
}

/** The facts themselves, indented, people included; `tabiji-report --facts` reads them again. */
export function renderJson(facts: MonthFacts): string {
  return `${JSON.stringify(facts, null, 2)}\n`
}
