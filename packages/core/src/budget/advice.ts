import type { Definition, Journey, Objective, Pair } from '../journey/index.ts'
import { expected, type Path, type Problem, problem } from '../problem/index.ts'
import { formatDuration } from '../time/index.ts'
import { factorOf, PPM, periodOf, policyOf, spentWhenRinging, thresholdOf } from './policy.ts'
import type { Ratio } from './ratio.ts'

/** What makes one pair ring. */
export type Ring = {
  readonly pair: Pair
  /** How many times faster than sustainable the budget must burn. */
  readonly factor: Ratio
  /** Both windows must have a greater share of bad events than this. */
  readonly threshold: Ratio
  /** The share of the budget that is gone when it rings after burning at exactly the factor. */
  readonly spentPpm: number
  /** False when the threshold is 1 or more: not even a total outage exceeds it. */
  readonly possible: boolean
}

/** What rings when for one objective. */
export type ObjectiveAdvice = {
  readonly journey: string
  readonly objective: Objective
  readonly rings: readonly Ring[]
}

/** What rings when, and what is wrong with that. */
export type Advice = { readonly objectives: readonly ObjectiveAdvice[]; readonly problems: readonly Problem[] }

/**
 * Works out what the policies of a definition mean, before somebody relies on them. The paths of the problems lead to
 * the objectives in the document. A definition with an error here must not be evaluated.
 */
export function adviseOn(definition: Definition): Advice {
  const problems: Problem[] = []
  const objectives = definition.journeys.flatMap((journey) =>
    journey.objectives.map((objective) => adviseOnObjective(journey, objective, problems)),
  )
  return { objectives, problems }
}

function adviseOnObjective(journey: Journey, objective: Objective, problems: Problem[]): ObjectiveAdvice {
  const path = ['journeys', journey.name, 'objectives', objective.name]
  const rings = policyOf(objective).pairs.flatMap((pair) => {
    const ring = ringOf(pair, objective)
    if (ring === undefined) problems.push(inexact(pair, path))
    else problems.push(...ringProblems(ring, objective, path))
    return ring === undefined ? [] : [ring]
  })
  if (rings.length > 0 && rings.every(({ possible }) => !possible)) {
    const hint = `with factors up to ${highestFactor(objective.targetPpm)} it could ring`
    const message = 'None of the pairs of windows can ever ring, so nobody would be told'
    problems.push(problem('BUDGET_NOTHING_RINGS', path, message, { part: 'key', hint }))
  }
  return { journey: journey.name, objective, rings }
}

/** `undefined` when the numbers are so fine that their exact product does not fit; such a pair cannot be evaluated. */
function ringOf(pair: Pair, { targetPpm, window }: Objective): Ring | undefined {
  try {
    const factor = factorOf(pair, window)
    const threshold = thresholdOf(factor, targetPpm)
    // The calm threshold is half of it, so this must fit too.
    thresholdOf(factor, targetPpm, { num: 1, den: 2 })
    const spentPpm = spentWhenRinging(pair, window)
    return { pair, factor, threshold, spentPpm, possible: threshold.num < threshold.den }
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function ringProblems(
  { pair, factor, possible, spentPpm }: Ring,
  objective: Objective,
  path: Path,
): readonly Problem[] {
  const { targetPpm, window } = objective
  const subject = `The ${windowsOf(pair)} pair of level ${pair.level}`
  const speed = factor.num / factor.den
  const warn = (code: string, message: string, hint: string) =>
    problem(code, path, `${subject} ${message}`, { severity: 'warning', part: 'key', hint })
  if (!possible) {
    const most = highestFactor(targetPpm)
    const asShare = 'spendsPpm' in pair.speed ? `, that is ${shareOf(most, pair, objective)} of the budget` : ''
    const message = `can never ring: at a target of ${targetPpm / 10_000} % even a total outage burns ${round(PPM / (PPM - targetPpm))} times the sustainable speed, and it needs more than ${round(speed)}`
    return [warn('BUDGET_NEVER_RINGS', message, `the highest factor that can be exceeded is ${most}${asShare}`)]
  }
  if (factor.num < factor.den) {
    const message = `rings while the objective is met: its factor is ${round(speed)}, and 1 spends the budget in exactly the window`
    return [warn('BUDGET_RINGS_WHILE_MET', message, 'use a factor of at least 1')]
  }
  if (spentPpm > PPM || (spentPpm === PPM && pair.longMs < periodOf(window))) {
    const message = `rings only after the whole budget is spent (${round(spentPpm / 10_000)} % of it)`
    return [warn('BUDGET_RINGS_TOO_LATE', message, 'use a shorter window or a smaller factor')]
  }
  return []
}

function inexact(pair: Pair, path: Path): Problem {
  const what = 'comparable exactly with whole numbers below 2^53'
  const hint = 'use windows of whole minutes, a share with fewer decimals, or a factor'
  return expected('BUDGET_TOO_FINE', path, what, `the ${windowsOf(pair)} pair`, { part: 'key', hint })
}

/** `1h/5m` */
export function windowsOf({ longMs, shortMs }: Pair): string {
  return `${formatDuration(longMs)}/${formatDuration(shortMs)}`
}

/**
 * The greatest factor in thousandths below 1 ÷ (1 − target): factor × (1 − target) is the share of bad events that must be
 * exceeded, and more than all events cannot be bad.
 */
function highestFactor(targetPpm: number): number {
  return (Math.ceil((PPM * 1000) / (PPM - targetPpm)) - 1) / 1000
}

/** Rounded down, so that the factor it stands for is not above the one given. */
function shareOf(factor: number, { longMs }: Pair, { window }: Objective): string {
  return `${Math.floor((factor * longMs * 10_000) / periodOf(window)) / 100} %`
}

/** Three significant digits, for people. */
export function round(value: number): string {
  return String(Number(value.toPrecision(3)))
}
