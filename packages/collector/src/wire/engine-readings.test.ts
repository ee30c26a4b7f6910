import { expect, test } from 'vitest'
import type { EngineSeries } from './engine/answer.ts'
import { hearProcesses } from './engine-readings.ts'

const AT = 1_790_000_000_000
const PLACE = { job: 'shop', instance: '10.0.0.7:9464' }

/** Samples at seconds after {@link AT}. */
function series(name: string, labels: Record<string, string>, samples: Record<number, number>): EngineSeries {
  return {
    labels: new Map(Object.entries({ __name__: name, ...PLACE, ...labels })),
    samples: Object.entries(samples).map(([second, value]) => ({
      at: AT + Number(second) * 1000,
      value,
      whole: Number.isInteger(value),
    })),
  }
}

const info = (id: string, samples: Record<number, number>, labels = {}) =>
  series('journey_definition_info', { process_id: id, fingerprint: 'f', sdk_version: '1', ...labels }, samples)

const events = (outcome: string, samples: Record<number, number>, labels = {}) =>
  series('journey_step_events_total', { journey: 'checkout', step: 'pay', outcome, ...labels }, samples)

const hear = (all: readonly EngineSeries[], serviceLabel = 'job', identified = new Set<string>()) =>
  hearProcesses(all, { engine: 'prometheus', serviceLabel, identified })

const told = (all: readonly EngineSeries[]) =>
  hear(all).readings.map(({ speaker, at, steps }) => [speaker.id, (at - AT) / 1000, steps[0]?.counts])

test('what was scraped in one moment is a reading of the process that was there then', () => {
  const all = [
    info('p-1', { 0: 1, 15: 1 }, { started_at: '2026-09-21T14:00:00Z' }),
    info('p-2', { 30: 1 }),
    events('good', { 0: 5, 15: 7, 30: 1 }),
    events('error', { 0: 0, 15: 2, 30: 0 }),
  ]
  expect(told(all)).toEqual([
    ['p-1', 0, [5, 0, 0, 0]],
    ['p-1', 15, [7, 0, 2, 0]],
    ['p-2', 30, [1, 0, 0, 0]],
  ])
  expect(hear(all)).toMatchObject({
    warnings: [],
    readings: [
      {
        speaker: { service: 'shop', identified: true, startedAt: Date.parse('2026-09-21T14:00:00Z') },
        fingerprint: 'f',
        at: AT,
      },
      {},
      {},
    ],
  })
})

test('readings of all targets and replicas come in the order of time', () => {
  const replica = { prometheus_replica: 'b' }
  const other = { instance: '10.0.0.8:9464' }
  const all = [
    info('p-1', { 0: 1, 20: 1 }),
    events('good', { 0: 5, 20: 9 }),
    info('p-1', { 10: 1 }, replica),
    events('good', { 10: 7 }, replica),
    info('p-2', { 5: 1 }, other),
    events('good', { 5: 3 }, other),
  ]
  expect(told(all).map(([id, at]) => [id, at])).toEqual([
    ['p-1', 0],
    ['p-2', 5],
    ['p-1', 10],
    ['p-1', 20],
  ])
})

test('a moment whose definition has not arrived yet is nobody’s', () => {
  const identified = new Set<string>()
  const first = [info('p-1', { 0: 1 }), events('good', { 0: 5, 15: 7 })]
  expect(hear(first, 'job', identified).readings.map(({ at }) => at)).toEqual([AT])
  // Also in a later answer that holds none at all.
  expect(hear([events('good', { 15: 7 })], 'job', identified).readings).toEqual([])
})

test('without an id a source is known by job and instance, and a counter that is not there is no zero', () => {
  const all = [events('good', { 0: 5, 15: 7 }), events('error', { 0: 2 })]
  const { readings } = hear(all)
  expect(readings[1]).toMatchObject({
    speaker: { id: 'prometheus/shop/10.0.0.7:9464', identified: false, service: 'shop' },
    steps: [{ counts: [7, 0, 0, 0], partial: true }],
  })
  const whole = ['good', 'slow', 'error', 'excluded'].map((outcome) => events(outcome, { 0: 1 }))
  expect(hear(whole).readings[0]?.steps[0]).not.toHaveProperty('partial')
})

test('several series of a source without an id are left out, because nobody can put them in order', () => {
  const all = [events('good', { 0: 5 }), events('good', { 1: 4 }, { prometheus_replica: 'b' })]
  expect(hear(all)).toEqual({
    readings: [],
    warnings: [
      'Expected one set of labels for prometheus/shop/10.0.0.7:9464, which tells no process_id, got several; let the engine put the series of its replicas together, or `match` those of one of them',
    ],
  })
})

test('what is no count is left out with its moment, and the others stay', () => {
  const all = [info('p-1', { 0: 1, 15: 1, 30: 1 }), events('good', { 0: 5, 15: Number.NaN, 30: 6.5 })]
  const { readings, warnings } = hear(all)
  expect(readings.map(({ at }) => at)).toEqual([AT])
  expect(warnings).toEqual([
    'prometheus/shop/10.0.0.7:9464: Expected journey_step_events_total to be a whole number from 0 to 9007199254740991, got NaN; what was scraped then is left out',
    'prometheus/shop/10.0.0.7:9464: Expected journey_step_events_total to be a whole number from 0 to 9007199254740991, got 6.5; what was scraped then is left out',
  ])
})

test('the service stands in a label, and one without it is told', () => {
  const all = [info('p-1', { 0: 1 }, { app: 'web' }), events('good', { 0: 5 }, { app: 'web' })]
  expect(hear(all, 'app').readings[0]?.speaker.service).toBe('web')
  expect(hear(all, 'team')).toEqual({
    readings: [],
    warnings: ['Expected the label team of prometheus/shop/10.0.0.7:9464 to name a service; its series are left out'],
  })
})
