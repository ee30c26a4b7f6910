import { METRIC } from '@tabiji/core/journey'
import { journeyName } from '../tick-world.ts'

/** Windows of the recorded error ratios, besides the period. */
const RATIO_WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const
const BUDGET = 0.001
const OBJECTIVE = 0.999

export const ratioName = (window: string) => `slo:sli_error:ratio_rate${window}`

export const slothLabels = (journey: number) =>
  `sloth_id="shop-${journeyName(journey)}",sloth_service="shop",sloth_slo="${journeyName(journey)}"`

/** Constants that stand beside the ratios of each objective, with their values. */
const META = {
  'slo:objective:ratio': OBJECTIVE,
  'slo:error_budget:ratio': BUDGET,
  'slo:time_period:days': 30,
} as const

/** A rule file of the shape that Sloth gives to one objective: 17 rules in three groups, by its published series. */
export function slothRules(journeys: number): string {
  const groups = Array.from({ length: journeys }, (_, i) => groupsOf(i)).flat()
  return JSON.stringify({ groups })
}

function groupsOf(journey: number) {
  const id = `shop-${journeyName(journey)}`
  const name = { sloth_id: id, sloth_service: 'shop', sloth_slo: journeyName(journey) }
  const pick = `{${slothLabels(journey)}}`
  const record = (series: string, expr: string, labels: object = {}) => ({
    record: series,
    expr,
    labels: { ...name, ...labels },
  })
  const events = (outcomes: string, window: string) =>
    `sum(rate(${METRIC.events}{journey="${journeyName(journey)}",outcome=~"${outcomes}"}[${window}]))`
  const ratios = RATIO_WINDOWS.map((window) =>
    record(ratioName(window), `(${events('error', window)}) / (${events('good|slow|error', window)})`, {
      sloth_window: window,
    }),
  )
  const fiveMinutes = `${ratioName('5m')}${pick}[30d]`
  const period = `sum_over_time(${fiveMinutes}) / ignoring (sloth_window) count_over_time(${fiveMinutes})`
  return [
    {
      name: `sloth-slo-sli-recordings-${id}`,
      rules: [...ratios, record(ratioName('30d'), period, { sloth_window: '30d' })],
    },
    { name: `sloth-slo-meta-recordings-${id}`, rules: metaRules(pick, record) },
    { name: `sloth-slo-alerts-${id}`, rules: [alertRule('page', pick, name), alertRule('ticket', pick, name)] },
  ]
}

function metaRules(pick: string, record: (series: string, expr: string, labels?: object) => object) {
  const over = (series: string) =>
    `${series}${pick} / on(sloth_id, sloth_slo, sloth_service) group_left slo:error_budget:ratio${pick}`
  return [
    ...Object.entries(META).map(([series, value]) => record(series, `vector(${value})`)),
    record('slo:current_burn_rate:ratio', over(ratioName('5m'))),
    record('slo:period_burn_rate:ratio', over(ratioName('30d'))),
    record('slo:period_error_budget_remaining:ratio', `1 - slo:period_burn_rate:ratio${pick}`),
    record('sloth_slo_info', 'vector(1)', { sloth_version: 'shape', sloth_mode: 'bench', sloth_objective: '99.9' }),
  ]
}

const PAIRS = {
  page: [
    { short: '5m', long: '1h', factor: 14.4 },
    { short: '30m', long: '6h', factor: 6 },
  ],
  ticket: [
    { short: '2h', long: '1d', factor: 3 },
    { short: '6h', long: '3d', factor: 1 },
  ],
} as const

function alertRule(severity: keyof typeof PAIRS, pick: string, labels: object) {
  const burns = (window: string, factor: number) =>
    `max(${ratioName(window)}${pick} > (${factor} * ${BUDGET})) without (sloth_window)`
  const pairs = PAIRS[severity].map(({ short, long, factor }) => `(${burns(short, factor)} and ${burns(long, factor)})`)
  return { alert: 'ErrorBudgetBurn', expr: pairs.join(' or '), labels: { ...labels, sloth_severity: severity } }
}
