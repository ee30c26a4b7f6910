import type { MonthFacts } from '@tabiji/core/report'
import { addMonths } from '@tabiji/core/time'
import { renderCsv, renderQuarter } from '../render.ts'
import { connect, unlessStopped } from './connect.ts'
import { factsFromCollector } from './facts.ts'
import { type Result, succeeded } from './failure.ts'
import { csvFiles, type ReportFile, stemOf } from './files.ts'
import type { QuarterRequest } from './quarter-request.ts'
import { STANDARD } from './request.ts'
import { showWritten, warningsOf } from './show.ts'
import { writeFiles } from './write.ts'

type World = {
  readonly env: NodeJS.ProcessEnv
  readonly stop: AbortSignal
  readonly tell: (line: string) => void
}

type Months = readonly [MonthFacts, MonthFacts, MonthFacts]

/** Writes the three months of a quarter side by side, each as the collector has it now or issued it. */
export async function writeQuarter(request: QuarterRequest, world: World): Promise<Result<string>> {
  const months = await unlessStopped(world.stop, () => monthsOf(request, world))
  if (!months.ok) return months
  const [first] = months.value
  const summary = {
    month: request.quarter,
    timeZone: first.timeZone,
    complete: months.value.every(({ complete }) => complete),
    sample: months.value.some(({ sample }) => sample),
  }
  const files = quarterFiles(months.value, request)
  for (const warning of warningsOf(summary, files)) world.tell(warning)
  if (request.out === STANDARD) return succeeded(files.map(({ content }) => content).join(''))
  const paths = writeFiles(request.out, files)
  return paths.ok ? succeeded(showWritten(summary, files, paths.value, request.json)) : paths
}

async function monthsOf({ source, quarter }: QuarterRequest, world: World): Promise<Result<Months>> {
  const collector = await connect(source, world)
  if (!collector.ok) return collector
  const [year, number] = quarter.split('-Q')
  const first = `${year}-${String(Number(number) * 3 - 2).padStart(2, '0')}`
  const read = (month: string) => factsFromCollector(collector.value, month, world.tell)
  const a = await read(first)
  if (!a.ok) return a
  const b = await read(addMonths(first, 1))
  if (!b.ok) return b
  const c = await read(addMonths(first, 2))
  return c.ok ? succeeded([a.value.facts, b.value.facts, c.value.facts]) : c
}

function quarterFiles(months: Months, request: QuarterRequest): ReportFile[] {
  const { quarter, formats, languages, withPeople, csvLabels } = request
  const stem = stemOf(quarter, months[0])
  return formats.flatMap((format): ReportFile[] => {
    if (format === 'json') {
      return [{ name: `${stem}.json`, format, content: renderQuarter(months, { format, lang: 'en', withPeople }) }]
    }
    if (format === 'csv') {
      const tables = renderCsv(months, { withPeople, ...(csvLabels !== undefined && { labels: csvLabels }) })
      return csvFiles(stem, tables)
    }
    return languages.map((language) => ({
      name: `${stem}.${language}.${format}`,
      format,
      language,
      content: renderQuarter(months, { format, lang: language, withPeople }),
    }))
  })
}
