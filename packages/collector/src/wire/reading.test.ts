import { type Counter, Gauge, Histogram, Counter as PromCounter, Registry } from 'prom-client'
import { expect, test } from 'vitest'
import { createExpositionParser, type Format } from './exposition.ts'
import { createReadingDecoder, READING_METRICS } from './reading.ts'

const LIMITS = { maxBytes: 100_000, maxSeries: 1_000, maxLabelBytes: 1_000 }
const ADDRESS = 'http://127.0.0.1:9464/metrics'
const AT = 1_790_000_000_000

function target(format: Format = 'text') {
  const parser = createExpositionParser(LIMITS, READING_METRICS)
  const decoder = createReadingDecoder('body-api', ADDRESS)
  return (text: string) => {
    const exposition = parser.parse(Buffer.from(text), format)
    if (!exposition.ok) throw new Error(exposition.message)
    return decoder.decode(exposition, AT)
  }
}

const INFO =
  'journey_definition_info{process_id="p-1",fingerprint="0123456789abcdef",sdk_version="0.1.0",started_at="2026-10-01T09:00:00.5+09:00"} 1\n'
const counter = (outcome: string, value: number | string, more = '') =>
  `journey_step_events_total{journey="measure-feet",step="upload",outcome="${outcome}"${more}} ${value}\n`

test('a reading says who speaks, since when, by which definition, and what was counted', () => {
  const text = `${INFO}${counter('error', 3)}${counter('good', '1.5e+06')}${counter('slow', 7)}${counter('excluded', '-0')}`
  expect(target()(text)).toEqual({
    ok: true,
    reading: {
      speaker: {
        id: 'p-1',
        identified: true,
        service: 'body-api',
        startedAt: Date.parse('2026-10-01T00:00:00.500Z'),
      },
      at: AT,
      fingerprint: '0123456789abcdef',
      steps: [{ journey: 'measure-feet', step: 'upload', role: 'own', counts: [1_500_000, 7, 3, 0] }],
    },
    warnings: [],
  })
})

test('a process without an id is known by its address, and an untold outcome counts zero', () => {
  expect(target()(`${counter('slow', 2)}process_start_time_seconds 1.5\n`)).toEqual({
    ok: true,
    reading: {
      speaker: { id: ADDRESS, identified: false, service: 'body-api' },
      at: AT,
      steps: [{ journey: 'measure-feet', step: 'upload', role: 'own', counts: [0, 2, 0, 0] }],
    },
    warnings: [],
  })
})

test('new numbers in the same layout make a new reading', () => {
  const read = target()
  read(`${INFO}${counter('good', 1)}`)
  const again = read(`${INFO}${counter('good', 250)}`)
  expect(again.ok && again.reading.steps[0]?.counts).toEqual([250, 0, 0, 0])
  // Another process behind the same port.
  const other = read(`${INFO.replace('p-1', 'p-2')}${counter('good', 3)}`)
  expect(other.ok && [other.reading.speaker.id, other.reading.steps[0]?.counts]).toEqual(['p-2', [3, 0, 0, 0]])
})

test.each([
  [
    counter('good', 1.5),
    'Line 2: Expected journey_step_events_total to be a whole number from 0 to 9007199254740991, got 1.5',
  ],
  [counter('good', -1), /got -1$/],
  [counter('good', 'NaN'), /got NaN$/],
  [counter('good', '+Inf'), /got Infinity$/],
  [counter('good', '9007199254740992'), /got 9007199254740992$/],
  [counter('good', '4503599627370497.5'), /Expected journey_step_events_total to be a whole number/],
  [INFO, 'Expected one journey_definition_info, got 2'],
  [
    INFO.replace('p-1', 'p-2'),
    'Expected one process in a body, got 2 in journey_definition_info: their counters cannot be told apart; give each process its own port, or let one of a cluster speak for all under one id',
  ],
  [
    `${counter('good', 1)}${counter('good', 1, ',worker="2"')}`,
    'Line 3: Expected one counter of good for measure-feet/upload, got a second one; sum the counters of several workers before they are exposed',
  ],
  [
    `# TYPE journey_step_events_total gauge\n${counter('good', 1)}`,
    'Line 3: Expected journey_step_events_total to be a counter, got a gauge',
  ],
])('a body with %j is refused as a whole', (more, message) => {
  const decoded = target()(INFO + more)
  expect(decoded).toEqual({
    ok: false,
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  })
})

