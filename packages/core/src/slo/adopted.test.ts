import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type OpenSloRead, readOpenSlo, writeOpenSlo } from './openslo.ts'

const documentsIn = (read: OpenSloRead) => (read.ok ? read.documents.map(({ document }) => document) : [])
const toldIn = (read: OpenSloRead) =>
  (read.ok ? read.warnings : read.problems).map(({ at, message }) => `${at?.line}:${at?.column} ${message}`)
const sloIn = (read: OpenSloRead) => documentsIn(read).find(({ kind }) => kind === 'SLO')
/** What is written of it must be strict. */
const isStrict = (read: OpenSloRead) => {
  const again = readOpenSlo(writeOpenSlo(documentsIn(read)), 'again.yaml')
  expect(toldIn(again)).toEqual([])
  expect(documentsIn(again)).toEqual(documentsIn(read))
}

const SLOTH = `version: prometheus/v1
service: Shop_api
labels: { team: shop }
slos:
  - name: requests
    objective: 99.9
    description: Requests succeed.
    sli:
      events:
        error_query: sum(rate(http_total{code=~"5.."}[{{.window}}]))
        total_query: sum(rate(http_total[{{.window}}]))
    alerting:
      name: ShopErrors
      labels: { category: availability }
      annotations: { runbook: https://wiki.example.org/shop }
      page_alert: { labels: { severity: critical } }
      ticket_alert: { disable: true }
  - name: raw
    objective: 95
    sli: { raw: { error_ratio_query: 'avg_over_time(bad[{{ .window }}])' } }
    alerting: { page_alert: { disable: true }, ticket_alert: { disable: true } }
  - name: made
    objective: 95
    sli: { plugin: { id: sloth-common/x } }
    alerting: {}
`

const PYRRA = `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: search, namespace: shop, labels: { team: shop, pyrra.dev/area: web } }
spec:
  target: '99.5'
  window: 4w
  description: Searches answer.
  indicator:
    ratio:
      errors: { metric: 'http_total{code=~"5.."}' }
      total: { metric: http_total }
      grouping: [handler]
  alerting: { severities: { fastBurn: page-now }, absent: false }
  performanceOverAccuracy: true
`

describe('a file of Sloth', () => {
  test('becomes a service, its objectives, and whom their alerts tell', () => {
    const read = readOpenSlo(SLOTH, 'sloth.yaml')
    expect(documentsIn(read).map(({ kind, metadata: { name } }) => `${kind} ${name}`)).toEqual([
      'Service shop-api',
      'SLO shop-api-requests',
      'SLO shop-api-raw',
      'AlertNotificationTarget page',
    ])
    isStrict(read)
    expect(toldIn(read)).toEqual([
      '1:10 The window is taken to be 30 days, rolling',
      '2:10 The name `Shop_api` is written as `shop-api`',
      '24:12 made is left out: its queries are made by a plugin of Sloth',
    ])
  })

  test('keeps queries, target, labels, and the pairs that Sloth makes of its alerts', () => {
    expect(sloIn(readOpenSlo(SLOTH, 'sloth.yaml'))).toMatchObject({
      metadata: {
        labels: { team: 'shop' },
        annotations: {
          'tabiji/policy':
            '{"pairs":[{"level":1,"long":"1h","short":"5m","factor":14.4},{"level":1,"long":"6h","short":"30m","factor":6}]}',
        },
      },
      spec: {
        description: 'Requests succeed.',
        indicator: {
          spec: {
            ratioMetric: {
              counter: false,
              bad: { metricSource: { spec: { query: 'sum(rate(http_total{code=~"5.."}[{{.window}}]))' } } },
              total: { metricSource: { spec: { query: 'sum(rate(http_total[{{.window}}]))' } } },
            },
          },
        },
        timeWindow: [{ duration: '30d', isRolling: true }],
        objectives: [{ targetPercent: 99.9 }],
        alertPolicies: [
          {
            metadata: {
              labels: { category: 'availability', severity: 'critical' },
              annotations: { runbook: 'https://wiki.example.org/shop' },
            },
            spec: {
              conditions: [{ spec: { severity: 'page', condition: { threshold: 14.4, lookbackWindow: '1h' } } }],
            },
          },
          { spec: { conditions: [{ spec: { condition: { threshold: 6, lookbackWindow: '6h' } } }] } },
        ],
      },
    })
  })

  test('tells every mistake at its place', () => {
    const broken = SLOTH.replace('99.9', '100')
      .replace('[{{.window}}]))\n        total', '[5m]))\n        total')
      .replace('raw: {', 'rwa: {')
    expect(toldIn(readOpenSlo(broken, 'sloth.yaml'))).toEqual([
      '6:16 Expected `slos[0].objective` to be a percentage above 0 and below 100 (a promise of 100 % leaves no budget), got 100',
      '10:22 Expected `slos[0].sli.events.error_query` to be a query that contains `{{.window}}`, got "sum(rate(http_total{code=~\\"5..\\"}[5m]))"',
      '20:5 Expected `slos[1].sli` to be an indicator with one of `raw`, `events` and `plugin`, got an object',
      '20:12 Unknown key `rwa` in `slos[1].sli`',
    ])
  })
})

