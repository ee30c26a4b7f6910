import { MINUTE } from '../time/index.ts'

/**
 * Every series of the collector about journeys, spelled here and nowhere else; what it measures of itself is in its
 * telemetry. Labels: `journey` and `objective` on all of an objective's.
 */
export const SERIES = {
  /** Always 1; labels `indicator`, `step`, `period`, `tier`, `owner`, `title`, `title_ja`: to be joined. */
  info: 'tabiji_objective_info',
  /** The promise as a ratio: 0.995. */
  target: 'tabiji_objective_target_ratio',
  /** Length of the budget's window in seconds; of one of the calendar, the present stretch's. */
  period: 'tabiji_objective_period_seconds',
  /** 1 when every service that feeds it was read lately. */
  read: 'tabiji_objective_read',
  /** Whole counts of a window, label `window`. */
  good: 'tabiji_objective_good_events',
  valid: 'tabiji_objective_valid_events',
  /** Whole counts of the budget's own window, without what corrections exclude. */
  budgetGood: 'tabiji_error_budget_good_events',
  budgetValid: 'tabiji_error_budget_valid_events',
  /** 1 − spent ÷ allowed; negative when overspent. */
  left: 'tabiji_error_budget_remaining_ratio',
  /** How many times faster than sustainable the budget burns, label `window`. */
  burn: 'tabiji_error_budget_burn_rate',
  /** The speed that both windows of a pair must exceed, labels `level`, `long`, `short`. */
  limit: 'tabiji_error_budget_burn_rate_limit',
  /** How many of its alerts are open, label `level`. */
  open: 'tabiji_objective_alerts_open',
  /** 1 for the member that a composite stands as, 0 for its others; label `composite` beside the member's. */
  worst: 'tabiji_composite_worst',
  /** What is left of that member's budget; its only label is `composite`. */
  compositeLeft: 'tabiji_composite_remaining_ratio',
  /** 1 for each open alert, with the labels of Prometheus's own `ALERTS`. */
  alerts: 'tabiji_alerts',
  /** Processes that may have counted what nobody was told, label `service`. */
  doubts: 'tabiji_doubts_unsettled',
  /** Events in the books of all services, labels `journey`, `step`, `outcome`. */
  events: 'tabiji_step_events_total',
  /** The promised time, labels `journey`, `step`. */
  within: 'tabiji_step_within_seconds',
} as const

/** What Pyrra's dashboards read, label `slo`. */
export const PYRRA = {
  objective: 'pyrra_objective',
  window: 'pyrra_window',
  availability: 'pyrra_availability',
  requests: 'pyrra_requests:rate5m',
  errors: 'pyrra_errors:rate5m',
} as const

/** The window of Pyrra's rates, and of Sloth's current burn rate; milliseconds. */
export const RECENT_MS = 5 * MINUTE

/** Windows that the dashboards of Sloth and Pyrra read whatever an objective's own ones are; milliseconds. */
export const DASHBOARD_WINDOWS: readonly number[] = [RECENT_MS, 60 * MINUTE]
