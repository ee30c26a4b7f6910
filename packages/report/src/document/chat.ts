import { asksOf, type JourneyMonth, type MonthFacts, sortJourneys, sortObjectives } from '@tabiji/core/report'
import type { Language } from '../words/language.ts'
import type { Cell, Tile } from './block.ts'
import type { Context } from './context.ts'
import { objectiveText, usedCell } from './objective.ts'
import { composeHead, contextOf, type ReportOptions } from './report.ts'
import { askText, summarySentences } from './summary.ts'
import { summaryTiles } from './summary-tiles.ts'

export type ChatOptions = ReportOptions & {
  /** Where the whole report can be opened: an http or https address. @default none: no button */
  readonly link?: string
}

/** What a chat is told of a month: the thirty seconds of the report, a line for each journey, what is asked. */
export type Chat = {
  readonly title: string
  /** Where the figures come from, a line each; that they are made up stands first. */
  readonly lines: readonly string[]
  readonly tiles: readonly Tile[]
  readonly sentences: readonly string[]
  /** A row for each journey: its name, its result, how much of its budget it used. */
  readonly journeys: readonly (readonly Cell[])[]
  readonly further?: string
  readonly asks: readonly string[]
  readonly footer: readonly string[]
  readonly open?: { readonly label: string; readonly link: string }
}

/** A message is read on a phone; those that need attention stand first. */
const JOURNEYS_TOLD = 15

/** Writes the summary of a month in one language, with the words and figures of the report. */
export function composeChat(facts: MonthFacts, language: Language, { link, ...options }: ChatOptions = {}): Chat {
  const context = contextOf(facts, language, options)
  const { words, figures } = context
  const head = composeHead(context)
  const sorted = sortJourneys(facts.journeys)
  const further = Math.max(0, sorted.length - JOURNEYS_TOLD)
  return {
    title: head.title,
    lines: [
      ...(head.banner === undefined ? [] : [head.banner]),
      ...head.lines.slice(0, facts.team === undefined ? 2 : 3),
    ],
    tiles: summaryTiles(context),
    sentences: summarySentences(context),
    journeys: sorted.slice(0, JOURNEYS_TOLD).map((journey) => journeyRow(context, journey)),
    ...(further > 0 && { further: words.chat.further(further, figures.count(further)) }),
    asks: asksOf(facts).open.map((ask) => askText(context, ask)),
    footer: head.footer,
    ...(link !== undefined && { open: { label: words.chat.open, link } }),
  }
}

function journeyRow(context: Context, journey: JourneyMonth): Cell[] {
  const { words } = context
  const title = journey.title[words.language]
  const [worst] = sortObjectives(journey.objectives)
  if (worst === undefined) return [{ text: title, state: 'unjudged' }, { text: words.journeys.noObjective }]
  const { result, target, used, verdict } = objectiveText(context, worst)
  const name: Cell = { text: title, state: worst.state }
  return worst.unjudged === undefined
    ? [name, { text: words.chat.against(result, target) }, usedCell(worst, used)]
    : [name, { text: verdict }]
}
