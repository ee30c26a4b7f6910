import { PPM } from '../budget/index.ts'
import { slothId } from '../ruler/index.ts'
import { type Family, gaugesWith } from './family.ts'
import { PYRRA, RECENT_MS } from './names.ts'
import type { Standing, WindowStanding } from './standing.ts'

const family = gaugesWith(({ journey, objective }) => ({
  slo: slothId(journey, objective),
  journey: journey.name,
  objective: objective.name,
}))

/** The five series from which Pyrra's dashboards work out all the others. */
export const PYRRA_FAMILIES: readonly Family[] = [
  family(PYRRA.objective, 'The promised share of good events.', ({ objective }) => objective.targetPpm / PPM),
  family(PYRRA.window, 'Length of the window of the error budget in seconds.', ({ periodMs }) => periodMs / 1000),
  family(PYRRA.availability, 'Share of good events over the window of the error budget.', ({ budget }) =>
    budget.valid === 0 ? undefined : (budget.valid - budget.bad) / budget.valid,
  ),
  family(PYRRA.requests, 'Events per second in the last five minutes.', (standing) =>
    rate(standing, ({ valid }) => valid),
  ),
  family(PYRRA.errors, 'Bad events per second in the last five minutes.', (standing) =>
    rate(standing, ({ bad }) => bad),
  ),
]

/** Per second of the time that has really passed since the window's edge, which lies at the edge of a slot. */
function rate({ windows }: Standing, countOf: (window: WindowStanding) => number): number | undefined {
  const recent = windows.find(({ ms }) => ms === RECENT_MS)
  return recent === undefined ? undefined : countOf(recent) / recent.seconds
}
