import { LABEL, METRIC, OTEL_METRIC, OUTCOMES } from '@tabiji/core/journey'
import type { Borrowed } from '../event/borrowed.ts'
import type { Candidates } from '../event/candidates.ts'
import type { Cells } from '../event/cells.ts'
import { DROP_REASONS, type Dropped } from '../event/dropped.ts'
import type { Exemplar, Exemplars } from '../event/exemplars.ts'
import type { Probed } from '../event/probed.ts'
import type { Rule } from '../event/rule.ts'

/** Who is speaking; the labels of the definition metric. */
export type Identity = {
  readonly processId: string
  readonly fingerprint: string
  readonly sdkVersion: string
  /** ISO 8601. */
  readonly startedAt: string
}

/** What the metrics read when somebody asks for them. */
export type Measured = {
  readonly rules: readonly Rule[]
  readonly cells: Cells
  readonly borrowed: Borrowed
  readonly candidates: Candidates
  readonly dropped: Dropped
  readonly exemplars: Exemplars
  readonly probed: Probed
  readonly identity: Identity
}

/** The labels of one series. */
type Labels = Readonly<Record<string, string>>

type Named = {
  /** In Prometheus. */
  readonly name: string
  /** In OpenTelemetry. */
  readonly otelName: string
  readonly help: string
  /** In UCUM, as OpenTelemetry writes it; empty for none. */
  readonly unit: string
}

/** A metric whose series are single numbers: whole counts that only grow, or a constant. */
export type NumberFamily = Named & {
  readonly type: 'counter' | 'gauge'
  read(): NumberPoint[]
}

type NumberPoint = { readonly labels: Labels; readonly value: number; readonly exemplar?: Exemplar | undefined }

/** A metric whose series are histograms. */
export type HistogramFamily = Named & {
  readonly type: 'histogram'
  /** Upper edges in the family's unit, ascending; a value on an edge belongs below it. */
  readonly edges: readonly number[]
  read(): HistogramPoint[]
}

type HistogramPoint = {
  readonly labels: Labels
  /** Events per edge and, last, beyond all edges. Not cumulative. */
  readonly buckets: readonly number[]
  readonly count: number
  /** In the family's unit. */
  readonly sum: number
  exemplarOf(bucket: number): Exemplar | undefined
}

/**
 * Every metric of the contract, said once for Prometheus and OpenTelemetry: both print what is read here, so they have the
 * same series and the same numbers. All series exist from the start, at zero.
 */
export type Families = {
  readonly events: NumberFamily
  readonly duration: HistogramFamily
  readonly definition: NumberFamily
  readonly dropped: NumberFamily
  /** Only where the service works for journeys of others. */
  readonly dependencies?: NumberFamily
  /** Only where steps state candidate times. */
  readonly candidates?: NumberFamily
  /** Only where the service believes probes. */
  readonly probes?: NumberFamily
}

export function familiesOf(measured: Measured): Families {
  return {
    events: events(measured),
    duration: duration(measured),
    definition: definition(measured),
    dropped: dropped(measured),
    ...(measured.borrowed.pairs.length > 0 && { dependencies: dependencies(measured) }),
    ...(measured.candidates.steps.length > 0 && { candidates: candidateEvents(measured) }),
    ...(measured.probed.rules.length > 0 && { probes: probeEvents(measured) }),
  }
}

function events({ rules, cells, exemplars }: Measured): NumberFamily {
  const series = rules.flatMap(({ journey, step, index }) =>
    OUTCOMES.map((outcome, place) => ({
      index,
      outcome,
      place,
      labels: { [LABEL.journey]: journey, [LABEL.step]: step, [LABEL.outcome]: outcome },
    })),
  )
  return {
    name: METRIC.events,
    otelName: OTEL_METRIC.events,
    help: 'Events of a step of a user journey by outcome.',
    unit: '{event}',
    type: 'counter',
    read: () =>
      series.map(({ index, outcome, place, labels }) => ({
        labels,
        value: cells.counts(index)[place] ?? 0,
        exemplar: exemplars.ofOutcome(index, outcome),
      })),
  }
}

