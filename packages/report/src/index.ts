export { type FishboneOptions, fishboneSvg } from './chart/fishbone.ts'
export type { ChatOptions } from './document/chat.ts'
export { withoutPeople } from './document/people.ts'
export type { ReportOptions } from './document/report.ts'
export {
  type QuarterRendering,
  type RenderOptions,
  renderCsv,
  renderHtml,
  renderJson,
  renderMarkdown,
  renderQuarter,
  renderReport,
  renderSlack,
} from './render.ts'
export { LANGUAGES, type Language } from './words/language.ts'
