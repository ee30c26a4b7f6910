import { LABEL, METRIC, OUTCOMES } from '@tabiji/core/journey'
import type { Borrowed } from '../event/borrowed.ts'
import type { Cells } from '../event/cells.ts'
import { DROP_REASONS, type Dropped } from '../event/dropped.ts'
import type { Rule } from '../event/rule.ts'
import type { MetricRegistry } from './registry.ts'

type Sample = {
  readonly metricName?: string
  readonly labels: Readonly<Record<string, string | number>>
  readonly value: number
}

/** A metric in the form in which `prom-client` reads its own: printing calls `getForPromString`, all else `get`. */
type Metric = {
  /** Writable, because the registry strips `_total` from it when it prints OpenMetrics. */
  name: string
  get(): Promise<MetricObject>
  getForPromString(): Promise<MetricObject>
  reset(): void
}

type MetricObject = {
  readonly name: string
  readonly help: string
  readonly type: 'counter' | 'gauge' | 'histogram'
  readonly aggregator: 'sum'
  readonly values: readonly Sample[]
}

/** Who is speaking; the labels of the definition metric. */
type Identity = {
  readonly processId: string
  readonly fingerprint: string
  readonly sdkVersion: string
  /** ISO 8601. */
  readonly startedAt: string
}

/** What the metrics read when they are scraped. */
export type Measured = {
  readonly rules: readonly Rule[]
  readonly cells: Cells
  readonly borrowed: Borrowed
  readonly dropped: Dropped
  readonly identity: Identity
}

/**
 * Registers metric objects that read the cells when they are scraped, so that recording an event costs no more than
 * adding to them. All series exist from the first scrape, at zero.
 * @throws Error when the registry already has one of the names, before any is registered.
 */
export function expose(registry: MetricRegistry, measured: Measured): void {
  for (const name of Object.values(METRIC)) {
    if (registry.getSingleMetric(name) !== undefined) {
      throw new Error(
        `The registry already has a metric \`${name}\`: another recorder, or another copy of the SDK, uses it.`,
      )
    }
  }
  const metrics = [events(measured), durations(measured), definition(measured), dropped(measured)]
  for (const metric of measured.borrowed.pairs.length === 0 ? metrics : [...metrics, dependencies(measured)]) {
    registry.registerMetric(readable(registry, metric.name, metric))
  }
}

type Readable = Omit<MetricObject, 'values' | 'aggregator'> & { values(): Sample[] }

function readable(registry: MetricRegistry, name: string, { help, type, values }: Readable): Metric {
  const read = (as: string): MetricObject => ({ name: as, help, type, aggregator: 'sum', values: values() })
  return {
    name,
    get: async () => read(name),
    getForPromString: async () => read(printedName(registry, name, type)),
    // The counters of a process only grow, which is what makes a repeated reading harmless. So they are not reset.
    reset: () => undefined,
  }
}

/** The OpenMetrics printer appends `_total` to counters itself, the classic printer prints the name as it is. */
function printedName(registry: MetricRegistry, name: string, type: MetricObject['type']): string {
  const appends = type === 'counter' && registry.contentType.startsWith('application/openmetrics-text')
  return appends ? name.replace(/_total$/, '') : name
}

function events({ rules, cells }: Measured): Readable {
  const labels = rules.map(({ journey, step }) =>
    OUTCOMES.map((outcome) => ({ [LABEL.journey]: journey, [LABEL.step]: step, [LABEL.outcome]: outcome })),
  )
  return {
    name: METRIC.events,
    help: 'Events of a step of a user journey by outcome.',
    type: 'counter',
    values: () =>
      labels.flatMap((ofStep, step) => {
        const counts = cells.counts(step)
        return ofStep.map((each, outcome) => ({ labels: each, value: counts[outcome] ?? 0 }))
      }),
  }
}

function dependencies({ borrowed }: Measured): Readable {
  const labels = borrowed.pairs.map(({ journey, serviceStep }) =>
    OUTCOMES.map((outcome) => ({
      [LABEL.journey]: journey,
      [LABEL.serviceStep]: serviceStep,
      [LABEL.outcome]: outcome,
    })),
  )
  return {
    name: METRIC.dependencies,
    help: 'Events of an own step that were done for a journey of another service, by outcome.',
    type: 'counter',
    values: () =>
      labels.flatMap((ofPair, pair) => {
        const counts = borrowed.counts(pair)
        return ofPair.map((each, outcome) => ({ labels: each, value: counts[outcome] ?? 0 }))
      }),
  }
}

function durations({ rules, cells }: Measured): Readable {
  const edges: readonly (number | string)[] = [...[...cells.edges].map((ms) => ms / 1000), '+Inf']
  const labels = rules.map(({ journey, step }) => ({ [LABEL.journey]: journey, [LABEL.step]: step }))
  const bounded = labels.map((ofStep) => edges.map((le) => ({ le, ...ofStep })))
  const ofStep = (step: number): Sample[] => {
    const { buckets, sumMs } = cells.durations(step)
    let count = 0
    const cumulative = (bounded[step] ?? []).map((each, at) => {
      count += buckets[at] ?? 0
      return { metricName: `${METRIC.duration}_bucket`, labels: each, value: count }
    })
    return [
      ...cumulative,
      { metricName: `${METRIC.duration}_sum`, labels: labels[step] ?? {}, value: sumMs / 1000 },
      { metricName: `${METRIC.duration}_count`, labels: labels[step] ?? {}, value: count },
    ]
  }
  return {
    name: METRIC.duration,
    help: 'Time of the valid events (good, slow, error) of a step on its clock, in seconds.',
    type: 'histogram',
    values: () => rules.flatMap((rule) => ofStep(rule.index)),
  }
}

function definition({ identity }: Measured): Readable {
  const labels = {
    [LABEL.processId]: identity.processId,
    [LABEL.fingerprint]: identity.fingerprint,
    [LABEL.sdkVersion]: identity.sdkVersion,
    [LABEL.startedAt]: identity.startedAt,
  }
  return {
    name: METRIC.definition,
    help: 'The process that is speaking and the journeys file that it goes by; always 1.',
    type: 'gauge',
    values: () => [{ labels, value: 1 }],
  }
}

function dropped({ dropped }: Measured): Readable {
  return {
    name: METRIC.dropped,
    help: 'What the SDK was told and could not book, by reason.',
    type: 'counter',
    values: () => DROP_REASONS.map((reason) => ({ labels: { [LABEL.reason]: reason }, value: dropped.count(reason) })),
  }
}
