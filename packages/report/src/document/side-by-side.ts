import { type JourneyMonth, type ObjectiveMonth, sortJourneys, sortObjectives } from '@tabiji/core/report'
import { type Block, type Cell, paragraph, table } from './block.ts'
import { type Context, shareOf } from './context.ts'
import { durationText } from './duration.ts'
import { stopTimes } from './incidents.ts'
import { anchorOf, objectiveText } from './objective.ts'

/**
 * Months beside each other, a column for each: every objective, then fixes and incidents. Nothing is added up over them: a
 * target may have changed in between, and a sum would hide the bad month.
 *
 * @param months contexts in one language, in the order of the columns; at least one
 * @param linked whether the page has a section for each journey of the last month
 */
export function sideBySide(months: readonly [Context, ...Context[]], linked: boolean): Block[] {
  return [...journeysTable(months, linked), ...restTable(months), ...paragraph(months[0].words.months.apart)]
}

/** A section of the report: the month beside an earlier one, such as the same month of last year. */
export function composeCompared(context: Context, earlier: Context): Block[] {
  const heading = context.words.months.compared(earlier.figures.month(earlier.facts.month))
  return [{ type: 'heading', level: 2, text: heading, anchor: 'compared' }, ...sideBySide([earlier, context], true)]
}

function columnsOf(months: readonly Context[]) {
  return months.map(({ facts, figures }) => ({ label: figures.month(facts.month) }))
}

/** What the last month has stands first, in the order of its attention; then what only an earlier one had. */
function journeysTable(months: readonly [Context, ...Context[]], linked: boolean): Block[] {
  const { words } = months[0]
  const last = new Set(months.at(-1)?.facts.journeys.map(({ name }) => name))
  const columns = [
    { label: words.months.journey, header: true as const },
    { label: words.months.objective },
    ...columnsOf(months),
  ]
  const seen = new Set<string>()
  const rows: Cell[][] = []
  for (const { facts } of months.toReversed()) {
    for (const journey of sortJourneys(facts.journeys)) {
      for (const { name } of sortObjectives(journey.objectives)) {
        const key = JSON.stringify([journey.name, name])
        if (seen.has(key)) continue
        seen.add(key)
        const title: Cell = { text: journey.title[words.language] }
        const isLinked = linked && last.has(journey.name)
        const first = isLinked ? { ...title, anchor: anchorOf(journey) } : title
        rows.push([first, { text: name }, ...months.map((month) => monthCell(month, journey, name))])
      }
    }
  }
  return table(words.months.journeys, columns, rows)
}

function monthCell(context: Context, { name: journey }: JourneyMonth, name: string): Cell {
  const held = context.facts.journeys.find((one) => one.name === journey)
  const objective = held?.objectives.find((one) => one.name === name)
  if (objective === undefined) return { text: '' }
  return { text: resultText(context, objective), state: objective.state }
}

function resultText(context: Context, objective: ObjectiveMonth): string {
  const { result, target, used, verdict } = objectiveText(context, objective)
  return objective.unjudged === undefined ? context.words.months.result(result, target, used) : verdict
}

function restTable(months: readonly [Context, ...Context[]]): Block[] {
  const { words } = months[0]
  const { summary, fixes } = words
  const row = (label: string, textOf: (month: Context) => string): Cell[] => [
    { text: label },
    ...months.map((month) => ({ text: textOf(month) })),
  ]
  return table(
    words.months.rest,
    [{ label: words.months.figure, header: true }, ...columnsOf(months)],
    [
      row(fixes.onTime, (month) => {
        const { share } = month.facts.fixes.onTime
        return share.denominator === 0 ? summary.noneDue : shareOf(month, share)
      }),
      row(fixes.stockRate, (month) => {
        const { stock } = month.facts.fixes
        return stock.denominator === 0 ? summary.nothingToDo : shareOf(month, stock)
      }),
      row(fixes.openAtEnd, ({ facts, figures }) => figures.count(facts.fixes.flow.openAtEnd)),
      row(fixes.overdue, ({ facts, figures }) => figures.count(facts.fixes.ageing.overdue)),
      row(words.incidents.heading, ({ facts, figures }) =>
        figures.count(facts.incidents.filter(({ drill }) => !drill).length),
      ),
      row(words.months.stopped, ({ facts, figures }) => {
        const times = stopTimes(facts.incidents)
        if (times === undefined) return ''
        return words.months.medianOf(durationText(words, times.median), figures.count(times.count))
      }),
    ],
  )
}
