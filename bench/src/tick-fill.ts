import { importHistory } from '@tabiji/collector'
import type { Definition } from '@tabiji/core/journey'
import { configOf, journeyName, STEP, trafficOf, worldOf } from './tick-world.ts'

export type Filling = {
  readonly journeys: number
  readonly targets: number
  /** Seconds of history that end at `until`. */
  readonly history: number
  /** Milliseconds. */
  readonly until: number
  /** Books full detail for six hours only, and before them a reading each ten minutes. */
  readonly thin?: boolean
}

const DETAIL_SECONDS = 3 * 86_400
const THIN = { detailSeconds: 6 * 3_600, step: 600 }

/**
 * Fills a store through the door by which a past is imported: readings are booked as those of the present are, in slots
 * that are as wide as their age makes them.
 */
export function fill(storeFile: string, filling: Filling, definition: Definition = worldOf(filling.journeys)): void {
  const result = importHistory(configOf(storeFile, [], 15_000), definition, readings(filling), {
    now: filling.until,
    sample: false,
  })
  if (!result.ok) throw new Error(`Expected a made-up history to be taken: ${JSON.stringify(result.problems)}`)
}

/** One reading per slot: each quarter minute of the last three days, each minute before. */
function* readings({ journeys, targets, history, until, thin = false }: Filling) {
  const share = journeys / targets
  const services = Array.from({ length: targets }, () => trafficOf(share))
  const from = Math.floor(until / 60_000) * 60 - history
  const detailFrom = Math.floor(until / 60_000) * 60 - (thin ? THIN.detailSeconds : DETAIL_SECONDS)
  const coarse = thin ? THIN.step : 60
  for (let at = from; at * 1_000 < until; at += at < detailFrom ? coarse : 15) {
    for (const [number, traffic] of services.entries()) {
      traffic.grow()
      const steps = traffic.counts.map(
        ([good, error], i) =>
          ({
            journey: journeyName(number * share + i),
            step: STEP,
            role: 'own',
            counts: [good, 0, error, 0],
          }) as const,
      )
      const speaker = { id: `past-${number}`, identified: true, service: `service-${number}`, startedAt: from * 1_000 }
      yield { line: 1, event: { kind: 'reading', reading: { speaker, at: at * 1_000, steps } } } as const
    }
  }
}
