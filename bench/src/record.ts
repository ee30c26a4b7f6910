import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { METRIC, type Outcome } from '@tabiji/core/journey'
import { createRecorder } from '@tabiji/sdk'
import { Counter, Histogram, Registry } from 'prom-client'
import { type Row, rowOf } from './result.ts'
import { runRounds } from './rounds.ts'
import { journeys } from './sdk-journeys.ts'

const ROUNDS = 21
const WARM_UP = 3
/** About a tenth of a second of work per round for each side. */
const OUR_EVENTS = 4_000_000
const PEER_EVENTS = 150_000
/** At least this many times less CPU than prom-client needs for the same event. */
const GOAL = 15
/** A power of two, so that walking round the samples is a mask on both sides. */
const SAMPLES = 4096

const STEPS = journeys.journeys.flatMap((journey) => journey.steps.map((step) => ({ journey: journey.name, step })))

type Sample = { readonly step: number; readonly outcome: Outcome; readonly ms: number }
type Work = (times: number) => void

/**
 * One recorded event: its outcome counted and its duration put into a histogram, under the same labels on both sides.
 * The peer's label objects are made beforehand, which a service would hardly do, and the samples are drawn beforehand
 * for both.
 */
export async function record(): Promise<Row[]> {
  const samples = drawSamples()
  const ours = prepareOurs(samples)
  const peer = preparePeer(samples)
  await mustAgree(ours, peer)
  const contestants = [
    { times: OUR_EVENTS, work: ours.work },
    { times: PEER_EVENTS, work: peer.byLabels },
    { times: PEER_EVENTS, work: peer.byChildren },
    { times: PEER_EVENTS, work: prepareOtel(samples) },
  ]
  const [our = [], labels = [], children = [], otel = []] = runRounds(contestants, ROUNDS, WARM_UP)
  const both = labels.map((cost, round) => cost + (otel[round] ?? Number.NaN))
  const what = 'ns of CPU per event; peer:'
  return [
    rowOf('record', `${what} prom-client histogram.observe(labels, v) + counter.inc(labels)`, our, labels, GOAL),
    rowOf('record-child', `${what} prom-client, the same through cached .labels() children`, our, children, GOAL),
    rowOf('record-otel', `${what} OpenTelemetry histogram.record + counter.add`, our, otel, GOAL),
    rowOf('record-both', `${what} both of them, as whoever feeds both worlds pays`, our, both, 40),
  ]
}

function prepareOurs(samples: readonly Sample[]) {
  const registry = new Registry()
  const recorder = createRecorder(journeys, { registry, service: 'bench' })
  const tallies = [
    recorder.tally('measure-feet', 'start'),
    recorder.tally('measure-feet', 'upload'),
    recorder.tally('measure-feet', 'process'),
    recorder.tally('view-result', 'read'),
  ]
  const work: Work = (times) => {
    for (let at = 0; at < times; at++) {
      const sample = samples[at & (SAMPLES - 1)]
      if (sample !== undefined) tallies[sample.step]?.(sample.outcome, sample.ms)
    }
  }
  return { registry, work }
}

/** The peer's two instruments, with the names, labels and buckets of ours. */
function preparePeer(samples: readonly Sample[]) {
  const registry = new Registry()
  const shared = { help: 'The same as ours.', registers: [registry] }
  const edges = new Set(STEPS.flatMap(({ step }) => [step.withinMs / 2000, step.withinMs / 1000, step.withinMs / 500]))
  const buckets = [...edges].sort((a, b) => a - b)
  const events = new Counter({ name: METRIC.events, labelNames: ['journey', 'step', 'outcome'], ...shared })
  const durations = new Histogram({ name: METRIC.duration, labelNames: ['journey', 'step'], buckets, ...shared })
  const prepared = samples.map(({ step, outcome, ms }) => {
    const labels = { journey: STEPS[step]?.journey ?? '', step: STEPS[step]?.step.name ?? '' }
    const eventLabels = { ...labels, outcome }
    const counted = events.labels(eventLabels)
    const timed = durations.labels(labels)
    return { labels, eventLabels, counted, timed, seconds: ms / 1000 }
  })
  const byLabels: Work = (times) => {
    for (let at = 0; at < times; at++) {
      const sample = prepared[at & (SAMPLES - 1)]
      if (sample === undefined) continue
      durations.observe(sample.labels, sample.seconds)
      events.inc(sample.eventLabels)
    }
  }
  const byChildren: Work = (times) => {
    for (let at = 0; at < times; at++) {
      const sample = prepared[at & (SAMPLES - 1)]
      if (sample === undefined) continue
      sample.timed.observe(sample.seconds)
      sample.counted.inc()
    }
  }
  return { registry, byLabels, byChildren }
}

/** Two instruments of OpenTelemetry with a reader that collects them, attributes made beforehand. */
function prepareOtel(samples: readonly Sample[]): Work {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 })
  const meter = new MeterProvider({ readers: [reader] }).getMeter('bench')
  const events = meter.createCounter('journey.step.events')
  const explicitBucketBoundaries = STEPS.map(({ step }) => step.withinMs / 1000).sort((a, b) => a - b)
  const durations = meter.createHistogram('journey.step.duration', { unit: 's', advice: { explicitBucketBoundaries } })
  const prepared = samples.map(({ step, outcome, ms }) => {
    const attributes = { journey: STEPS[step]?.journey ?? '', step: STEPS[step]?.step.name ?? '' }
    return { attributes, eventAttributes: { ...attributes, outcome }, seconds: ms / 1000 }
  })
  return (times) => {
    for (let at = 0; at < times; at++) {
      const sample = prepared[at & (SAMPLES - 1)]
      if (sample === undefined) continue
      durations.record(sample.seconds, sample.attributes)
      events.add(1, sample.eventAttributes)
    }
  }
}

/** Steps, outcomes and durations in a fixed disorder, so that no branch is always the same. */
function drawSamples(): Sample[] {
  let seed = 20_261_124
  // Linear congruential generator with the constants of "Numerical Recipes" (Press et al.), section 7.1.
  const draw = (below: number) => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const outcomes: readonly Outcome[] = ['good', 'good', 'good', 'good', 'slow', 'error']
  return Array.from({ length: SAMPLES }, () => ({
    step: draw(STEPS.length),
    outcome: outcomes[draw(outcomes.length)] ?? 'good',
    ms: draw(2500),
  }))
}

/** A comparison counts only when both sides do the same: after equal work every count and every bucket must be equal. */
async function mustAgree(ours: ReturnType<typeof prepareOurs>, peer: ReturnType<typeof preparePeer>): Promise<void> {
  ours.work(2 * SAMPLES)
  peer.byLabels(SAMPLES)
  peer.byChildren(SAMPLES)
  const lines = async (registry: Registry) =>
    (await registry.metrics()).split('\n').filter((line) => /^journey_step_\w+(total|bucket|count)\{/.test(line))
  const said = new Set(await lines(ours.registry))
  const different = (await lines(peer.registry)).filter((line) => !said.has(line))
  if (different.length > 0) throw new Error(`The two sides counted differently:\n${different.join('\n')}`)
}
