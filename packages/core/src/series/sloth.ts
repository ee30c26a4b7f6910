import { PPM } from '../budget/index.ts'
import { labelsOf, ratioName, SLOTH } from '../ruler/index.ts'
import { DAY, formatDuration } from '../time/index.ts'
import { type Family, gauge, gaugesWith } from './family.ts'
import { RECENT_MS } from './names.ts'
import { burnRate } from './objectives.ts'
import type { Standing } from './standing.ts'

const family = gaugesWith(({ journey, objective }) => labelsOf(journey, objective))

/**
 * The same values under the names and labels that Sloth's rules give them, because its dashboards read those.
 *
 * @param windows lengths of all windows that a standing has; @param rolling those of rolling budgets; milliseconds
 */
export function slothFamilies(windows: readonly number[], rolling: readonly number[]): readonly Family[] {
  const ratios = [...new Set([...windows, ...rolling])].sort((a, b) => a - b)
  return [
    ...ratios.map((windowMs) => ratioFamily(windowMs)),
    family(SLOTH.objective, 'The promised share of good events.', ({ objective }) => objective.targetPpm / PPM),
    family(SLOTH.budget, 'The share of events that may be bad.', ({ objective }) => (PPM - objective.targetPpm) / PPM),
    family(SLOTH.days, 'Length of the window of the error budget.', ({ periodMs }) => periodMs / DAY),
    family(SLOTH.currentBurn, 'Burn rate of the last five minutes.', ({ windows: known, objective }) => {
      const recent = known.find(({ ms }) => ms === RECENT_MS)
      return recent === undefined ? undefined : burnRate(recent, objective.targetPpm)
    }),
    family(SLOTH.periodBurn, 'Share of the error budget that is spent.', spent),
    family(SLOTH.left, 'Share of the error budget that is left.', (standing) => {
      const share = spent(standing)
      return share === undefined ? undefined : 1 - share
    }),
    gauge(SLOTH.info, 'An objective; always 1.', ({ journey, objective }) => {
      const info = { sloth_version: 'none', sloth_mode: 'tabiji', sloth_spec: 'journeys' }
      const promised = { sloth_objective: String(objective.targetPpm / 10_000) }
      return [{ labels: { ...labelsOf(journey, objective), ...info, ...promised }, value: 1 }]
    }),
  ]
}

/** The ratio of one window: an alerting one as booked, the budget's own one without what is excluded. */
function ratioFamily(windowMs: number): Family {
  const window = formatDuration(windowMs)
  return gauge(ratioName(windowMs), `Share of bad events in ${window}.`, ({ journey, objective, windows, budget }) => {
    const isPeriod = objective.window.kind === 'rolling' && objective.window.ms === windowMs
    const tally = windows.find(({ ms }) => ms === windowMs) ?? (isPeriod ? budget : undefined)
    if (tally === undefined || tally.valid === 0) return []
    return [{ labels: { ...labelsOf(journey, objective), sloth_window: window }, value: tally.bad / tally.valid }]
  })
}

/** Spent ÷ allowed; unknown until something is allowed. */
function spent({ budget: { bad, allowedMillionths } }: Standing): number | undefined {
  return allowedMillionths === 0 ? undefined : (bad * PPM) / allowedMillionths
}
