import { hasSpentMoreThan, PPM, type Spending, spendingOf, unitOf } from '../budget/index.ts'
import type { Tally } from '../slo/index.ts'
import type { BudgetState, Unjudged } from './budget-state.ts'
import type { AllowancePart, JourneyMonth, ObjectiveMonth } from './month-facts.ts'

/** The share of a month's slots that may be missing before no verdict is given. */
const LARGEST_GAP_PERCENT = 5

/** The part of an objective's month that is known before anything is counted. */
export type Promised = Pick<
  ObjectiveMonth,
  'name' | 'indicator' | 'step' | 'targetPpm' | 'window' | 'estimate' | 'budgeting' | 'noData'
>

/**
 * Judges one objective's month from its parts: healthy with at least 50 % of the budget left, watch from 25 %, risk above
 * 0 %, spent at 0 % and below; met while no more events were bad than the targets allow. Both are compared exactly.
 *
 * Not judged without events, when more than 5 % of the slots were not read, and where the targets allow less than one bad
 * event: a single failure would then miss the target, and its absence proves nothing.
 *
 * @param parts without what corrections exclude
 * @param raw with it, when they exclude anything
 */
export function judgeObjective(
  promised: Promised,
  parts: readonly AllowancePart[],
  coverage: JourneyMonth['coverage'],
  raw?: Tally,
): ObjectiveMonth {
  const spending = spendingOf(parts)
  const unjudged = whyUnjudged(promised, spending, coverage)
  const common = { ...promised, ...spending, ...(raw !== undefined && { raw }), parts }
  if (unjudged !== undefined) return { ...common, state: 'unjudged', unjudged }
  return { ...common, state: budgetState(spending), met: isMet(spending) }
}

/** The state of a budget of which something is allowed; see {@link judgeObjective}. */
export function budgetState(spending: Spending): Exclude<BudgetState, 'unjudged'> {
  if (BigInt(spending.bad) * BigInt(PPM) >= BigInt(spending.allowedMillionths)) return 'spent'
  if (hasSpentMoreThan(75, spending)) return 'risk'
  return hasSpentMoreThan(50, spending) ? 'watch' : 'healthy'
}

/** Whether no more events were bad than the targets allow: an objective that is reached exactly is met. */
export function isMet({ bad, allowedMillionths }: Pick<Spending, 'bad' | 'allowedMillionths'>): boolean {
  return BigInt(bad) * BigInt(PPM) <= BigInt(allowedMillionths)
}

/** How much attention an objective needs; the first is read first. */
export const ATTENTION = ['missed', 'spent', 'risk', 'watch', 'healthy', 'unjudged'] as const
export type Attention = (typeof ATTENTION)[number]

/** `missed` before everything, then by the state of the budget. */
export function attentionOf({ met, state }: Pick<ObjectiveMonth, 'met' | 'state'>): Attention {
  return met === false ? 'missed' : state
}

/** Objectives in the order of attention, of equals the one with least left first; else as in the journeys file. */
export function sortObjectives(objectives: readonly ObjectiveMonth[]): ObjectiveMonth[] {
  return objectives.toSorted(byNeed)
}

/** Journeys in the order of their worst objective; those without any stand last. */
export function sortJourneys(journeys: readonly JourneyMonth[]): JourneyMonth[] {
  return journeys
    .map((journey) => ({ journey, worst: sortObjectives(journey.objectives)[0] }))
    .toSorted((a, b) =>
      a.worst === undefined || b.worst === undefined
        ? Number(a.worst === undefined) - Number(b.worst === undefined)
        : byNeed(a.worst, b.worst),
    )
    .map(({ journey }) => journey)
}

function byNeed(a: ObjectiveMonth, b: ObjectiveMonth): number {
  return rank(a) - rank(b) || left(a) - left(b)
}

function rank(objective: ObjectiveMonth): number {
  return ATTENTION.indexOf(attentionOf(objective))
}

function left({ leftPpm = PPM }: ObjectiveMonth): number {
  return leftPpm
}

function whyUnjudged(
  promised: Promised,
  { valid, allowedMillionths }: Spending,
  coverage: JourneyMonth['coverage'],
): Unjudged | undefined {
  if (valid === 0) return 'no_events'
  const missing = coverage.expectedSlots - coverage.readSlots
  // Whoever says what a slice without data counts as has judged it.
  const { onNoData = 'ignore' } = promised.budgeting ?? {}
  if (onNoData === 'ignore' && missing * 100 > coverage.expectedSlots * LARGEST_GAP_PERCENT) return 'data_gap'
  return allowedMillionths < PPM * unitOf(promised) ? 'too_little_traffic' : undefined
}