test.each([
  [INFO.replace(/1\n$/, '0\n'), 'Line 1: Expected journey_definition_info to be 1, got 0'],
  [
    INFO.replace('p-1', 'p 1'),
    'Expected the label process_id to have 1 to 128 characters without blanks and control characters, got "p 1"',
  ],
])('a speaker as in %j is refused', (text, message) => {
  expect(target()(text)).toEqual({ ok: false, message })
})

const NAME_RULE = 'to have 1 to 128 characters without blanks and control characters'

test.each([
  [
    counter('skipped', 1),
    'Line 3: Expected the label outcome to be one of good, slow, error, excluded, got "skipped"; the series is left out',
  ],
  [
    'journey_step_events_total{step="s",outcome="good"} 1\n',
    `Line 3: Expected the label journey ${NAME_RULE}, got nothing; the series is left out`,
  ],
  [
    'journey_step_events_total{journey="a\\nb",step="s",outcome="good"} 1\n',
    `Line 3: Expected the label journey ${NAME_RULE}, got "a\\nb"; the series is left out`,
  ],
  [
    `journey_step_events_total{journey="j",step="${'s'.repeat(129)}",outcome="good"} 1\n`,
    `Line 3: Expected the label step ${NAME_RULE}, got "${'s'.repeat(40)}…"; the series is left out`,
  ],
  [
    'journey_sdk_dropped_total{reason="queue full"} 2\n',
    'Some events could not be counted by the process itself, reason "queue full"',
  ],
  [
    'journey_step_events_total_total{journey="j"} 2\n',
    'Line 3: Expected journey_step_events_total, got journey_step_events_total_total, which is left out; in OpenMetrics mode prom-client appends _total to the name of a counter by itself',
  ],
])('%j is told, and the rest counts', (more, warning) => {
  const decoded = target()(`${INFO}${counter('good', 1)}${more}`)
  expect(decoded.ok && decoded.warnings).toEqual([warning])
  expect(decoded.ok && decoded.reading.steps.map(({ counts }) => counts)).toEqual([[1, 0, 0, 0]])
})

test('nothing dropped needs no warning', () => {
  const read = target()
  const body = (dropped: number) => `${INFO}${counter('good', 1)}journey_sdk_dropped_total{reason="x"} ${dropped}\n`
  expect(read(body(0))).toMatchObject({ warnings: [] })
  expect(read(body(1))).toMatchObject({ warnings: [expect.stringContaining('"x"')] })
})

test('a start or a fingerprint that cannot be read is left out and told', () => {
  const text = INFO.replace('2026-10-01T09:00:00.5+09:00', '2026-02-30T09:00:00Z').replace('0123456789abcdef', 'a b')
  const decoded = target()(text + counter('good', 1))
  expect(decoded.ok && decoded.reading).toEqual({
    speaker: { id: 'p-1', identified: true, service: 'body-api' },
    at: AT,
    steps: [expect.anything()],
  })
  expect(decoded.ok && decoded.warnings).toHaveLength(2)
})

test('a body without any journey is a reading of nothing, with a warning', () => {
  expect(target()('up 1\n')).toMatchObject({
    ok: true,
    reading: { steps: [] },
    warnings: ['Expected the series journey_step_events_total, got none: nothing is measured here'],
  })
})

test('a thousand strange series make twenty-one warnings', () => {
  const decoded = target()(Array.from({ length: 900 }, (_, i) => counter(`o${i}`, 1)).join(''))
  expect(decoded.ok && decoded.warnings).toHaveLength(21)
  expect(decoded.ok && decoded.warnings[20]).toBe('… and 881 more warnings')
})