describe('a document of Pyrra', () => {
  test('becomes an objective with the pairs that Pyrra makes, and says what does not come along', () => {
    const read = readOpenSlo(PYRRA, 'pyrra.yaml')
    isStrict(read)
    expect(toldIn(read)).toEqual([
      '3:66 `pyrra.dev/area` does not come along: labels of OpenSLO have no prefix',
      '12:7 `grouping` does not come along: OpenSLO has one SLO where Pyrra makes one for each group',
      '14:3 `performanceOverAccuracy` does not come along: it is about how Pyrra evaluates',
    ])
    const slo = sloIn(read)
    expect(slo).toMatchObject({
      metadata: { name: 'search', labels: { team: 'shop' } },
      spec: {
        indicator: {
          spec: {
            ratioMetric: { counter: true, bad: { metricSource: { spec: { query: 'http_total{code=~"5.."}' } } } },
          },
        },
        timeWindow: [{ duration: '4w', isRolling: true }],
        objectives: [{ targetPercent: 99.5 }],
      },
    })
    const conditions = slo?.kind === 'SLO' ? slo.spec.alertPolicies?.flatMap(({ spec }) => spec?.conditions ?? []) : []
    expect(conditions?.map(({ spec }) => [spec?.severity, spec?.condition])).toEqual([
      ['page-now', { kind: 'burnrate', op: 'gt', threshold: 14, lookbackWindow: '1h', alertAfter: '2m' }],
      ['critical', { kind: 'burnrate', op: 'gt', threshold: 7, lookbackWindow: '6h', alertAfter: '15m' }],
      ['warning', { kind: 'burnrate', op: 'gt', threshold: 2, lookbackWindow: '1d', alertAfter: '60m' }],
      ['warning', { kind: 'burnrate', op: 'gt', threshold: 1, lookbackWindow: '4d', alertAfter: '180m' }],
    ])
  })

  // Windows that Pyrra's own table gives.
  test.each([
    ['7d', '15m/1m 90m/8m 6h/30m 1d/90m'],
    ['30d', '64m/5m 386m/32m 1543m/129m 6171m/386m'],
    ['90d', '193m/16m 1157m/96m 77h9m/386m 308h34m/1157m'],
  ])('of %s scales its windows as Pyrra does', (window, expected) => {
    const slo = sloIn(readOpenSlo(PYRRA.replace('4w', window), 'pyrra.yaml'))
    const policy = JSON.parse(slo?.metadata.annotations?.['tabiji/policy'] ?? '{}') as {
      pairs: { long: string; short: string }[]
    }
    const minutes = (text: string) =>
      [...text.matchAll(/(\d+)([mhd])/g)].reduce(
        (sum, [, n, unit]) => sum + Number(n) * (unit === 'm' ? 1 : unit === 'h' ? 60 : 1440),
        0,
      )
    expect(policy.pairs.map(({ long, short }) => [minutes(long), minutes(short)])).toEqual(
      expected.split(' ').map((pair) => pair.split('/').map(minutes)),
    )
  })

  test.each([
    [
      'a latency',
      'latency: { success: { metric: fast }, total: { metric: all } }',
      { good: { metricSource: { spec: { query: 'fast' } } } },
    ],
    [
      'a gauge of truth',
      'bool_gauge: { metric: up }',
      { rawType: 'success', raw: { metricSource: { spec: { query: 'up' } } } },
    ],
  ])('%s is a ratio', (_, written, ratioMetric) => {
    const read = readOpenSlo(PYRRA.replace(/ratio:[\s\S]*grouping: \[handler\]/, written), 'pyrra.yaml')
    isStrict(read)
    expect(sloIn(read)).toMatchObject({ spec: { indicator: { spec: { ratioMetric } } } })
  })

  test('a native histogram is left out, a share instead of percent is doubted, without burn rates nothing rings', () => {
    const native = PYRRA.replace(
      /ratio:[\s\S]*grouping: \[handler\]/,
      'latencyNative: { latency: 1s, total: { metric: h } }',
    )
    expect(documentsIn(readOpenSlo(native, 'pyrra.yaml'))).toEqual([])
    expect(toldIn(readOpenSlo(native, 'pyrra.yaml')).join()).toContain(
      'A native histogram within 1s is no ratio of two metrics',
    )
    expect(toldIn(readOpenSlo(PYRRA.replace('99.5', '0.995'), 'pyrra.yaml')).join()).toContain(
      'A target of 0.995 is 0.995 %',
    )
    const quiet = readOpenSlo(PYRRA.replace('absent: false', 'burnrates: false'), 'pyrra.yaml')
    expect(documentsIn(quiet).map(({ kind }) => kind)).toEqual(['Service', 'SLO'])
  })

  test('tells every mistake at its place', () => {
    const broken = PYRRA.replace("'99.5'", '99.5').replace('4w', '4w2d').replace('errors: {', 'failures: {')
    expect(toldIn(readOpenSlo(broken, 'pyrra.yaml')).map((line) => line.slice(0, 48))).toEqual([
      expect.stringContaining('5:11 Expected `spec.target` to be a percentage'),
      expect.stringContaining('6:11 Expected `spec.window` to be a duration'),
      expect.stringContaining('9:5 Expected `spec.indicator.ratio.errors`'),
      expect.stringContaining('10:7 Unknown key `failures`'),
    ])
  })
})

test('several files of one folder speak of one service once', () => {
  const read = readOpenSlo(
    `${SLOTH}---\n${SLOTH.replace('name: requests', 'name: other').replace('name: raw', 'name: rest')}`,
    'both.yaml',
  )
  expect(documentsIn(read).filter(({ kind }) => kind === 'Service')).toHaveLength(1)
  isStrict(read)
})

test('whatever is in place of a value, it is read or told with a place', () => {
  const lines = [SLOTH, PYRRA].map((text) => text.split('\n'))
  const spot = fc.tuple(
    fc.constantFrom(...lines),
    fc.nat(),
    fc.oneof(fc.string(), fc.constantFrom('null', '[]', '{}', '1', "''", '- x')),
  )
  fc.assert(
    fc.property(spot, ([text, at, instead]) => {
      const line = at % text.length
      const broken = text.map((each, i) => (i === line ? each.replace(/: .*/, () => `: ${instead}`) : each)).join('\n')
      const read = readOpenSlo(broken, 'x.yaml')
      if (read.ok) isStrict(read)
      else expect(read.problems.every(({ at: place }) => place?.file === 'x.yaml')).toBe(true)
    }),
    { numRuns: 200 },
  )
})
