import { describe, expect, test } from 'vitest'
import { WORKBOOK_POLICY } from '../journey/index.ts'
import { foreignJourneys } from './foreign.ts'
import { readOpenSlo } from './openslo.ts'

const RATIO = `{ ratioMetric: { counter: true, bad: { metricSource: { type: Prometheus, spec: { query: 'a_total{code="500"}' } } }, total: { metricSource: { type: Prometheus, spec: { query: a_total } } } } }`

type Part = { indicator?: string; window?: string; method?: string; objectives?: string; more?: string; meta?: string }

function slo(name: string, { indicator, window, method, objectives, more = '', meta = '' }: Part = {}): string {
  return `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name}${meta} }
spec:
  service: pay
  ${indicator ?? `indicator: { metadata: { name: ${name} }, spec: ${RATIO} }`}
  timeWindow: [${window ?? '{ duration: 30d, isRolling: true }'}]
  budgetingMethod: ${method ?? 'Occurrences'}
  objectives: [${objectives ?? '{ target: 0.995 }'}]
${more}`
}

function read(...documents: readonly string[]) {
  const found = readOpenSlo(documents.join('---\n'), 'slo.yaml')
  if (!found.ok) throw new Error(JSON.stringify(found.problems))
  return foreignJourneys(found.documents, { timeZone: 'Asia/Tokyo', taken: ['checkout'], intervalMs: 60_000 })
}

const inline = (spec: string) => `indicator: { metadata: { name: x }, spec: ${spec} }`
const metric = (query: string) => `{ metricSource: { type: Prometheus, spec: { query: '${query}' } } }`

test('a Service becomes a journey, and each SLO a step with its objective', () => {
  const service = `apiVersion: openslo/v1
kind: Service
metadata: { name: pay, displayName: Payments, labels: { owner: pay-team } }
spec: {}
`
  const runbook = ', annotations: { runbook_url: https://wiki.example.org/pay }'
  const { journeys, questions, problems } = read(service, slo('works', { meta: runbook }), slo('also-works'))
  expect(problems).toEqual([])
  expect(journeys).toMatchObject([
    {
      name: 'pay',
      title: { en: 'Payments', ja: 'Payments' },
      owner: 'pay-team',
      runbook: 'https://wiki.example.org/pay',
      steps: [{ name: 'works', kind: 'query' }, { name: 'also-works' }],
      objectives: [
        {
          name: 'works.availability',
          step: 'works',
          targetPpm: 995_000,
          window: { kind: 'rolling', ms: 2_592_000_000 },
        },
        { name: 'also-works.availability' },
      ],
    },
  ])
  expect(journeys[0]?.objectives.some((objective) => 'estimate' in objective || 'policy' in objective)).toBe(false)
  expect(questions[0]).toEqual({
    journey: 'pay',
    step: 'works',
    ask: { kind: 'counters', side: 'bad', part: 'a_total{code="500"}', total: 'a_total' },
  })
})

describe('what is asked for', () => {
  const askOf = (indicator: string, objectives?: string) =>
    read(slo('x', { indicator: inline(indicator), ...(objectives !== undefined && { objectives }) })).questions[0]?.ask

  test.each([
    ['sum(a)', 'sum(b)', 'true', { kind: 'counters', side: 'good', part: 'a', total: 'b' }],
    ['sum(a) + sum(c)', 'b', 'true', { kind: 'growth', side: 'good', part: 'sum(a) + sum(c)', total: 'b' }],
    ['a', 'b', 'false', { kind: 'amounts', side: 'good', part: 'a', total: 'b' }],
    [
      'sum(rate(a[{{.window}}]))',
      'rate(b[{{.window}}])',
      'false',
      { kind: 'counters', side: 'good', part: 'a', total: 'b' },
    ],
    [
      'sum(rate(a[{{.window}}])) * 2',
      'sum(rate(b[{{.window}}]))',
      'false',
      {
        kind: 'ratio',
        side: 'good',
        query: '(sum(rate(a[60000ms])) * 2\n) / (sum(rate(b[60000ms]))\n)',
        targetPpm: 995_000,
      },
    ],
  ])('good %s of %s, counter: %s', (good, total, counter, ask) => {
    expect(askOf(`{ ratioMetric: { counter: ${counter}, good: ${metric(good)}, total: ${metric(total)} } }`)).toEqual(
      ask,
    )
  })

  test('a raw ratio, and a threshold for each of its objectives', () => {
    const raw = `{ ratioMetric: { raw: ${metric('r[{{.window}}]').replace('r[', 'avg_over_time(r[').replace(']', '])')}, rawType: failure } }`
    expect(askOf(raw)).toEqual({ kind: 'ratio', side: 'bad', query: 'avg_over_time(r[60000ms])', targetPpm: 995_000 })
    const objectives = '{ target: 0.9, op: lt, value: 1 }, { target: 0.99, op: lte, value: 5 }'
    const { questions, journeys } = read(
      slo('q', { indicator: inline(`{ thresholdMetric: ${metric('age')} }`), objectives }),
    )
    expect(questions.map(({ step, ask }) => [step, ask])).toEqual([
      ['q-1', { kind: 'values', query: 'age', op: 'lt', value: 1 }],
      ['q-2', { kind: 'values', query: 'age', op: 'lte', value: 5 }],
    ])
    expect(journeys[0]?.objectives.map(({ estimate, targetPpm }) => [estimate, targetPpm])).toEqual([
      [true, 900_000],
      [true, 990_000],
    ])
  })

  test('an SLI and a DataSource that stand elsewhere are followed', () => {
    const sli = `apiVersion: openslo/v1
kind: SLI
metadata: { name: errors }
spec: { ratioMetric: { raw: { metricSource: { metricSourceRef: main, spec: { query: up } } }, rawType: success } }
`
    const source = `apiVersion: openslo/v1
kind: DataSource
metadata: { name: main }
spec: { type: thanos, connectionDetails: { url: x } }
`
    const { questions } = read(slo('x', { indicator: 'indicatorRef: errors' }), sli, source)
    expect(questions[0]?.ask).toMatchObject({ kind: 'ratio', side: 'good', query: 'up' })
  })
})

