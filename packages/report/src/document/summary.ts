import { attentionOf, type JourneyMonth, sortJourneys, sortObjectives } from '@tabiji/core/report'
import { type Block, MARK, paragraph, type Tile } from './block.ts'
import { type Context, fractionOf, percentOf } from './context.ts'
import { durationText } from './duration.ts'
import { debtSentence, promiseSentence, stockSentence } from './fixes.ts'
import { stopTimes } from './incidents.ts'
import { objectiveText } from './objective.ts'

/** How many missed journeys the summary names one by one; the table below names all. */
const MISSED_TOLD = 2

/** What a manager reads in half a minute: four tiles and a few sentences. */
export function composeSummary(context: Context): Block[] {
  const { words } = context
  const verdicts = judgeJourneys(context)
  const tiles = [journeysTile(context, verdicts), onTimeTile(context), stockTile(context), incidentsTile(context)]
  const missed = verdicts.missed.slice(0, MISSED_TOLD).map((journey) => missedSentence(context, journey))
  const others = verdicts.missed.slice(MISSED_TOLD).map(({ title }) => title[words.language])
  return [
    { type: 'heading', level: 2, text: words.summary.heading, anchor: 'summary' },
    { type: 'tiles', tiles },
    ...paragraph(
      metSentence(context, verdicts),
      ...missed,
      others.length === 0 ? undefined : words.summary.alsoMissed(context.figures.list(others)),
      correctedSentence(context),
    ),
    ...paragraph(promiseSentence(context), stockSentence(context), debtSentence(context)),
  ]
}

type Verdicts = {
  readonly judged: number
  readonly missed: readonly JourneyMonth[]
  readonly unjudged: number
}

/** A journey is judged when one of its objectives is, and missed when one of them was. */
function judgeJourneys({ facts }: Context): Verdicts {
  const judged = facts.journeys.filter(({ objectives }) => objectives.some(({ met }) => met !== undefined))
  const missed = sortJourneys(judged).filter(({ objectives }) => objectives.some(({ met }) => met === false))
  return { judged: judged.length, missed, unjudged: facts.journeys.length - judged.length }
}

function journeysTile({ words, figures }: Context, { judged, missed, unjudged }: Verdicts): Tile {
  const { summary, language } = words
  const names = missed.map(({ title }) => title[language])
  return {
    label: summary.journeys,
    figure: judged === 0 ? summary.noneJudged : words.of(figures.count(judged - missed.length), figures.count(judged)),
    lines: [
      ...(names.length === 0 ? [] : [`${MARK.spent} ${summary.missedNames(figures.list(names))}`]),
      ...(unjudged === 0 ? [] : [`${MARK.unjudged} ${summary.unjudgedToo(figures.count(unjudged))}`]),
    ],
  }
}

function onTimeTile(context: Context): Tile {
  const { words, figures, facts } = context
  const { share, targetPpm } = facts.fixes.onTime
  if (share.denominator === 0) return { label: words.summary.onTime, figure: words.summary.noneDue, lines: [] }
  const percent = percentOf(context, share)
  const fraction = words.summary.dueOf(fractionOf(context, share))
  return {
    label: words.summary.onTime,
    figure: percent ?? fraction,
    lines: [...(percent === undefined ? [] : [fraction]), words.summary.target(figures.target(targetPpm))],
  }
}

function stockTile(context: Context): Tile {
  const { words, figures, facts } = context
  const { stock, ageing, flow } = facts.fixes
  if (stock.denominator === 0) return { label: words.summary.stock, figure: words.summary.nothingToDo, lines: [] }
  const percent = percentOf(context, stock)
  const fraction = words.summary.stockOf(fractionOf(context, stock))
  const standing = words.summary.openNow(figures.count(flow.openAtEnd), figures.count(ageing.overdue))
  return {
    label: words.summary.stock,
    figure: percent ?? fraction,
    lines: [...(percent === undefined ? [] : [fraction]), standing],
  }
}

function incidentsTile({ words, figures, facts }: Context): Tile {
  const times = stopTimes(facts.incidents)
  const count = facts.incidents.filter(({ drill }) => !drill).length
  const { summary } = words
  const told = times && [
    times.count === 1
      ? summary.stoppedIn(durationText(words, times.median))
      : summary.stopped(durationText(words, times.median), figures.count(times.count)),
    ...(times.count === 1
      ? []
      : [summary.range(durationText(words, times.shortest), durationText(words, times.longest))]),
  ]
  return { label: summary.incidents, figure: summary.incidentCount(figures.count(count)), lines: told ?? [] }
}

function metSentence({ words, figures }: Context, { judged, missed }: Verdicts): string {
  const { summary } = words
  if (judged === 0) return summary.noneJudgedSentence
  if (missed.length === 0) return summary.metAll(judged, figures.count(judged))
  if (missed.length === judged) return summary.metNone(judged, figures.count(judged))
  return summary.metSome(judged, figures.count(judged - missed.length), figures.count(judged))
}

function missedSentence(context: Context, journey: JourneyMonth): string | undefined {
  const [worst] = sortObjectives(journey.objectives)
  if (worst === undefined || attentionOf(worst) !== 'missed') return undefined
  const { words } = context
  const { result, target, used, name } = objectiveText(context, worst)
  return words.summary.journeyMissed(journey.title[words.language], name, result, target, used)
}

/** Whoever reads nothing but the summary must know that results leave something out. */
function correctedSentence({ words, figures, facts }: Context): string | undefined {
  const corrected = facts.journeys.flatMap(({ objectives }) => objectives.filter(({ raw }) => raw !== undefined)).length
  return corrected === 0 ? undefined : words.summary.corrected(corrected, figures.count(corrected))
}
