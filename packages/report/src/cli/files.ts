import type { MonthFacts } from '@tabiji/core/report'
import { renderReport } from '../render.ts'
import type { Language } from '../words/language.ts'
import type { Format, Request } from './request.ts'

/** A report that is ready to be written. Facts are the same in every language. */
export type ReportFile = {
  readonly name: string
  readonly format: Format
  readonly language?: Language
  readonly text: string
}

/** Every file that was asked for; all of one snapshot, so they cannot disagree. */
export function renderFiles(
  facts: MonthFacts,
  { formats, languages, withPeople }: Pick<Request, 'formats' | 'languages' | 'withPeople'>,
): ReportFile[] {
  const stem = `report-${facts.month}`
  return formats.flatMap((format): ReportFile[] => {
    if (format === 'json') {
      return [{ name: `${stem}.json`, format, text: renderReport(facts, { format, lang: 'en', withPeople }) }]
    }
    return languages.map((language) => {
      const text = renderReport(facts, { format, lang: language, withPeople })
      return { name: `${stem}.${language}.${format}`, format, language, text }
    })
  })
}
