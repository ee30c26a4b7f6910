import fc from 'fast-check'
import type { OpenSloDocument } from '../openslo-document.ts'

const apiVersion = 'openslo/v1' as const
const name = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,10}[a-z0-9])?$/)
/** Also what YAML takes for something else than a text. */
const text = fc.oneof(
  fc.string({ minLength: 1, maxLength: 20 }),
  fc.constantFrom('yes', 'on', '1', '1.0', 'null', '2026-01-01', '- a', '# b', 'a: b', '計測', 'two\nlines', ' '),
)
const duration = fc
  .tuple(fc.integer({ min: 1, max: 999 }), fc.constantFrom(...'mhdwMQY'))
  .map(([n, unit]) => `${n}${unit}`)
const optional = { requiredKeys: [] as [] }
const about = fc.record({ description: text }, optional)

const metadata = fc.record(
  {
    name,
    displayName: text,
    labels: fc.dictionary(name, fc.oneof(text, fc.array(text, { maxLength: 3 })), { maxKeys: 2 }),
    annotations: fc.dictionary(
      name.map((key) => `example.com/${key}`),
      text,
      { maxKeys: 2 },
    ),
  },
  { requiredKeys: ['name'] },
)

const free = fc.dictionary(name, fc.oneof(text, fc.integer(), fc.boolean(), fc.array(text, { maxLength: 2 })), {
  minKeys: 1,
  maxKeys: 3,
})
const metric = fc
  .oneof(
    fc.record({ metricSourceRef: name, spec: free }),
    fc.record({ type: text, spec: free }),
    fc.record({ metricSourceRef: name, type: text, spec: free }),
  )
  .map((metricSource) => ({ metricSource }))
const counter = fc.record({ counter: fc.boolean() }, optional)
const spread = <A extends object, B extends object>(a: fc.Arbitrary<A>, b: fc.Arbitrary<B>) =>
  fc.tuple(a, b).map(([left, right]) => ({ ...left, ...right }))

const ratioMetric = spread(
  counter,
  fc.oneof(
    fc.record({ good: metric, total: metric }),
    fc.record({ bad: metric, total: metric }),
    fc.record({ raw: metric, rawType: fc.constantFrom('success', 'failure') }),
  ),
)
const sliSpec = {
  ratio: spread(about, fc.record({ ratioMetric })),
  threshold: spread(about, fc.record({ thresholdMetric: metric })),
}
const inline = {
  ratio: fc.record({ metadata, spec: sliSpec.ratio }),
  threshold: fc.record({ metadata, spec: sliSpec.threshold }),
}

const conditionSpec = spread(
  about,
  fc.record({
    severity: text,
    condition: fc.record(
      {
        kind: fc.constant('burnrate'),
        op: fc.constantFrom('gt', 'gte'),
        threshold: fc.integer({ min: 1, max: 20 }),
        lookbackWindow: duration,
        alertAfter: duration,
      },
      { requiredKeys: ['kind', 'op', 'threshold', 'lookbackWindow'] },
    ),
  }),
)
const targetSpec = spread(about, fc.record({ target: text }))
const inPlace = <Spec>(reference: string, kind: string, spec: fc.Arbitrary<Spec>) =>
  fc.oneof(
    name.map((to) => ({ [reference]: to })),
    fc.record({ kind: fc.constant(kind), metadata, spec }),
  )
const policySpec = spread(
  spread(
    about,
    fc.record(
      { alertWhenBreaching: fc.boolean(), alertWhenResolved: fc.boolean(), alertWhenNoData: fc.boolean() },
      optional,
    ),
  ),
  fc.record({
    conditions: fc.tuple(inPlace('conditionRef', 'AlertCondition', conditionSpec)),
    notificationTargets: fc.array(inPlace('targetRef', 'AlertNotificationTarget', targetSpec), {
      minLength: 1,
      maxLength: 2,
    }),
  }),
)

const timeWindow = fc.oneof(
  fc.record({ duration, isRolling: fc.constant(true) }),
  fc.record({
    duration: fc.constantFrom('1d', '1w', '1M', '1Q', '1Y'),
    isRolling: fc.constant(false),
    calendar: fc.constant({ startTime: '2026-02-28 09:30:00', timeZone: 'Asia/Tokyo' }),
  }),
)
const target = fc.oneof(
  fc.integer({ min: 0, max: 9_999 }).map((n) => ({ target: n / 10_000 })),
  fc.integer({ min: 0, max: 9_999 }).map((n) => ({ targetPercent: n / 100 })),
)
const slices = {
  Occurrences: fc.constant({}),
  Timeslices: fc.record({ timeSliceTarget: fc.constantFrom(0.5, 1), timeSliceWindow: duration }),
  RatioTimeslices: fc.record({ timeSliceWindow: duration }),
} as const
const limit = fc.record({ op: fc.constantFrom('lte', 'gte', 'lt', 'gt'), value: fc.integer({ min: -5, max: 5 }) })

/** SLOs of each method: over a ratio, a threshold, a reference, or composed of several of those. */
const slo = fc.constantFrom('Occurrences', 'Timeslices', 'RatioTimeslices').chain((budgetingMethod) => {
  const plain = spread(target, slices[budgetingMethod] as fc.Arbitrary<object>)
  const limited = spread(plain, limit)
  const many = (objective: fc.Arbitrary<object>) => fc.array(objective, { minLength: 1, maxLength: 2 })
  const weight = fc.record({ compositeWeight: fc.integer({ min: 1, max: 9 }) }, optional)
  const member = fc.oneof(
    spread(plain, fc.record({ indicator: inline.ratio })),
    spread(limited, fc.record({ indicator: inline.threshold })),
    spread(plain, fc.record({ indicatorRef: name })),
  )
  const judged = fc.oneof(
    fc.record({ indicator: inline.ratio, objectives: many(plain) }),
    fc.record({ indicator: inline.threshold, objectives: many(limited) }),
    fc.record({ indicatorRef: name, objectives: many(fc.oneof(plain, limited)) }),
    fc.record({ objectives: many(spread(member, weight)) }),
  )
  const rest = fc.record(
    { alertPolicies: fc.array(inPlace('alertPolicyRef', 'AlertPolicy', policySpec), { maxLength: 2 }) },
    optional,
  )
  const common = fc.record({
    service: name,
    timeWindow: fc.tuple(timeWindow),
    budgetingMethod: fc.constant(budgetingMethod),
  })
  return spread(spread(about, common), spread(judged, rest))
})

const documentOf = (kind: string, spec: fc.Arbitrary<object>) =>
  fc.record({ apiVersion: fc.constant(apiVersion), kind: fc.constant(kind), metadata, spec })

/** Strict documents of every kind, no two of one kind with one name. */
export const openSloDocuments = fc.uniqueArray(
  fc.oneof(
    documentOf('Service', about),
    documentOf('DataSource', spread(about, fc.record({ type: text, connectionDetails: free }))),
    documentOf('SLI', fc.oneof(sliSpec.ratio, sliSpec.threshold)),
    documentOf('AlertCondition', conditionSpec),
    documentOf('AlertNotificationTarget', targetSpec),
    documentOf('AlertPolicy', policySpec),
    { arbitrary: documentOf('SLO', slo), weight: 4 },
  ),
  { selector: ({ kind, metadata: { name: own } }) => `${kind} ${own}`, minLength: 1, maxLength: 5 },
) as fc.Arbitrary<readonly unknown[]> as fc.Arbitrary<readonly OpenSloDocument[]>
