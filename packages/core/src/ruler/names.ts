import { type Journey, type Level, METRIC, type Objective } from '../journey/index.ts'
import { formatDuration } from '../time/index.ts'
import type { Labels } from './rule-file.ts'

/** The three alerts, and what is passed on of somebody else's; labels say of what. */
export const ALERT = {
  burn: 'JourneyBudgetBurn',
  spent: 'JourneyBudgetSpent',
  simple: 'JourneyRule',
  foreign: 'JourneyForeignAlert',
} as const

/** How urgent a level is, in the word that routes of an Alertmanager are written with. */
export const SEVERITY: Readonly<Record<Level, string>> = { 1: 'page', 2: 'ticket', 3: 'notice' }

/** Events by journey, step and outcome in a window: what everything else is worked out from. */
export function countsName(windowMs: number): string {
  return `journey_step_outcome:${METRIC.events.replace(/_total$/, '')}:increase${formatDuration(windowMs)}`
}

export const badName = (windowMs: number): string => `slo:bad_events:increase${formatDuration(windowMs)}`
export const validName = (windowMs: number): string => `slo:valid_events:increase${formatDuration(windowMs)}`

/** The share of bad events. This name, those in {@link SLOTH} and the labels `sloth_…` are Sloth's: its dashboards read them. */
export const ratioName = (windowMs: number): string => `slo:sli_error:ratio_rate${formatDuration(windowMs)}`

/** What the share of bad events is at least, by the guard's confidence. */
export const lowerBoundName = (windowMs: number): string => `slo:sli_error:lower_bound${formatDuration(windowMs)}`

export const SLOTH = {
  objective: 'slo:objective:ratio',
  budget: 'slo:error_budget:ratio',
  days: 'slo:time_period:days',
  currentBurn: 'slo:current_burn_rate:ratio',
  periodBurn: 'slo:period_burn_rate:ratio',
  left: 'slo:period_error_budget_remaining:ratio',
  info: 'sloth_slo_info',
} as const

/** One objective in labels: ours, and those by which Sloth's dashboards choose. */
export function labelsOf(journey: Journey, objective: Objective): Labels {
  return {
    journey: journey.name,
    objective: objective.name,
    indicator: objective.indicator,
    ...(objective.step !== undefined && { step: objective.step }),
    sloth_id: slothId(journey, objective),
    sloth_service: journey.name,
    sloth_slo: objective.name,
  }
}

/** The one label that picks an objective's series. */
export function slothId(journey: Pick<Journey, 'name'>, objective: Pick<Objective, 'name'>): string {
  return `${journey.name}-${objective.name}`
}
