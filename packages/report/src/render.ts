import type { MonthFacts } from '@tabiji/core/report'
import { composeReport, type ReportOptions } from './document/report.ts'
import { htmlOf } from './format/html.ts'
import { markdownOf } from './format/markdown.ts'
import type { Language } from './words/language.ts'

/** The report of a month as GitHub-flavoured Markdown. */
export function renderMarkdown(facts: MonthFacts, language: Language, options?: ReportOptions): string {
  return markdownOf(composeReport(facts, language, options))
}

/** The report of a month as one self-contained HTML page. */
export function renderHtml(facts: MonthFacts, language: Language, options?: ReportOptions): string {
  return htmlOf(composeReport(facts, language, options))
}

/** The facts themselves, indented; `tabiji-report --facts` reads them again. */
export function renderJson(facts: MonthFacts): string {
  return `${JSON.stringify(facts, null, 2)}\n`
}