describe('when it rings', () => {
  const policyOf = (part: Part) => {
    const { journeys, problems } = read(slo('x', part))
    return { policy: journeys[0]?.objectives[0]?.policy, told: problems.map(({ message }) => message) }
  }
  const alert = (severity: string, condition: string) => `
    - kind: AlertPolicy
      metadata: { name: fast }
      spec:
        conditions: [{ kind: AlertCondition, metadata: { name: c }, spec: { severity: ${severity}, condition: { kind: burnrate, ${condition} } } }]
        notificationTargets: [{ targetRef: chat }]`

  test('the annotation wins over its alert policies', () => {
    const meta = `, annotations: { tabiji/policy: '{"pairs":[{"level":3,"long":"2h","short":"10m","factor":2}],"milestones":[]}' }`
    const more = `  alertPolicies:${alert('page', 'op: gt, threshold: 10, lookbackWindow: 1h')}\n`
    expect(policyOf({ meta, more })).toEqual({
      policy: {
        ...WORKBOOK_POLICY,
        milestones: [],
        pairs: [{ level: 3, longMs: 7_200_000, shortMs: 600_000, speed: { factorMilli: 2_000 } }],
      },
      told: [],
    })
    expect(policyOf({ meta: `, annotations: { tabiji/policy: '{"pairs":[]}' }` }).policy?.pairs).toEqual([])
    expect(policyOf({ meta: `, annotations: { tabiji/policy: '{"pears":[]}' }` }).told[0]).toContain('In tabiji/policy')
  })

  test('else each condition is a pair, whose second window is a twelfth', () => {
    const more = `  alertPolicies:${alert('critical', 'op: gt, threshold: 14.4, lookbackWindow: 1h')}${alert('odd', 'op: gte, threshold: 1, lookbackWindow: 3d')}\n`
    const { policy, told } = policyOf({ more })
    expect(policy?.pairs).toEqual([
      { level: 1, longMs: 3_600_000, shortMs: 300_000, speed: { factorMilli: 14_400 } },
      { level: 2, longMs: 259_200_000, shortMs: 21_600_000, speed: { factorMilli: 1_000 } },
    ])
    expect(told).toEqual([
      'The severity `odd` is taken as level 2, the next business day',
      'It rings above its threshold, not at it (`gte`)',
    ])
  })

  test('a condition that rings when all is well, or a policy that is nowhere, is told', () => {
    const below = `  alertPolicies:${alert('page', 'op: lt, threshold: 1, lookbackWindow: 1h')}\n`
    expect(policyOf({ more: below }).told).toContain('The condition `lt 1 over 1h` rings nothing')
    expect(policyOf({ more: '  alertPolicies: [{ alertPolicyRef: gone }]\n' }).told).toEqual([
      'There is no AlertPolicy with the name gone',
    ])
  })
})

