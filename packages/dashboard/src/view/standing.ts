import type { PairReading } from '@tabiji/core/budget'
import type { Title } from '@tabiji/core/journey'
import type { BudgetState, DayTally, ObjectiveMonth } from '@tabiji/core/report'

/** How an objective stands now over its own window, as the collector's API tells it. */
export type Standing = Pick<
  ObjectiveMonth,
  | 'name'
  | 'indicator'
  | 'step'
  | 'targetPpm'
  | 'window'
  | 'estimate'
  | 'budgeting'
  | 'noData'
  | 'bad'
  | 'valid'
  | 'raw'
  | 'allowedMillionths'
  | 'leftPpm'
  | 'state'
> & {
  readonly id: string
  readonly burning: boolean
  readonly pairs: readonly (PairReading & { readonly longBurnMilli: number; readonly shortBurnMilli: number })[]
  readonly fresh: boolean
  /** Until when all of it was read, ISO 8601; absent while nothing ever was. */
  readonly readUntil?: string
  /** The present stretch of a window by calendar, ISO 8601; absent for a rolling one. */
  readonly period?: { readonly from: string; readonly to: string }
  readonly alerts: readonly string[]
}

/** How a journey stands, and what is open about it. */
export type JourneyStanding = {
  readonly name: string
  readonly title: Title
  readonly owner?: string
  readonly tier: 1 | 2 | 3
  readonly objectives: readonly Standing[]
  /** The last days of each objective by its id, oldest first; absent while they are being counted. */
  readonly days?: Readonly<Record<string, readonly DayTally[]>>
  readonly open: { readonly alerts: number; readonly incidents: number; readonly fixes: number }
}

const GRAVITY: readonly BudgetState[] = ['spent', 'risk', 'watch', 'healthy', 'unjudged']

/** The objective that a journey is shown by: what burns first, then the worst state, then the least left. */
export function worstOf({ objectives }: Pick<JourneyStanding, 'objectives'>): Standing | undefined {
  return objectives.toSorted(byGravity)[0]
}

/** The state that a journey is shown by. */
export function stateOf(journey: Pick<JourneyStanding, 'objectives'>): BudgetState {
  return worstOf(journey)?.state ?? 'unjudged'
}

/** Journeys in the order in which somebody should look at them; of equals the more important tier, then the file's order. */
export function worstFirst(journeys: readonly JourneyStanding[]): readonly JourneyStanding[] {
  return journeys.toSorted((a, b) => {
    const [worstA, worstB] = [worstOf(a), worstOf(b)]
    if (worstA === undefined || worstB === undefined) return Number(worstA === undefined) - Number(worstB === undefined)
    return byGravity(worstA, worstB) || a.tier - b.tier
  })
}

function byGravity(a: Standing, b: Standing): number {
  const burning = Number(b.burning) - Number(a.burning)
  const state = GRAVITY.indexOf(a.state) - GRAVITY.indexOf(b.state)
  if (burning !== 0 || state !== 0) return burning || state
  return a.leftPpm === undefined || b.leftPpm === undefined ? 0 : a.leftPpm - b.leftPpm
}
