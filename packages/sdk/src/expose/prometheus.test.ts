import { AggregatorRegistry, Histogram, Registry, type RegistryContentType } from 'prom-client'
import { describe, expect, test } from 'vitest'
import { createRecorder } from '../recorder.ts'
import { scanJourney, step } from '../testing/journeys.ts'
import { movedTime } from '../testing/time.ts'

const journeys = scanJourney(step('start', { withinMs: 300 }), step('upload', { withinMs: 1000 }))
const FORMATS = [Registry.PROMETHEUS_CONTENT_TYPE, Registry.OPENMETRICS_CONTENT_TYPE] as const

function registryOf(format: RegistryContentType) {
  const registry = new Registry<RegistryContentType>()
  registry.setContentType(format)
  return registry
}

function recorded(format: RegistryContentType) {
  const registry = registryOf(format)
  const recorder = createRecorder(journeys, { registry, service: 'scanner', time: movedTime() })
  const upload = recorder.tally('scan', 'upload')
  upload('good', 300)
  upload('good', 300.5)
  upload('slow', 4000)
  upload('error', 20)
  upload('excluded', 5)
  return { registry, recorder }
}

describe.each(FORMATS)('as %s', (format) => {
  test('every series exists at zero before anything happened', async () => {
    const registry = registryOf(format)
    createRecorder(journeys, { registry, service: 'scanner' })
    const lines = (await registry.metrics()).split('\n').filter((line) => /^journey_(step|sdk)/.test(line))
    // Two steps of four outcomes; two of six edges, +Inf, sum and count; eight reasons.
    expect(lines).toHaveLength(2 * 4 + 2 * (6 + 3) + 8)
    expect(lines.filter((line) => !line.endsWith(' 0'))).toEqual([])
  })

  test('counts are printed under their name with one _total', async () => {
    const { registry } = recorded(format)
    // Twice, because printing OpenMetrics changes the names that the registry holds.
    await registry.metrics()
    const lines = (await registry.metrics()).split('\n')
    expect(lines).toContain('journey_step_events_total{journey="scan",step="upload",outcome="good"} 2')
    expect(lines).toContain('journey_step_events_total{journey="scan",step="upload",outcome="slow"} 1')
    expect(lines).toContain('journey_step_events_total{journey="scan",step="upload",outcome="error"} 1')
    expect(lines).toContain('journey_step_events_total{journey="scan",step="upload",outcome="excluded"} 1')
    expect(lines).toContain('journey_sdk_dropped_total{reason="unknown-step"} 0')
    expect(lines.filter((line) => line.includes('_total_total'))).toEqual([])
  })

  test('the definition says who is speaking', async () => {
    const { registry, recorder } = recorded(format)
    expect(await registry.metrics()).toContain(
      `journey_definition_info{process_id="${recorder.processId}",fingerprint="0123456789abcdef",sdk_version="0.1.0",started_at="2026-10-01T00:00:00.000Z"} 1\n`,
    )
  })

  test('the histogram is the one that prom-client prints for the same values', async () => {
    const { registry } = recorded(format)
    const peer = registryOf(format)
    const histogram = new Histogram({
      name: 'journey_step_duration_seconds',
      help: 'Time of the valid events (good, slow, error) of a step on its clock, in seconds.',
      labelNames: ['journey', 'step'],
      buckets: [0.15, 0.3, 0.5, 0.6, 1, 2],
      registers: [peer],
    })
    histogram.zero({ journey: 'scan', step: 'start' })
    for (const seconds of [0.3, 0.3005, 4, 0.02]) histogram.observe({ journey: 'scan', step: 'upload' }, seconds)
    const ours = await registry.getSingleMetricAsString('journey_step_duration_seconds')
    const theirs = await peer.getSingleMetricAsString('journey_step_duration_seconds')
    expect(ours.split('\n')).toEqual(theirs.split('\n'))
  })

  test('JSON has the full names, so that a cluster merges it into the same series', async () => {
    const [one, two] = [recorded(format), recorded(format)]
    const json = [await one.registry.getMetricsAsJSON(), await two.registry.getMetricsAsJSON()]
    const merged = await AggregatorRegistry.aggregate(json).metrics()
    expect(merged).toContain('journey_step_events_total{journey="scan",step="upload",outcome="good"} 4')
    expect(merged).toContain('journey_step_duration_seconds_count{journey="scan",step="upload"} 8')
  })

  test('default labels of the registry are added and the counts survive a reset', async () => {
    const { registry } = recorded(format)
    registry.setDefaultLabels({ region: 'tokyo' })
    await registry.getMetricsAsJSON()
    registry.resetMetrics()
    expect(await registry.metrics()).toContain(
      'journey_step_events_total{region="tokyo",journey="scan",step="upload",outcome="good"} 2',
    )
  })
})

test('the format that the registry is switched to is followed', async () => {
  const { registry } = recorded(Registry.PROMETHEUS_CONTENT_TYPE)
  registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
  expect(await registry.metrics()).toContain('# TYPE journey_step_events counter\njourney_step_events_total{')
  registry.setContentType(Registry.PROMETHEUS_CONTENT_TYPE)
  expect(await registry.metrics()).toContain('# TYPE journey_step_events_total counter\njourney_step_events_total{')
})