test('what cannot be measured is left out, with its place and the reason', () => {
  const other = inline(`{ thresholdMetric: { metricSource: { type: Datadog, spec: { query: x } } } }`)
  const { journeys, problems, measured } = read(
    slo('slices', { method: 'Timeslices', objectives: '{ target: 0.9, timeSliceTarget: 0.9, timeSliceWindow: 1h }' }),
    slo('elsewhere', { indicator: 'indicatorRef: gone' }),
    slo('datadog', { indicator: other, objectives: '{ target: 0.9, op: lt, value: 1 }' }),
    slo('years', { window: '{ duration: 1Y, isRolling: true }' }),
    slo('works'),
  )
  expect(journeys[0]?.steps.map(({ name }) => name)).toEqual(['works'])
  expect(problems.map(({ severity, message, at }) => `${severity} ${at?.line}:${at?.column} ${message}`)).toEqual([
    'warning 3:19 slices is not measured: its slices of 1h must be at most the shortest window that rings (5m)',
    'warning 13:19 elsewhere is not measured: there is no SLI with the name gone',
    'warning 23:19 datadog is not measured: its source is of the type Datadog, and only Prometheus and what speaks like it is asked',
    'warning 33:19 years is not measured: its rolling window of 1Y has no fixed length',
  ])
  expect(measured.filter(({ objective }) => objective !== undefined)).toMatchObject([{ slo: 'works', estimate: false }])
})

test('a broken query, and a name that the journeys file has, are mistakes', () => {
  const broken = inline(`{ ratioMetric: { raw: ${metric('sum(rate(a[5m])')}, rawType: success } }`)
  const { problems } = read(slo('x', { indicator: broken }), slo('y').replace('service: pay', 'service: checkout'))
  expect(problems.map(({ severity, message, at }) => `${severity} ${at?.line}:${at?.column} ${message}`)).toEqual([
    expect.stringMatching(/^error 6:\d+ Expected a query of PromQL, and it is none from character 16 of its line 1$/),
    'error 15:12 The journeys file has a journey checkout, too',
  ])
})

test.each([
  ['1M', '2026-01-01 00:00:00', 'Asia/Tokyo', { kind: 'month' }],
  ['1M', '2026-01-15 00:00:00', 'Asia/Tokyo', { kind: 'calendar', count: 1, unit: 'M', from: '2026-01-15' }],
  ['1w', '2026-01-05 00:00:00', 'Asia/Tokyo', { kind: 'calendar', count: 1, unit: 'w', from: '2026-01-05' }],
  ['1Q', '2026-04-01 00:00:00', 'Asia/Tokyo', { kind: 'calendar', count: 1, unit: 'Q', from: '2026-04-01' }],
  ['1w', '2026-01-05 00:00:00', 'UTC', 'is cut in UTC, and budgets of this file in Asia/Tokyo'],
  ['1w', '2026-01-05 09:00:00', 'Asia/Tokyo', 'does not begin at midnight'],
  ['2Y', '2026-01-01 00:00:00', 'Asia/Tokyo', 'of 2Y is no number of days, weeks, months, quarters or a year'],
])('a calendar window of %s from %s in %s', (duration, startTime, timeZone, expected) => {
  const window = `{ duration: ${duration}, isRolling: false, calendar: { startTime: '${startTime}', timeZone: ${timeZone} } }`
  const { journeys, problems } = read(slo('works', { window }))
  if (typeof expected === 'string') expect(problems[0]?.message).toContain(expected)
  else expect(journeys[0]?.objectives[0]?.window).toEqual(expected)
})

test('a composite stands as its worst member; weights have no effect, and say so', () => {
  const own = (name: string, more = '') =>
    `{ target: 0.99, indicator: { metadata: { name: ${name} }, spec: ${RATIO} }${more} }`
  const spec = {
    indicator: 'description: all of it',
    objectives: `${own('cart')}, ${own('pay', ', compositeWeight: 3')}`,
  }
  const { journeys, questions, measured, problems } = read(slo('whole', spec))
  expect(journeys).toMatchObject([
    {
      objectives: [{ name: 'whole-cart.availability' }, { name: 'whole-pay.availability', targetPpm: 990_000 }],
      composites: [{ name: 'whole', members: ['pay/whole-cart.availability', 'pay/whole-pay.availability'] }],
    },
  ])
  expect(questions.map(({ step }) => step)).toEqual(['whole-cart', 'whole-pay'])
  expect(measured).toHaveLength(2)
  expect(problems).toMatchObject([{ code: 'OPENSLO_WEIGHT', severity: 'warning', at: { line: 9 } }])
})

test('a composite of which a member cannot be measured is none; the others are measured on their own', () => {
  const members = `{ target: 0.99, indicator: { metadata: { name: cart }, spec: ${RATIO} } }, { target: 0.99, indicatorRef: nobody }`
  const { journeys, problems } = read(slo('whole', { indicator: 'description: x', objectives: members }))
  expect(journeys[0]?.objectives.map(({ name }) => name)).toEqual(['whole-cart.availability'])
  expect(journeys[0]).not.toHaveProperty('composites')
  expect(problems.map(({ message }) => message)).toEqual([
    'whole is not measured: there is no SLI with the name nobody',
    'whole is not measured: it is a composite, and not all of its members are measured',
  ])
})
