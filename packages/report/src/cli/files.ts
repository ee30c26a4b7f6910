import type { MonthFacts } from '@tabiji/core/report'
import type { ReportOptions } from '../document/report.ts'
import { renderCsv, renderReport } from '../render.ts'
import type { Language } from '../words/language.ts'
import type { Format, Request } from './request.ts'

/** A report that is ready to be written. Facts are the same in every language. */
export type ReportFile = {
  readonly name: string
  readonly format: Format
  readonly language?: Language
  readonly content: string | Uint8Array
}

/** The stamp of an issued report, and the version that renders it. */
export type Stamp = Pick<ReportOptions, 'issue' | 'version'>

type Wanted = Pick<Request, 'formats' | 'languages' | 'withPeople' | 'csvLabels' | 'link'> & {
  readonly compare?: MonthFacts
  readonly stamp?: Stamp
}

/** A message is sent as JSON; by its name it is told apart from the facts. */
const ENDING: Readonly<Partial<Record<Format, string>>> = { slack: 'slack.json' }

/**
 * Every file of text that was asked for; all of one snapshot, so they cannot disagree. A PDF is printed, not rendered.
 *
 * @param begin is told the name of a file before it is made
 */
export function renderFiles(
  facts: MonthFacts,
  { formats, languages, withPeople, csvLabels, link, compare, stamp }: Wanted,
  begin: (name: string) => void = () => {},
): ReportFile[] {
  const stem = stemOf(facts.month, facts)
  const more = { ...stamp, ...(link !== undefined && { link }), ...(compare !== undefined && { compare }) }
  const issued = stamp?.issue === undefined ? {} : { issue: stamp.issue }
  return formats.flatMap((format): ReportFile[] => {
    if (format === 'json') {
      begin(`${stem}.json`)
      return [{ name: `${stem}.json`, format, content: renderReport(facts, { format, lang: 'en', withPeople }) }]
    }
    if (format === 'csv') {
      begin(`${stem}.*.csv`)
      const files = renderCsv(facts, { withPeople, ...issued, ...(csvLabels !== undefined && { labels: csvLabels }) })
      return csvFiles(stem, files)
    }
    if (format === 'pdf') return []
    return languages.map((language) => {
      const name = `${stem}.${language}.${ENDING[format] ?? format}`
      begin(name)
      return { name, format, language, content: renderReport(facts, { format, lang: language, withPeople, ...more }) }
    })
  })
}

/** How all files of a report begin: a team's stand beside those of all teams. */
export function stemOf(period: string, { team }: Pick<MonthFacts, 'team'>): string {
  return team === undefined ? `report-${period}` : `report-${period}.${team.replace(/[^\p{L}\p{N}_-]+/gu, '-')}`
}

/** A file for each table. */
export function csvFiles(stem: string, tables: ReturnType<typeof renderCsv>): ReportFile[] {
  return Object.entries(tables).map(([name, content]) => ({ name: `${stem}.${name}.csv`, format: 'csv', content }))
}
