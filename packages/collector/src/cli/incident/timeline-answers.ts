import { z } from 'zod'
import type { Output } from '../terminal/output.ts'
import { printable } from '../terminal/printable.ts'
import { section } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'

const text = z.string().transform(printable)

const line = z.object({
  id: text,
  at: text,
  source: text,
  by: text.optional(),
  text: z.object({ en: text, ja: text }),
  starred: z.boolean(),
})

/** What the API answers about a timeline, as far as it is shown. */
export const timelineAnswer = z.object({
  incident: text,
  from: text,
  to: text,
  lines: z.array(line),
  series: z.array(z.object({ objective: text, slotSeconds: z.number(), spark: text })),
})
export type ShownTimeline = z.output<typeof timelineAnswer>

/** The lines as a table, then a graph of signs for each objective. */
export function timelinePage(
  { incident, lines, series, from }: ShownTimeline,
  output: Output,
  language: 'en' | 'ja',
): string {
  const rows = lines.map(({ at, id, by, source, text, starred }) => [
    when(at),
    `${starred ? '*' : ' '} ${id}`,
    source,
    by ?? '–',
    text[language].replaceAll('\n', ' ⏎ '),
  ])
  const graphs = series.map(({ objective, slotSeconds, spark }) => [objective, spark, `${slotSeconds} s each`])
  const graph = graphs.length === 0 ? '' : section(`Share of bad events since ${when(from)}`, graphs)
  return `${output.style('bold', incident)}\n${section('Timeline', rows)}${graph}`
}

/** The line that was written last, for "it stands there now". */
export function newestOf({ lines }: ShownTimeline): string {
  const written = lines.filter(({ id }) => /^L-\d+$/.test(id))
  const newest = written.toSorted((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true })).at(-1)
  return newest === undefined ? '' : `${newest.id} at ${when(newest.at)}: ${newest.text.en}`
}
