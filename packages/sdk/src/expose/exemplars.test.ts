import fc from 'fast-check'
import { Registry, type RegistryContentType } from 'prom-client'
import { describe, expect, test } from 'vitest'
import type { TraceIds } from '../event/trace.ts'
import { createRecorder } from '../recorder.ts'
import { scanJourney, step } from '../testing/journeys.ts'
import { movedTime } from '../testing/time.ts'

const journeys = scanJourney(step('upload', { withinMs: 300 }), step('process', { kind: 'job', withinMs: 1000 }))
const IDS = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7' }

function tracing(
  activeTrace: () => TraceIds | undefined,
  format: RegistryContentType = Registry.OPENMETRICS_CONTENT_TYPE,
) {
  const registry = new Registry<RegistryContentType>()
  registry.setContentType(format)
  const time = movedTime()
  const recorder = createRecorder(journeys, { registry, service: 'scanner', time, activeTrace })
  const exemplars = async () => (await registry.metrics()).split('\n').filter((line) => line.includes(' # {'))
  const job = (ms: number, act: () => void = () => undefined) =>
    recorder.run('scan', 'process', () => {
      time.advance(ms)
      act()
    })
  return { recorder, registry, time, exemplars, job }
}

describe('an exemplar', () => {
  test('names the trace of the last slow and the last failed event, with its duration and when it ended', async () => {
    const { recorder, exemplars, job } = tracing(() => IDS)
    await job(1500)
    await job(400, () => recorder.fail('no-feet-found'))
    const ids = '{trace_id="4bf92f3577b34da6a3ce929d0e0e4736",span_id="00f067aa0ba902b7"}'
    expect(await exemplars()).toEqual([
      `journey_step_events_total{journey="scan",step="process",outcome="slow"} 1 # ${ids} 1 1790812801.5`,
      `journey_step_events_total{journey="scan",step="process",outcome="error"} 1 # ${ids} 1 1790812801.9`,
      `journey_step_duration_seconds_bucket{le="0.5",journey="scan",step="process"} 1 # ${ids} 0.4 1790812801.9`,
      `journey_step_duration_seconds_bucket{le="2",journey="scan",step="process"} 2 # ${ids} 1.5 1790812801.5`,
    ])
  })

  test('is of the trace in which the event began, however late it ends', async () => {
    let active: TraceIds | undefined = { traceId: 'first' }
    const { exemplars, job } = tracing(() => active)
    const slow = job(1500, () => {
      active = { traceId: 'second' }
    })
    active = undefined
    await slow
    expect((await exemplars()).map((line) => line.replace(/.* # /, ''))).toEqual([
      '{trace_id="first"} 1 1790812801.5',
      '{trace_id="first"} 1.5 1790812801.5',
    ])
  })

  test('is kept of an event that the service measured itself, too', async () => {
    const { recorder, exemplars } = tracing(() => IDS)
    recorder.tally('scan', 'upload')('error', Number.NaN)
    expect(await exemplars()).toHaveLength(2)
  })

  test('is kept neither of a good event nor of an excluded one, nor without a trace', async () => {
    let active: TraceIds | undefined = IDS
    const { recorder, exemplars, job } = tracing(() => active)
    await job(10)
    await job(2000, () => recorder.exclude('load-test'))
    active = undefined
    await job(2000)
    expect(await exemplars()).toEqual([])
  })

  test('is not printed in the classic format, which has none', async () => {
    const { exemplars, job } = tracing(() => IDS, Registry.PROMETHEUS_CONTENT_TYPE)
    await job(2000)
    expect(await exemplars()).toEqual([])
  })

  test('cannot break the page or the service, whatever a tracer gives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), fc.anything(), async (traceId, spanId) => {
        const { registry, job } = tracing(() => ({ traceId, spanId }) as TraceIds)
        await job(2000)
        const lines = (await registry.metrics()).split('\n').filter((line) => line.startsWith('journey_step_events'))
        for (const line of lines) {
          expect(line).toMatch(/^\w+\{[^}]*\} \d+( # \{trace_id="[\w-]{1,64}"(,span_id="[\w-]{1,32}")?\} 1 [\d.]+)?$/)
        }
      }),
    )
  })

  test('that throws its question is no exemplar', async () => {
    const { exemplars, job } = tracing(() => {
      throw new Error('tracer')
    })
    await job(2000)
    expect(await exemplars()).toEqual([])
  })
})
