import { setImmediate } from 'node:timers/promises'
import type { Evaluator } from '@tabiji/core/budget'
import {
  ALERT_FAMILY,
  COMPOSITE_FAMILIES,
  type Family,
  OBJECTIVE_FAMILIES,
  PYRRA_FAMILIES,
  STEP_FAMILIES,
  seriesText,
  slothFamilies,
} from '@tabiji/core/series'
import type { Config } from '../config/config.ts'
import { standingsNow, standingWindows } from '../jobs/budget/standings.ts'
import type { House } from './house.ts'

/**
 * What `/metrics` says: the daemon about itself, then the journeys, piece by piece. Between two pieces everybody else
 * goes first, so that ten thousand objectives delay no reading and no evaluation; whoever stops reading ends the work.
 */
export async function* scrapeText(house: House): AsyncGenerator<string, void, void> {
  const { metrics, stores, patience, config, now } = house
  yield await metrics.registry.metrics()
  const judge = house.judge()
  const families = familiesOf(config.metrics, judge.evaluator)
  if (families.length === 0) return
  const gathering = standingsNow(judge, stores.alerts, patience, now)
  let step = gathering.next()
  while (step.done !== true) {
    await setImmediate()
    step = gathering.next()
  }
  for (const text of seriesText(families, step.value)) {
    yield text
    await setImmediate()
  }
}

function familiesOf({ journeys, sloth, pyrra }: Config['metrics'], evaluator: Evaluator): readonly Family[] {
  const rolling = evaluator.objectives.flatMap(({ objective: { window } }) =>
    window.kind === 'rolling' ? [window.ms] : [],
  )
  return [
    ...(journeys ? [...OBJECTIVE_FAMILIES, ...COMPOSITE_FAMILIES, ...STEP_FAMILIES, ALERT_FAMILY] : []),
    ...(sloth ? slothFamilies(standingWindows(evaluator), rolling) : []),
    ...(pyrra ? PYRRA_FAMILIES : []),
  ]
}
