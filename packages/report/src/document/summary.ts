import { type Ask, asksOf, type MonthFacts } from '@tabiji/core/report'
import { type Block, paragraph } from './block.ts'
import type { Context } from './context.ts'
import { missedSentence } from './missed.ts'
import { judgeJourneys, summaryTiles } from './summary-tiles.ts'

/**
 * What a manager reads in half a minute: four tiles, two sentences and what is asked. What a person wrote stands instead of
 * the two sentences, and is said to be written.
 */
export function composeSummary(context: Context): Block[] {
  const { words, facts } = context
  // How many there are stands in the tile, and all of them in the next section.
  const [first] = asksOf(facts).open
  return [
    { type: 'heading', level: 2, text: words.summary.heading, anchor: 'summary' },
    { type: 'tiles', tiles: summaryTiles(context) },
    ...paragraph(...summarySentences(context)),
    ...paragraph(first && askText(context, first)),
  ]
}

/** What a person wrote, or what follows from the figures. */
export function summarySentences(context: Context): readonly string[] {
  return headline(context) ?? generated(context).filter((sentence) => sentence !== undefined)
}

function headline({ words, figures, facts, withPeople }: Context): readonly string[] | undefined {
  if (facts.headline === undefined) return undefined
  const { text, by, at } = facts.headline
  const { written, writtenBy } = words.summary
  const date = figures.date(at)
  return [text, withPeople && by !== undefined ? writtenBy(by, date) : written(date)]
}

function generated(context: Context): readonly (string | undefined)[] {
  return [promiseSentence(context), correctedSentence(context), fixesSentence(context)]
}

/** The worst missed journey and why; with none, how many met their target. */
function promiseSentence(context: Context): string | undefined {
  const { words, figures, facts } = context
  const { judged, missed } = judgeJourneys(facts)
  const [worst] = missed
  if (judged === 0) return words.summary.noneJudgedSentence
  return worst === undefined ? words.summary.metAll(judged, figures.count(judged)) : missedSentence(context, worst)
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
