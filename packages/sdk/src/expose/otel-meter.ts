import { durationOf } from '../event/cells.ts'
import type { Events } from '../event/events.ts'
import type { Families, NumberFamily } from './families.ts'

interface ObservableInstrument {
  addCallback(callback: Observe): void
  removeCallback(callback: Observe): void
}
type Observe = (result: { observe(value: number, attributes?: Record<string, string>): void }) => void

interface RecordingInstrument {
  record(value: number, attributes?: Record<string, string>): void
}

type InstrumentOptions = {
  readonly description: string
  readonly unit: string
  /** 0 is a whole number, 1 any. */
  readonly valueType: 0 | 1
}

/** What the SDK needs of a meter; `Meter` of `@opentelemetry/api` is one. */
export interface JourneyMeter {
  createObservableCounter(name: string, options: InstrumentOptions): ObservableInstrument
  createObservableGauge(name: string, options: InstrumentOptions): ObservableInstrument
  createHistogram(
    name: string,
    options: InstrumentOptions & { advice: { explicitBucketBoundaries: number[] } },
  ): RecordingInstrument
}

/**
 * Lets a meter read the numbers whenever it is collected: recording an event costs nothing more.
 * @returns takes the meter's hands off again
 */
export function observeNumbers(families: Families, meter: JourneyMeter): () => void {
  const numbers = Object.values(families).filter((family) => family.type !== 'histogram')
  const ends = numbers.map((family) => observe(family, meter))
  return () => {
    for (const end of ends) end()
  }
}

function observe(family: NumberFamily, meter: JourneyMeter): () => void {
  const options = { description: family.help, unit: family.unit, valueType: 0 } as const
  const instrument =
    family.type === 'counter'
      ? meter.createObservableCounter(family.otelName, options)
      : meter.createObservableGauge(family.otelName, options)
  const callback: Observe = (result) => {
    for (const { labels, value } of family.read()) result.observe(value, { ...labels })
  }
  instrument.addCallback(callback)
  return () => instrument.removeCallback(callback)
}

/**
 * Records each valid event's duration on a histogram of the meter, as it is booked.
 * @returns records no more
 */
export function recordDurations({ duration }: Families, events: Events, meter: JourneyMeter): () => void {
  const histogram = meter.createHistogram(duration.otelName, {
    description: duration.help,
    unit: duration.unit,
    valueType: 1,
    advice: { explicitBucketBoundaries: [...duration.edges] },
  })
  const attributes = duration.read().map(({ labels }) => ({ ...labels }))
  events.watch(({ index }, outcome, elapsedMs) => {
    if (outcome === 'excluded') return
    try {
      histogram.record(durationOf(elapsedMs) / 1000, attributes[index])
    } catch {
      // A meter that fails must not make the request fail that it was told about.
    }
  })
  return () => events.watch(undefined)
}
