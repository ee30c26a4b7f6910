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

/** Everything that somebody reads of a message for Slack. */
export function textOfSlack(message: string): string {
  const texts: string[] = []
  JSON.parse(message, (key: string, value: unknown) => {
    if (key === 'text' && typeof value === 'string') texts.push(value)
    return value
  })
  return texts.join('\n')
}

type Record = Readonly<{ [column: string]: string }>

/** The rows of a table for spreadsheets by its columns. Quotes are doubled in a cell that has any. */
function rowsOfCsv(csv: string): readonly Record[] {
  const rows = csv
    .replace(/^\ufeff/, '')
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => [...line.matchAll(/("([^"]|"")*"|[^,]*)(,|$)/g)].map(([, cell = '']) => unquoted(cell)))
  const [columns = [], ...records] = rows
  return records.map((cells) => Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? ''])))
}

function unquoted(cell: string): string {
  return cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell
}

/** What the tables have of the headline: rates are in none of them. */
export function headlineOfCsv(
  csv: Readonly<{ journeys: string; incidents: string; fixes: string }>,
): Omit<Headline, 'onTime' | 'stock'> {
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
