import type { Share } from '@tabiji/core/fix'
import { asksOf, type JourneyMonth, type MonthFacts, type Span, sortJourneys } from '@tabiji/core/report'
import { HOUR, MINUTE } from '@tabiji/core/time'
import { MARK, type Tile } from './block.ts'
import { type Context, fractionOf, percentOf } from './context.ts'
import { durationText } from './duration.ts'
import { stopTimes } from './incidents.ts'
import { dotsOf } from './tile-dots.ts'

/** How many missed journeys a tile names; the table below names all. */
const NAMES_TOLD = 2

/** Promises kept, fixes done, harm stopped, and what is asked: the four things that a month is judged by. */
export function summaryTiles(context: Context): readonly Tile[] {
  return [journeysTile(context), fixesTile(context), stopTile(context), askedTile(context)]
}

export type Verdicts = {
  readonly judged: number
  readonly missed: readonly JourneyMonth[]
  readonly unjudged: number
}

/** A journey is judged when one of its objectives is, and missed when one of them was. The worst stands first. */
export function judgeJourneys({ journeys }: Pick<MonthFacts, 'journeys'>): Verdicts {
  const judged = journeys.filter(({ objectives }) => objectives.some(({ met }) => met !== undefined))
  const missed = sortJourneys(judged).filter(({ objectives }) => objectives.some(({ met }) => met === false))
  return { judged: judged.length, missed, unjudged: journeys.length - judged.length }
}

function journeysTile(context: Context): Tile {
  const { words, figures, facts } = context
  const { judged, missed, unjudged } = judgeJourneys(facts)
  const { summary } = words
  return {
    label: summary.journeys,
    figure: judged === 0 ? summary.noneJudged : words.of(figures.count(judged - missed.length), figures.count(judged)),
    lines: [
      ...(missed.length === 0 ? [] : [`${MARK.spent} ${summary.missedNames(namesOf(context, missed))}`]),
      ...(unjudged === 0 ? [] : [`${MARK.unjudged} ${summary.unjudgedToo(figures.count(unjudged))}`]),
    ],
  }
}

function namesOf({ words, figures }: Context, journeys: readonly JourneyMonth[]): string {
  const names = journeys.map(({ title }) => title[words.language])
  const others = names.slice(NAMES_TOLD).length
  const more = others === 0 ? [] : [words.summary.more(figures.count(others))]
  return figures.list([...names.slice(0, NAMES_TOLD), ...more])
}

/** Both rates stand beside each other in the same size: the headline alone would not see what was never promised. */
function fixesTile(context: Context): Tile {
  const { words, figures, facts } = context
  const { summary } = words
  const { onTime, stock, ageing } = facts.fixes
  const { oldestDays } = ageing
  const { figure, lines } = onTimeOf(context, onTime.share)
  const debt =
    oldestDays === undefined
      ? []
      : [summary.overdue(figures.count(ageing.overdue), words.days(oldestDays, figures.count(oldestDays)))]
  return {
    label: summary.onTime,
    figure,
    lines: [...lines, ...debt],
    second: { figure: stockOf(context, stock), lines: [stockTold(context, stock)] },
  }
}

/** The percentage with its fraction below it, or the fraction alone where a percentage would say too much. */
function onTimeOf(context: Context, share: Share): Pick<Tile, 'figure' | 'lines'> {
  const { noneDue, dueOf } = context.words.summary
  if (share.denominator === 0) return { figure: noneDue, lines: [] }
  const percent = percentOf(context, share)
  const fraction = dueOf(fractionOf(context, share))
  return percent === undefined ? { figure: fraction, lines: [] } : { figure: percent, lines: [fraction] }
}

function stockOf(context: Context, share: Share): string {
  if (share.denominator === 0) return context.words.summary.nothingToDo
  return percentOf(context, share) ?? fractionOf(context, share)
}

/** What the second figure is: its fraction too, unless that is the figure. */
function stockTold(context: Context, share: Share): string {
  const { stock, stockOf: told } = context.words.summary
  return percentOf(context, share) === undefined ? stock : told(fractionOf(context, share))
}

function stopTile(context: Context): Tile {
  const { words, figures, facts } = context
  const { summary } = words
  const real = facts.incidents.filter(({ drill }) => !drill)
  const times = stopTimes(real)
  if (real.length === 0) return { label: summary.stop, figure: summary.noIncident, lines: [] }
  if (times === undefined) {
    return {
      label: summary.stop,
      figure: summary.untimed,
      lines: [summary.incidents(real.length, figures.count(real.length))],
    }
  }
  const { count, median } = times
  const n = figures.count(count)
  return {
    label: summary.stop,
    figure: durationText(words, median),
    lines: [
      summary.median(count === real.length ? n : words.of(n, figures.count(real.length))),
      ...(count === 1 ? [] : [rangeText(context, times)]),
    ],
    dots: dotsOf(real),
  }
}

/** Up to here a range is read faster in minutes alone. */
const LONGEST_IN_MINUTES = 2 * HOUR

function rangeText({ words, figures }: Context, { shortest, longest }: Span): string {
  const { range, minutes } = words.summary
  if (longest > LONGEST_IN_MINUTES) return range(durationText(words, shortest), durationText(words, longest))
  const told = (ms: number) => figures.count(Math.ceil(ms / MINUTE))
  return minutes(told(shortest), told(longest))
}

function askedTile({ words, figures, facts }: Context): Tile {
  const { summary } = words
  const asked = asksOf(facts).open.length
  const figure = asked === 0 ? summary.nothingAsked : summary.decisions(asked, figures.count(asked))
  return { label: summary.asked, figure, lines: [] }
}
