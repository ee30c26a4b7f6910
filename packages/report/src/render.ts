import type { MonthFacts } from '@tabiji/core/report'
import { withoutPeople } from './document/people.ts'
import { composeReport, type ReportOptions } from './document/report.ts'
import { htmlOf } from './format/html.ts'
import { markdownOf } from './format/markdown.ts'
import type { Language } from './words/language.ts'

/** The report of a month as GitHub-flavoured Markdown. */
export function renderMarkdown(facts: MonthFacts, language: Language, options?: ReportOptions): string {
  return markdownOf(composeReport(facts, language, options))
}

/** The report of a month as one self-contained HTML page, with the facts inside it. */
export function renderHtml(facts: MonthFacts, language: Language, options?: ReportOptions): string {
  const carried = options?.withPeople === true ? facts : withoutPeople(facts)
  return htmlOf(composeReport(facts, language, options), carried)
}

/** The facts themselves, indented, people included; `tabiji-report --facts` reads them again. */
export function renderJson(facts: MonthFacts): string {
  return `${JSON.stringify(facts, null, 2)}\n`
}
