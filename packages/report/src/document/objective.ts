import { unitOf } from '@tabiji/core/budget'
import type { JourneyMonth, ObjectiveMonth } from '@tabiji/core/report'
import { goodIn } from '@tabiji/core/slo'
import { decimalsOf } from '../words/figures.ts'
import type { Cell } from './block.ts'
import type { Context } from './context.ts'

/** An objective's month in words; what cannot be said is empty. */
export type ObjectiveText = {
  readonly name: string
  readonly target: string
  readonly result: string
  readonly failed: string
  readonly used: string
  readonly verdict: string
}

/** Fewest decimals of a result; it has one more than its target, so that just above and just below can be told apart. */
const FEWEST_DECIMALS = 2

/** How many decimals a result has beside this target. */
export function resultDecimals(targetPpm: number): number {
  return Math.max(FEWEST_DECIMALS, decimalsOf(targetPpm) + 1)
}

export function objectiveText({ words, figures }: Context, objective: ObjectiveMonth): ObjectiveText {
  const { valid, unjudged, met } = objective
  const marked = (text: string) => (objective.estimate === true ? words.journeys.estimated(text) : text)
  return {
    name: objective.name,
    target: targetsOf(objective).map(figures.target).join(' → '),
    result: unjudged === undefined ? marked(goodOf(figures, objective)) : '',
    failed: valid === 0 ? '' : badOfAllowed(figures, objective, objective),
    used: unjudged === undefined ? usedOf(objective, figures.percent) : '',
    verdict: unjudged !== undefined ? words.unjudged[unjudged] : met === true ? words.met : words.missed,
  }
}

/** Bad events or slices beside those that the target allows, of the whole month or a part of it. */
export function badOfAllowed(
  figures: Context['figures'],
  objective: Pick<ObjectiveMonth, 'budgeting'>,
  { bad, allowedMillionths }: Pick<ObjectiveMonth, 'bad' | 'allowedMillionths'>,
): string {
  const unit = unitOf(objective)
  return `${figures.count(bad / unit)} / ${figures.events(Math.floor(allowedMillionths / unit))}`
}

/** The share of the events that was good. @param month with more than no events */
export function goodOf(
  figures: Context['figures'],
  month: Pick<ObjectiveMonth, 'bad' | 'valid' | 'targetPpm'>,
): string {
  return figures.percent(goodIn(month), month.valid, resultDecimals(month.targetPpm))
}

/** How many events or slices are judged. */
export function judgedOf(figures: Context['figures'], objective: Pick<ObjectiveMonth, 'budgeting' | 'valid'>): string {
  return figures.count(objective.valid / unitOf(objective))
}

/** The name as tables show it: marked when corrections leave something out of the figures beside it, or these are estimates. */
export function nameCell({ words }: Context, { name, raw, estimate }: ObjectiveMonth): Cell {
  const { corrected, estimated } = words.journeys
  const shown = raw === undefined ? name : corrected(name)
  return { text: estimate === true ? estimated(shown) : shown }
}

/** Which objectives of a journey are estimates, and why; nothing when none is. */
export function estimateSentence({ words, figures }: Context, { objectives }: JourneyMonth): string | undefined {
  const names = objectives.flatMap(({ name, estimate }) => (estimate === true ? [name] : []))
  return names.length === 0 ? undefined : words.journeys.estimates(names.length, figures.list(names))
}

/** What the result would be with everything that was booked; nothing when that is the result. */
export function rawSentence({ words, figures }: Context, objective: ObjectiveMonth): string | undefined {
  const { name, raw, targetPpm } = objective
  if (raw === undefined) return undefined
  const unit = unitOf(objective)
  const result = figures.percent(raw.valid - raw.bad, raw.valid, resultDecimals(targetPpm))
  return words.journeys.withoutCorrections(name, result, figures.count(raw.bad / unit), figures.count(raw.valid / unit))
}

/** What another engine's rules make of the month: an estimate beside the figures, and in none of them. */
export function rulerSentence(
  { words, figures }: Context,
  { name, ruler, targetPpm }: ObjectiveMonth,
): string | undefined {
  if (ruler === undefined || ruler.valid === 0) return undefined
  const { engine, bad, valid } = ruler
  const result = figures.percent(valid - bad, valid, resultDecimals(targetPpm))
  return words.journeys.byRuler(name, engine, result, figures.count(bad), figures.count(valid))
}

/** The cell of the budget used: the bar ends at 100 %, the figure does not. */
export function usedCell(objective: ObjectiveMonth, used: string): Cell {
  if (objective.leftPpm === undefined || used === '') return { text: used }
  const ppm = Math.min(1_000_000, Math.max(0, 1_000_000 - objective.leftPpm))
  return { text: used, bar: [{ tone: objective.state, ppm }] }
}

/** Where the journey's own section begins. */
export function anchorOf(journey: JourneyMonth): string {
  return `journey-${idOf(journey)}`
}

/** Where it is told why the journey needs attention. */
export function attentionAnchorOf(journey: JourneyMonth): string {
  return `attention-${idOf(journey)}`
}

/** Half of a character cannot stand in an address. */
function idOf({ name }: JourneyMonth): string {
  return encodeURIComponent(name.replace(/\p{Cs}/gu, '\ufffd'))
}

/** The targets that held one after another; almost always one. One that came back is told again. */
export function targetsOf({ targetPpm, parts }: ObjectiveMonth): readonly number[] {
  if (parts.length === 0) return [targetPpm]
  return parts.map((part) => part.targetPpm).filter((target, i, targets) => target !== targets[i - 1])
}

/**
 * bad ÷ allowed, exactly, with one decimal, and with more when the target was missed by so little that the cut figure would
 * read 100.0 %: whatever reads more than 100 % is missed, and nothing else is.
 */
export function usedOf(
  { bad, allowedMillionths }: Pick<ObjectiveMonth, 'bad' | 'allowedMillionths'>,
  percent: Context['figures']['percent'],
): string {
  const spent = BigInt(bad) * 1_000_000n
  const over = spent - BigInt(allowedMillionths)
  let decimals = 1
  for (let unit = 1_000n; over > 0n && over * unit < BigInt(allowedMillionths); unit *= 10n) decimals++
  return percent(spent, allowedMillionths, decimals)
}