test.each<[string, Format]>([
  [Registry.PROMETHEUS_CONTENT_TYPE, 'text'],
  [Registry.OPENMETRICS_CONTENT_TYPE, 'openmetrics'],
])('what prom-client writes as %s is read', async (contentType, format) => {
  const registry = new Registry()
  registry.setContentType(contentType as typeof Registry.PROMETHEUS_CONTENT_TYPE)
  registry.setDefaultLabels({ app: 'a"b\\c\nd{,}' })
  const isOpenMetrics = format === 'openmetrics'
  const events: Counter = new PromCounter({
    name: 'journey_step_events_total',
    help: 'Events "by" outcome\\\nsecond line',
    labelNames: ['journey', 'step', 'outcome'],
    registers: [registry],
  })
  events.inc({ journey: 'measure-feet', step: 'upload', outcome: 'good' }, 9_007_199_254_740_991)
  events.inc({ journey: 'measure-feet', step: 'upload', outcome: 'slow' }, 0)
  const info = { name: 'journey_definition_info', help: 'x', labelNames: ['process_id', 'started_at'] }
  new Gauge({ ...info, registers: [registry] }).set({ process_id: 'p-1', started_at: '2026-10-01T00:00:00Z' }, 1)
  const name = 'journey_step_duration_seconds'
  const options = { name, help: 'y', labelNames: ['journey'], buckets: [0.1, 0.3], registers: [registry] }
  const histogram = new Histogram({ ...options, enableExemplars: isOpenMetrics })
  if (isOpenMetrics) {
    const observed = { labels: { journey: 'measure-feet' }, value: 0.1 + 0.2, exemplarLabels: { trace_id: '"}\\' } }
    histogram.observe(observed as never)
  } else histogram.observe({ journey: 'measure-feet' }, 0.1 + 0.2)

  const read = target(format)
  const decoded = read(await registry.metrics())
  expect(decoded).toMatchObject({ ok: true, warnings: [], reading: { speaker: { id: 'p-1', identified: true } } })
  expect(decoded.ok && decoded.reading.steps).toEqual([
    { journey: 'measure-feet', step: 'upload', role: 'own', counts: [9_007_199_254_740_991, 0, 0, 0] },
  ])
  events.inc({ journey: 'measure-feet', step: 'upload', outcome: 'slow' }, 1_000)
  const again = read(await registry.metrics())
  expect(again.ok && again.reading.steps[0]?.counts).toEqual([9_007_199_254_740_991, 1_000, 0, 0])
})

const dependency = (step: string, outcome: string, value: number) =>
  `journey_dependency_events_total{journey="measure-feet",service_step="${step}",outcome="${outcome}"} ${value}\n`

test('what was done for a journey of another service is told beside the own steps, never as one of them', () => {
  const text = `${INFO}${counter('good', 3)}${dependency('upload', 'good', 2)}${dependency('keep-photos.put', 'error', 1)}`
  const decoded = target()(text)
  expect(decoded.ok && decoded.reading.steps).toEqual([
    { journey: 'measure-feet', step: 'upload', role: 'own', counts: [3, 0, 0, 0] },
    { journey: 'measure-feet', step: 'upload', role: 'dependency', counts: [2, 0, 0, 0] },
    { journey: 'measure-feet', step: 'keep-photos.put', role: 'dependency', counts: [0, 0, 1, 0] },
  ])
  expect(decoded.ok && decoded.warnings).toEqual([])
})

test('a counter of dependencies that is no count, or comes twice, refuses the body', () => {
  const read = target()
  expect(read(`${INFO}${dependency('keep-photos.put', 'good', 1.5)}`)).toMatchObject({
    ok: false,
    message:
      'Line 2: Expected journey_dependency_events_total to be a whole number from 0 to 9007199254740991, got 1.5',
  })
  const twice = dependency('keep-photos.put', 'good', 1)
  expect(read(`${INFO}${twice}${twice}`)).toMatchObject({ ok: false, message: expect.stringContaining('a second one') })
})

test('a dependency without its step is left out, and a body with nothing else measures nothing', () => {
  const decoded = target()(`${INFO}journey_dependency_events_total{journey="measure-feet",outcome="good"} 1\n`)
  expect(decoded.ok && decoded.warnings).toEqual([
    'Line 2: Expected the label service_step to have 1 to 128 characters without blanks and control characters, got nothing; the series is left out',
    'Expected the series journey_step_events_total, got none: nothing is measured here',
  ])
})

test('strangers fill no log: a journey that was not believed is no warning, one that should be known is', () => {
  const reason = (name: string) => `journey_sdk_dropped_total{reason="${name}"} 5\n`
  const decoded = target()(
    `${INFO}${counter('good', 1)}${reason('untrusted')}${reason('stale')}${reason('unknown-step')}`,
  )
  expect(decoded.ok && decoded.warnings).toEqual([
    'Some requests came with a journey that the process did not take, reason "stale"',
    'Some events could not be counted by the process itself, reason "unknown-step"',
  ])
})
