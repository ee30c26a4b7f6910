import { factorOf, PPM, policyOf } from '../budget/index.ts'
import { LABEL, windowText } from '../journey/index.ts'
import { formatDuration } from '../time/index.ts'
import { type Family, gauge, gaugesWith, type Sample } from './family.ts'
import { SERIES } from './names.ts'
import type { Standing, WindowStanding } from './standing.ts'

const one = gaugesWith(namesOf)

/** How every journey stands, in whole counts and ratios. */
export const OBJECTIVE_FAMILIES: readonly Family[] = [
  gaugesWith(infoOf)(SERIES.info, 'An objective as the journeys file has it; always 1.', () => 1),
  one(SERIES.target, 'The promised share of good events.', ({ objective }) => objective.targetPpm / PPM),
  one(
    SERIES.period,
    'Length of the window of the error budget; the present month or period for one of the calendar.',
    ({ periodMs }) => periodMs / 1000,
  ),
  one(SERIES.read, '1 when every service that feeds the objective was read lately.', ({ fresh }) => Number(fresh)),
  windowed(SERIES.good, 'Good events of a window, as booked.', ({ bad, valid }) => valid - bad),
  windowed(SERIES.valid, 'Good and bad events of a window, as booked.', ({ valid }) => valid),
  one(
    SERIES.budgetGood,
    'Good events of the window of the error budget, without what is excluded.',
    ({ budget }) => budget.valid - budget.bad,
  ),
  one(
    SERIES.budgetValid,
    'Good and bad events of the window of the error budget, without what is excluded.',
    ({ budget }) => budget.valid,
  ),
  one(
    SERIES.left,
    'Share of the error budget left over the objective’s own window; negative when overspent.',
    ({ budget: { leftPpm } }) => (leftPpm === undefined ? undefined : leftPpm / PPM),
  ),
  windowed(
    SERIES.burn,
    'How many times faster than sustainable the error budget burns in a window.',
    (window, { objective }) => burnRate(window, objective.targetPpm),
  ),
  gauge(SERIES.limit, 'Burn rate that both windows of a pair must exceed before its level rings.', limitSamples),
  gauge(SERIES.open, 'Open alerts of an objective.', (standing) =>
    standing.open.map(({ level, count }) => ({
      labels: { ...namesOf(standing), level: String(level) },
      value: count,
    })),
  ),
]

/**
 * bad ÷ valid ÷ (1 − target), of whole counts and divided last: 1 spends the budget in exactly its window. The workbook,
 * chapter 5, "burn rate".
 *
 * @returns undefined without events: nothing burns, and nothing is known to be well either
 */
export function burnRate({ bad, valid }: Pick<WindowStanding, 'bad' | 'valid'>, targetPpm: number): number | undefined {
  return valid === 0 ? undefined : (bad * PPM) / (valid * (PPM - targetPpm))
}

function namesOf({ journey, objective }: Pick<Standing, 'journey' | 'objective'>) {
  return { journey: journey.name, objective: objective.name }
}

function infoOf({ journey, objective }: Standing) {
  const { window, indicator, step } = objective
  return {
    journey: journey.name,
    objective: objective.name,
    indicator,
    ...(step !== undefined && { [LABEL.step]: step }),
    period: windowText(window),
    tier: String(journey.tier),
    ...(journey.owner !== undefined && { owner: journey.owner }),
    title: journey.title.en,
    title_ja: journey.title.ja,
  }
}

function limitSamples(standing: Standing): readonly Sample[] {
  const { objective } = standing
  return policyOf(objective).pairs.map((pair) => {
    const { num, den } = factorOf(pair, objective.window)
    const windows = { long: formatDuration(pair.longMs), short: formatDuration(pair.shortMs) }
    return { labels: { ...namesOf(standing), level: String(pair.level), ...windows }, value: num / den }
  })
}

/** A gauge with one sample for each window of each objective. */
function windowed(
  name: string,
  help: string,
  valueFor: (window: WindowStanding, standing: Standing) => number | undefined,
): Family {
  return gauge(name, help, (standing) =>
    standing.windows.flatMap((window) => {
      const value = valueFor(window, standing)
      if (value === undefined) return []
      return [{ labels: { ...namesOf(standing), window: formatDuration(window.ms) }, value }]
    }),
  )
}