function dependencies({ borrowed }: Measured): NumberFamily {
  const series = borrowed.pairs.flatMap(({ journey, serviceStep }, pair) =>
    OUTCOMES.map((outcome, place) => ({
      pair,
      place,
      labels: { [LABEL.journey]: journey, [LABEL.serviceStep]: serviceStep, [LABEL.outcome]: outcome },
    })),
  )
  return {
    name: METRIC.dependencies,
    otelName: OTEL_METRIC.dependencies,
    help: 'Events of an own step that were done for a journey of another service, by outcome.',
    unit: '{event}',
    type: 'counter',
    read: () => series.map(({ pair, place, labels }) => ({ labels, value: borrowed.counts(pair)[place] ?? 0 })),
  }
}

function probeEvents({ probed }: Measured): NumberFamily {
  const series = probed.rules.flatMap((rule) =>
    OUTCOMES.map((outcome, place) => ({
      rule,
      place,
      labels: { [LABEL.journey]: rule.journey, [LABEL.step]: rule.step, [LABEL.outcome]: outcome },
    })),
  )
  return {
    name: METRIC.probes,
    otelName: OTEL_METRIC.probes,
    help: 'Events of a step that probes caused, by outcome; they are in no other series.',
    unit: '{event}',
    type: 'counter',
    read: () => series.map(({ rule, place, labels }) => ({ labels, value: probed.counts(rule)[place] ?? 0 })),
  }
}

function candidateEvents({ candidates }: Measured): NumberFamily {
  const series = candidates.steps.flatMap(({ journey, step, withinMs }, at) =>
    OUTCOMES.map((outcome, place) => ({
      at,
      place,
      labels: {
        [LABEL.journey]: journey,
        [LABEL.step]: step,
        [LABEL.within]: String(withinMs / 1000),
        [LABEL.outcome]: outcome,
      },
    })),
  )
  return {
    name: METRIC.candidates,
    otelName: OTEL_METRIC.candidates,
    help: 'Events of a step by the outcome that they would have if another time were promised.',
    unit: '{event}',
    type: 'counter',
    read: () => series.map(({ at, place, labels }) => ({ labels, value: candidates.counts(at)[place] ?? 0 })),
  }
}

function duration({ rules, cells, exemplars }: Measured): HistogramFamily {
  const series = rules.map(({ journey, step, index }) => ({
    index,
    labels: { [LABEL.journey]: journey, [LABEL.step]: step },
  }))
  return {
    name: METRIC.duration,
    otelName: OTEL_METRIC.duration,
    help: 'Time of the valid events (good, slow, error) of a step on its clock, in seconds.',
    unit: 's',
    type: 'histogram',
    edges: [...cells.edges].map((ms) => ms / 1000),
    read: () =>
      series.map(({ index, labels }) => {
        const { buckets, sumMs } = cells.durations(index)
        const count = buckets.reduce((sum, each) => sum + each, 0)
        const exemplarOf = (bucket: number) => exemplars.ofBucket(index, bucket)
        return { labels, buckets: [...buckets], count, sum: sumMs / 1000, exemplarOf }
      }),
  }
}

function definition({ identity }: Measured): NumberFamily {
  const labels = {
    [LABEL.processId]: identity.processId,
    [LABEL.fingerprint]: identity.fingerprint,
    [LABEL.sdkVersion]: identity.sdkVersion,
    [LABEL.startedAt]: identity.startedAt,
  }
  return {
    name: METRIC.definition,
    otelName: OTEL_METRIC.definition,
    help: 'The process that is speaking and the journeys file that it goes by; always 1.',
    unit: '',
    type: 'gauge',
    read: () => [{ labels, value: 1 }],
  }
}

function dropped({ dropped }: Measured): NumberFamily {
  return {
    name: METRIC.dropped,
    otelName: OTEL_METRIC.dropped,
    help: 'What the SDK was told and could not book, by reason.',
    unit: '{event}',
    type: 'counter',
    read: () => DROP_REASONS.map((reason) => ({ labels: { [LABEL.reason]: reason }, value: dropped.count(reason) })),
  }
}
