export { type FishboneOptions, fishboneSvg } from './chart/fishbone.ts'
export type { ChatOptions } from './document/chat.ts'
export { withoutPeople } from './document/people.ts'
export type { ReportOptions } from './document/report.ts'
export {
  type RenderOptions,
  renderCsv,
  renderHtml,
  renderJson,
  renderMarkdown,
  renderReport,
  renderSlack,
} from './render.ts'
export { LANGUAGES, type Language } from './words/language.ts'
