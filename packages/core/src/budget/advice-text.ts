import { type Window, windowText } from '../journey/index.ts'
import { DAY, formatDuration } from '../time/index.ts'
import { type ObjectiveAdvice, type Ring, round, windowsOf } from './advice.ts'
import { keepOf, periodOf, policyOf } from './policy.ts'

/** What rings when, as English sentences without a full stop: one per pair, then milestones, guard and calm. */
export function adviceSentences({ objective, rings }: ObjectiveAdvice): readonly string[] {
  const policy = policyOf(objective)
  const { badEvents, confidencePercent } = policy.guard
  const events = badEvents === 1 ? '1 bad event' : `${badEvents} bad events`
  const milestones = policy.milestones.length === 0 ? [] : [milestoneSentence(policy.milestones)]
  return [
    ...rings.map((ring) => ringSentence(ring, objective.window)),
    ...milestones,
    `no pair rings with fewer than ${events} in the long window, or below ${confidencePercent} % confidence`,
    `a level resolves after ${spaced(keepOf(policy))} below half of its factors`,
  ]
}

function ringSentence({ pair, factor, threshold, spentPpm, possible }: Ring, window: Window): string {
  const speed = `${round(factor.num / factor.den)} times the sustainable speed`
  const share = `${round((threshold.num / threshold.den) * 100)} % bad events`
  if (!possible) return `level ${pair.level} never rings by its ${windowsOf(pair)} pair: ${speed} would be ${share}`
  const spent = `${spentPpm < 1_000 ? round(spentPpm / 10_000) : (spentPpm / 10_000).toFixed(1)} % of the ${budgetOf(window)} is spent within ${spaced(pair.longMs)}`
  return `level ${pair.level} rings after ${spent}, at ${speed}: more than ${share}`
}

function milestoneSentence(milestones: readonly number[]): string {
  const [last, ...rest] = milestones.toReversed()
  const list = rest.length === 0 ? `${last}` : `${rest.toReversed().join(', ')} and ${last}`
  return `level 3 is told when more than ${list} % of the budget is spent`
}

const UNITS: Readonly<Record<string, readonly [short: string, long: string]>> = {
  ms: ['ms', 'millisecond'],
  s: ['s', 'second'],
  m: ['min', 'minute'],
  h: ['h', 'hour'],
  d: ['d', 'day'],
}

function budgetOf(window: Window): string {
  if (window.kind === 'month') return 'monthly budget (of 30 days)'
  if (window.kind === 'calendar') {
    return `budget by calendar (${windowText(window)}, taken for ${periodOf(window) / DAY} days)`
  }
  const [count, [, long]] = split(window.ms)
  return `${count}-${long} budget`
}

/** `1 h` */
export function spaced(ms: number): string {
  const [count, [short]] = split(ms)
  return `${count} ${short}`
}

function split(ms: number): readonly [count: string, unit: readonly [short: string, long: string]] {
  const [, count = '', unit = ''] = /^(\d+)([a-z]+)$/.exec(formatDuration(ms)) ?? []
  return [count, UNITS[unit] ?? [unit, unit]]
}
