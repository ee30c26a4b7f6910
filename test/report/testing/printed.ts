import type { MonthFacts } from '@tabiji/core/report'
import { parse } from 'csv-parse/sync'
import { cellsOfRow, textOfHtml, textOfMarkdown } from '../../../packages/report/src/testing/read-back.ts'
import { countJourneys, type Headline } from './headline.ts'

/** The first section of a Markdown report, and the tiles in it, as text. */
export function summaryOfMarkdown(report: string): { readonly section: string; readonly tiles: string } {
  const [section = ''] = report.split(/^## /m).slice(1)
  const row = section.split('\n').filter((line) => line.startsWith('| **'))
  return { section: textOfMarkdown(section), tiles: row.flatMap(cellsOfRow).join('\n') }
}

/** The same of a page. */
export function summaryOfHtml(page: string): { readonly section: string; readonly tiles: string } {
  const from = page.indexOf('id="summary"')
  const to = page.indexOf('<h2', from)
  const section = page.slice(from, to)
  const tiles = section.slice(section.indexOf('class="tiles"'), section.lastIndexOf('</div>'))
  const text = (html: string) => textOfHtml(`<body>${html.slice(html.indexOf('>') + 1)}<script`)
  return { section: text(section), tiles: text(tiles) }
}

/** The first section of a printed report, as text. It ends where the second has its heading, which its last tile has too. */
export function summaryOfPdf(text: string, lang: 'en' | 'ja'): string {
  const [first, second, third] = {
    en: ['In 30 seconds', 'Decisions asked', 'Journeys at a glance'],
    ja: ['30秒サマリー', 'お願いしたい判断', 'ユーザージャーニー別の結果'],
  }[lang]
  const until = text.slice(0, text.indexOf(third ?? ''))
  return until.slice(until.indexOf(first ?? '') + (first ?? '').length, until.lastIndexOf(second ?? ''))
}

/** The headline of a file of facts. */
export function headlineOfJson(json: string): Headline {
  const { journeys, fixes, incidents, asks = [], month }: MonthFacts = JSON.parse(json)
  const verdicts = journeys.flatMap(({ name, objectives }) => objectives.map(({ met }) => ({ journey: name, met })))
  const real = incidents.filter(({ drill }) => !drill)
  const minutes = real
    .flatMap(({ impactStartedAt: from, mitigatedAt: to }) =>
      from && to ? [(Date.parse(to) - Date.parse(from)) / 60_000] : [],
    )
    .sort((a, b) => a - b)
  const median = minutes[Math.ceil(minutes.length / 2) - 1]
  return {
    ...countJourneys(verdicts),
    onTime: [fixes.onTime.share.numerator, fixes.onTime.share.denominator],
    stock: [fixes.stock.numerator, fixes.stock.denominator],
    overdue: fixes.ageing.overdue,
    oldestDays: fixes.ageing.oldestDays,
    incidents: real.length,
    medianMinutes: median === undefined ? undefined : Math.ceil(median),
    asked: asks.filter((ask) => ask.month === month && ask.state === 'open').length,
  }
}

/** Everything that somebody reads of a message for Slack. */
export function textOfSlack(message: string): string {
  const texts: string[] = []
  JSON.parse(message, (key: string, value: unknown) => {
    if (key === 'text' && typeof value === 'string') texts.push(value)
    return value
  })
  return texts.join('\n')
}

type Row = Readonly<{ [column: string]: string }>

/** The rows of a table for spreadsheets by its columns. */
const rowsOfCsv = (csv: string): readonly Row[] => parse(csv, { bom: true, columns: true })

/** What the tables have of the headline: rates and asks are in none of them. */
export function headlineOfCsv(
  csv: Readonly<{ journeys: string; incidents: string; fixes: string }>,
): Omit<Headline, 'onTime' | 'stock' | 'asked'> {
  const verdicts = rowsOfCsv(csv.journeys).map(({ journey_id: journey = '', met }) => ({
    journey,
    met: met === '' ? undefined : met === 'true',
  }))
  const fixes = rowsOfCsv(csv.fixes)
  const incidents = rowsOfCsv(csv.incidents).filter(({ drill }) => drill === 'false')
  const minutes = incidents
    .flatMap(({ minutes_to_mitigate: told = '' }) => (told === '' ? [] : [Math.ceil(Number(told))]))
    .sort((a, b) => a - b)
  return {
    ...countJourneys(verdicts),
    overdue: fixes.filter(({ overdue_days: days }) => Number(days) > 0).length,
    oldestDays: fixes.length === 0 ? undefined : Math.max(...fixes.map(({ age_days: days }) => Number(days))),
    incidents: incidents.length,
    medianMinutes: minutes[Math.ceil(minutes.length / 2) - 1],
  }
}
