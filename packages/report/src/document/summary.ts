import { type Ask, asksOf, type MonthFacts } from '@tabiji/core/report'
import { type Block, paragraph } from './block.ts'
import type { Context } from './context.ts'
import { fitting } from './fitting.ts'
import { missedSentence } from './missed.ts'
import { judgeJourneys, summaryTiles } from './summary-tiles.ts'

/**
 * What a manager reads in half a minute: four tiles, two sentences and what is asked. What a person wrote stands instead of
 * the two sentences, and is said to be written.
 */
export function composeSummary(context: Context): Block[] {
  const { words } = context
  return [
    { type: 'heading', level: 2, text: words.summary.heading, anchor: 'summary' },
    { type: 'tiles', tiles: summaryTiles(context) },
    ...paragraph(...summarySentences(context)),
    ...paragraph(...firstAsk(context)),
  ]
}

/** How many there are stands in the tile, and all of them in the next section. */
function firstAsk(context: Context): readonly string[] {
  const [first] = asksOf(context.facts).open
  return first === undefined ? [] : [askText(context, first)]
}

/** What a person wrote, or what follows from the figures. */
export function summarySentences(context: Context): readonly string[] {
  return headline(context) ?? generated(context)
}

function headline({ words, figures, facts, withPeople }: Context): readonly string[] | undefined {
  if (facts.headline === undefined) return undefined
  const { text, by, at } = facts.headline
  const { written, writtenBy } = words.summary
  const date = figures.date(at)
  return [text, withPeople && by !== undefined ? writtenBy(by, date) : written(date)]
}

/**
 * As much as is read in half a minute beside the tiles and what is asked. Late fixes go first, they stand in a tile; then the
 * cause of a miss, which has a section. That something was left out of the results is not left out.
 */
function generated(context: Context): readonly string[] {
  const tiles = summaryTiles(context).flatMap(({ label, figure, lines, second }) => [
    ...[label, figure, ...lines],
    ...(second === undefined ? [] : [second.figure, ...second.lines]),
  ])
  const corrected = correctedSentence(context)
  const told = (...sentences: readonly (string | undefined)[]) => sentences.filter((one) => one !== undefined)
  const full = told(promiseSentence(context), corrected)
  return fitting(
    [...tiles, ...firstAsk(context)],
    [[...full, fixesSentence(context)], full, told(promiseSentence(context, 'briefly'), corrected)],
  )
}

/** The worst missed journey and, unless it is said briefly, why; with none, how many met their target. */
function promiseSentence(context: Context, how?: 'briefly'): string | undefined {
  const { words, figures, facts } = context
  const { judged, missed } = judgeJourneys(facts)
  const [worst] = missed
  if (judged === 0) return words.summary.noneJudgedSentence
  return worst === undefined ? words.summary.metAll(judged, figures.count(judged)) : missedSentence(context, worst, how)
}

/** Whoever reads nothing but the summary must know that results leave something out. */
function correctedSentence({ words, figures, facts }: Context): string | undefined {
  const corrected = facts.journeys.flatMap(({ objectives }) => objectives.filter(({ raw }) => raw !== undefined)).length
  return corrected === 0 ? undefined : words.summary.corrected(corrected, figures.count(corrected))
}

function fixesSentence({ words, figures, facts }: Context): string {
  const { open, ageing } = facts.fixes
  const { summary } = words
  if (open.length === 0) return words.fixes.noneOpen
  if (ageing.overdue === 0) return summary.openFixes(open.length, figures.count(open.length))
  const latest = longestDelay(facts)
  const days = words.days(latest, figures.count(latest))
  return open.length === 1
    ? summary.oneLateFix(days)
    : summary.lateFixes(ageing.overdue, figures.count(open.length), figures.count(ageing.overdue), days)
}

function longestDelay({ fixes }: MonthFacts): number {
  return Math.max(...fixes.open.map(({ overdueDays }) => overdueDays))
}

/** What is asked, with who does it where people are named, and by when. */
export function askText({ words, withPeople }: Context, { text, owner, due }: Ask): string {
  const details = [
    ...(withPeople && owner !== undefined ? [owner] : []),
    ...(due === undefined ? [] : [words.summary.by(due)]),
  ]
  const asked = words.summary.weAsk(text)
  return details.length === 0 ? asked : words.also(asked, details.join(words.separator))
}
