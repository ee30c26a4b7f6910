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
  /** Seconds of full detail; of the time before, one minute in each hour has events. */
  readonly detail?: number
}

const HOUR = 3_600
/** The age up to which slots are quarter minutes. */
const DETAIL_SECONDS = 3 * 86_400

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

function* readings({ journeys, targets, history, until, detail }: Filling) {
  const share = journeys / targets
  const services = Array.from({ length: targets }, () => trafficOf(share))
  const end = Math.floor(until / 60_000) * 60
  for (const { at, grows } of momentsOf(end, history, detail)) {
    for (const [number, traffic] of services.entries()) {
      if (grows) traffic.grow()
      const steps = traffic.counts.map(
        ([good, error], i) =>
          ({
            journey: journeyName(number * share + i),
            step: STEP,
            role: 'own',
            counts: [good, 0, error, 0],
          }) as const,
      )
      const speaker = {
        id: `past-${number}`,
        identified: true,
        service: `service-${number}`,
        startedAt: (end - history) * 1_000,
      }
      yield { line: 1, event: { kind: 'reading', reading: { speaker, at: at * 1_000, steps } } } as const
    }
  }
}

/**
 * When services are read, in seconds: each slot once, which is each quarter minute of the last three days and each minute
 * before. With less detail, twice an hour before it: two readings a minute apart, so that the events between them are in
 * one slot instead of spread over the hour.
 */
function* momentsOf(end: number, history: number, detail: number | undefined) {
  const detailFrom = end - Math.min(history, detail ?? DETAIL_SECONDS)
  for (let at = end - history; at < detailFrom; at += detail === undefined ? 60 : HOUR) {
    if (detail !== undefined) yield { at, grows: false }
    yield { at: detail === undefined ? at : at + 60, grows: true }
  }
  for (let at = detailFrom; at < end; at += 15) yield { at, grows: true }
}
