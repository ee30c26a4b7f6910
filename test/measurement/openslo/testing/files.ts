const objective = (target: string) => `
  timeWindow: [{ duration: 1d, isRolling: true }]
  budgetingMethod: Occurrences
  objectives: [{ ${target} }]`

const metric = (query: string) => `{ metricSource: { type: Prometheus, spec: { query: '${query}' } } }`

const slo = (name: string, sli: string, target: string, annotations = '') => `apiVersion: openslo/v1
kind: SLO
metadata: { name: ${name}, labels: { team: pay-team }${annotations} }
spec:
  service: payments
  indicator: { metadata: { name: ${name} }, spec: ${sli} }${objective(target)}
`

/** Rings within seconds. */
const POLICY = `, annotations: { tabiji/policy: '${JSON.stringify({
  pairs: [{ level: 1, long: '2m', short: '45s', factor: 10 }],
  milestones: [],
})}' }`

export const OPENSLO = [
  slo(
    'fast',
    `{ ratioMetric: { counter: true, good: ${metric('sum(requests_seconds_bucket{le="0.3"})')}, total: ${metric('requests_seconds_count')} } }`,
    'target: 0.95',
  ),
  slo(
    'works',
    `{ ratioMetric: { counter: true, bad: ${metric('requests_total{code=~"5.."}')}, total: ${metric('sum(requests_total)')} } }`,
    'targetPercent: 99',
    POLICY,
  ),
  slo('up', `{ ratioMetric: { raw: ${metric('checkout_up')}, rawType: success } }`, 'target: 0.9'),
  slo('queue', `{ thresholdMetric: ${metric('max by (queue) (queue_seconds)')} }`, 'target: 0.9, op: lte, value: 10'),
  slo(
    'both',
    `{ ratioMetric: { counter: true, bad: ${metric('sum(requests_total{code="500"}) or vector(0)')}, total: ${metric('sum(requests_total)')} } }`,
    'target: 0.9',
  ),
].join('---\n')

export const SLOTH = `version: prometheus/v1
service: search
slos:
  - name: errors
    objective: 99.5
    sli:
      events:
        error_query: sum(rate(requests_total{code=~"5.."}[{{.window}}]))
        total_query: sum(rate(requests_total[{{.window}}]))
    alerting: { page_alert: { disable: true }, ticket_alert: { disable: true } }
`

export const PYRRA = `apiVersion: pyrra.dev/v1alpha1
kind: ServiceLevelObjective
metadata: { name: orders }
spec:
  target: '99'
  window: 1w
  indicator:
    ratio: { errors: { metric: 'requests_total{code=~"5.."}' }, total: { metric: requests_total } }
`
