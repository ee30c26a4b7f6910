import type { JourneyMonth, ObjectiveMonth } from '@tabiji/core/report'
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

export function objectiveText({ words, figures }: Context, objective: ObjectiveMonth): ObjectiveText {
  const { bad, valid, allowedMillionths, targetPpm, unjudged, met } = objective
  const decimals = Math.max(FEWEST_DECIMALS, decimalsOf(targetPpm) + 1)
  return {
    name: objective.name,
    target: targetsOf(objective).map(figures.target).join(' → '),
    result: unjudged === undefined ? figures.percent(valid - bad, valid, decimals) : '',
    failed: valid === 0 ? '' : `${figures.count(bad)} / ${figures.events(allowedMillionths)}`,
    used: unjudged === undefined ? usedOf(objective, figures.percent) : '',
    verdict: unjudged !== undefined ? words.unjudged[unjudged] : met === true ? words.met : words.missed,
  }
}

/** The cell of the budget used: the bar ends at 100 %, the figure does not. */
export function usedCell(objective: ObjectiveMonth, used: string): Cell {
  if (objective.leftPpm === undefined || used === '') return { text: used }
  const ppm = Math.min(1_000_000, Math.max(0, 1_000_000 - objective.leftPpm))
  return { text: used, bar: [{ tone: objective.state, ppm }] }
}

/** Where the journey's own section begins. */
export function anchorOf(journey: JourneyMonth): string {
  return `journey-${encodeURIComponent(journey.name)}`
}

/** The targets that held one after another; almost always one. */
function targetsOf({ targetPpm, parts }: ObjectiveMonth): readonly number[] {
  return parts.length === 0 ? [targetPpm] : [...new Set(parts.map((part) => part.targetPpm))]
}

/** bad ÷ allowed, exactly, with one decimal: 100.4 % is a missed target, and 99.9 % is not. */
function usedOf({ bad, allowedMillionths }: ObjectiveMonth, percent: Context['figures']['percent']): string {
  return percent(BigInt(bad) * 1_000_000n, allowedMillionths, 1)
}
