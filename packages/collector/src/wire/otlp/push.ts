import { LABEL, METRIC, OTEL_METRIC } from '@tabiji/core/journey'

/** What of a push of metrics concerns us, the same whatever its encoding. Nothing of it has been believed yet. */
export type Push = {
  readonly resources: readonly Resource[]
  /** Data points of metrics that are not ours. */
  readonly ignored: number
}

/** Who speaks, and what of it concerns us. */
export type Resource = { readonly attributes: Attributes; readonly metrics: readonly Metric[] }

/** Those that mean something to us, as far as they are texts. */
export type Attributes = ReadonlyMap<string, string>

export type Metric = {
  readonly meaning: Meaning
  readonly kind: 'sum' | 'gauge' | 'other'
  readonly temporality: 'delta' | 'cumulative' | 'unspecified'
  readonly monotonic: boolean
  readonly points: readonly Point[]
}

export type Point = {
  readonly attributes: Attributes
  /** Nanoseconds since the Unix epoch; 0 when not told. */
  readonly from: bigint
  readonly to: bigint
  /** Absent when the point holds none. */
  readonly value?: number | bigint
  /** The sender says that there is no value. */
  readonly empty: boolean
}

/** Stands for a point of a metric that is no number, such as a histogram: it is counted and not looked into. */
export const UNREAD_POINT: Point = { attributes: new Map(), from: 0n, to: 0n, empty: false }

export type PushRead =
  | { readonly ok: true; readonly push: Push }
  /** Refused whole. `message` quotes nothing of the body. */
  | { readonly ok: false; readonly reason: 'malformed' | 'too_many'; readonly message: string }

/** What a metric is to us. */
export type Meaning = 'events' | 'dependencies' | 'definition'

/** Our own names, and what they become on a way through Prometheus, where the suffix may be dropped. */
const MEANINGS: ReadonlyMap<string, Meaning> = new Map(
  (['events', 'dependencies', 'definition'] as const).flatMap((meaning) =>
    [OTEL_METRIC[meaning], METRIC[meaning], METRIC[meaning].replace(/_total$/, '')].map(
      (name) => [name, meaning] as const,
    ),
  ),
)

export function meaningOf(name: string): Meaning | undefined {
  return MEANINGS.get(name)
}

/** Names of the semantic conventions for resources. */
export const SERVICE_NAME = 'service.name'
export const INSTANCE_ID = 'service.instance.id'

/** Keys that are kept: a body may hold a hundred thousand others, and none of them costs memory. */
const KEPT: ReadonlySet<string> = new Set([...Object.values(LABEL), SERVICE_NAME, INSTANCE_ID])

export function isKept(key: string): boolean {
  return KEPT.has(key)
}

/** Bit 0 of a point's flags: no recorded value. */
export const NO_RECORDED_VALUE = 1

/** The enumeration of the protocol, in its order. */
export const TEMPORALITIES = ['unspecified', 'delta', 'cumulative'] as const

/** Counts points as they are decoded, and stops the decoding of a body that holds more than may be taken at once. */
export type Counter = { readonly count: () => void }

class TooManyPoints extends Error {}

export function createCounter(most: number): Counter {
  let points = 0
  return {
    count: () => {
      points++
      if (points > most) throw new TooManyPoints(`Expected at most ${most} data points of journeys in a body, got more`)
    },
  }
}

/** Runs a decoder; whatever it stumbles over is the sender's mistake. */
export function attempt(decode: () => Push, what: string): PushRead {
  try {
    return { ok: true, push: decode() }
  } catch (error) {
    if (error instanceof TooManyPoints) return { ok: false, reason: 'too_many', message: error.message }
    return { ok: false, reason: 'malformed', message: `Expected an ExportMetricsServiceRequest in ${what}` }
  }
}
