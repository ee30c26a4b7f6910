export { withoutPeople } from './document/people.ts'
export type { ReportOptions } from './document/report.ts'
export { renderHtml, renderJson, renderMarkdown } from './render.ts'
export { LANGUAGES, type Language } from './words/language.ts'
