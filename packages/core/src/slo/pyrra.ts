import {
  list,
  object,
  oneOf,
  optional,
  type Path,
  type Problem,
  problem,
  type Read,
  readWhole,
  record,
  someOf,
  such,
  textBy,
} from '../problem/index.ts'
import { DAY, HOUR, MINUTE, parseDuration } from '../time/index.ts'
import {
  type Adopted,
  adoptAll,
  type ForeignAlert,
  type ForeignObjective,
  lost,
  lostKeys,
  nameFrom,
  pairOf,
} from './adopted.ts'
import { anyText, flag, isOne, text } from './openslo-part.ts'

export const PYRRA_VERSION = 'pyrra.dev/v1alpha1'

const texts = record(anyText)
const selector = object({ metric: text })
const grouping = optional(list(text))

const target = textBy((given) => {
  const percent = /^\d{1,2}(\.\d{1,9})?$/.test(given.trim()) ? Number(given) : 0
  return percent > 0 ? percent : undefined
}, "a percentage in quotes, above 0 and below 100, such as '99.5'")

const window = textBy((given) => {
  const ms = parseDuration(given)
  return ms !== undefined && /^\d{1,6}[mhdw]$/.test(given.trim()) ? { duration: given.trim(), ms } : undefined
}, 'a duration of one unit such as `4w` or `28d`')

const indicator = such(
  object({
    ratio: optional(object({ errors: selector, total: selector, grouping })),
    latency: optional(object({ success: selector, total: selector, grouping })),
    latencyNative: optional(object({ latency: text, total: selector, grouping })),
    bool_gauge: optional(object({ metric: text, grouping })),
  }),
  ({ ratio, latency, latencyNative, bool_gauge: gauge }) => isOne(ratio, latency, latencyNative, gauge),
  'an indicator with one of `ratio`, `latency`, `latencyNative` and `bool_gauge`',
)

const severities = object({
  absent: optional(text),
  fastBurn: optional(text),
  mediumBurn: optional(text),
  slowBurn: optional(text),
  longTermBurn: optional(text),
})

const spec = someOf({
  target,
  window,
  description: optional(anyText),
  indicator,
  alerting: optional(someOf({ burnrates: optional(flag), disabled: optional(flag), severities: optional(severities) })),
})

const document = someOf({
  apiVersion: oneOf([PYRRA_VERSION]),
  kind: oneOf(['ServiceLevelObjective']),
  metadata: someOf({ name: text, labels: optional(texts), annotations: optional(texts) }),
  spec,
})

type Spec = Read<typeof spec>
type Metadata = Read<typeof document>['metadata']

/** What of a document of Pyrra says how it is evaluated or written, not what is promised. */
const LOST = ['partial_response_strategy', 'performanceOverAccuracy', 'ruleOutput']

/** A document of Pyrra: errors become bad, successes good, a gauge a raw success ratio; its four alerts keep their windows and factors. */
export function adoptPyrra(value: unknown): Adopted {
  const read = readWhole(document, value, 'PYRRA')
  if (!read.ok) return { documents: [], problems: read.problems }
  const { metadata, spec: promised } = read.value
  const problems: Problem[] = [
    ...lostKeys((value as { spec: unknown }).spec, LOST, ['spec'], 'it is about how Pyrra evaluates'),
  ]
  if (promised.target < 1) {
    problems.push(
      problem('PYRRA_TARGET', ['spec', 'target'], `A target of ${promised.target} is ${promised.target} %`, {
        severity: 'warning',
        hint: 'Pyrra takes percent: 0.99 would be `99`',
      }),
    )
  }
  const ratioMetric = ratioOf(promised, problems)
  const objectives = ratioMetric === undefined ? [] : [objectiveOf(metadata, promised, ratioMetric, problems)]
  return { documents: adoptAll(objectives, ['metadata', 'name']), problems }
}

function objectiveOf(
  metadata: Metadata,
  { target: targetPercent, window: period, description, alerting }: Spec,
  ratioMetric: ForeignObjective['ratioMetric'],
  problems: Problem[],
): ForeignObjective {
  const name = nameFrom(metadata.name, ['metadata', 'name'], problems)
  const rings = alerting?.burnrates !== false && alerting?.disabled !== true
  return {
    name,
    service: name,
    origin: ['metadata', 'name'],
    ...(description !== undefined && { description }),
    ...cleaned('labels', metadata.labels, problems),
    ...(metadata.annotations && { annotations: metadata.annotations }),
    ratioMetric,
    targetPercent,
    window: period,
    alerts: rings ? alertsOf(period.ms, alerting?.severities ?? {}) : [],
  }
}

/** Labels of Kubernetes may have a prefix; those of OpenSLO may not. */
function cleaned(
  key: 'labels',
  labels: Metadata['labels'],
  problems: Problem[],
): { readonly labels?: Readonly<Record<string, string>> } {
  if (labels === undefined) return {}
  const kept = Object.entries(labels).filter(([name]) => !name.includes('/'))
  const dropped = Object.keys(labels).filter((name) => name.includes('/'))
  problems.push(...lostKeys(labels, dropped, ['metadata', key], 'labels of OpenSLO have no prefix'))
  return kept.length > 0 ? { labels: Object.fromEntries(kept) } : {}
}

function ratioOf({ indicator: judged }: Spec, problems: Problem[]): ForeignObjective['ratioMetric'] | undefined {
  const { ratio, latency, latencyNative, bool_gauge: gauge } = judged
  const path: Path = ['spec', 'indicator']
  const source = (query: string) => ({ metricSource: { type: 'Prometheus', spec: { query } } })
  for (const [key, part] of Object.entries(judged)) {
    const why = 'OpenSLO has one SLO where Pyrra makes one for each group'
    problems.push(...lostKeys(part, ['grouping'], [...path, key], why))
  }
  if (ratio !== undefined) return { counter: true, bad: source(ratio.errors.metric), total: source(ratio.total.metric) }
  if (latency !== undefined)
    return { counter: true, good: source(latency.success.metric), total: source(latency.total.metric) }
  if (gauge !== undefined) return { counter: false, raw: source(gauge.metric), rawType: 'success' }
  const told = latencyNative === undefined ? '' : ` within ${latencyNative.latency}`
  problems.push(
    lost([...path, 'latencyNative'], `A native histogram${told} is no ratio of two metrics: it is left out`),
  )
  return undefined
}

/** Pyrra's alerts for a window of 28 days; others are scaled with the window and rounded to minutes. */
const ALERTS = [
  { name: 'fastBurn', level: 1, long: HOUR, short: 5 * MINUTE, factor: 14, after: 2 * MINUTE, severity: 'critical' },
  {
    name: 'mediumBurn',
    level: 1,
    long: 6 * HOUR,
    short: 30 * MINUTE,
    factor: 7,
    after: 15 * MINUTE,
    severity: 'critical',
  },
  { name: 'slowBurn', level: 2, long: DAY, short: 2 * HOUR, factor: 2, after: HOUR, severity: 'warning' },
  { name: 'longTermBurn', level: 2, long: 4 * DAY, short: 6 * HOUR, factor: 1, after: 3 * HOUR, severity: 'warning' },
] as const

function alertsOf(periodMs: number, named: Read<typeof severities>): readonly ForeignAlert[] {
  const minutes = (ms: number) => Math.max(1, Math.round((ms * periodMs) / (28 * DAY) / MINUTE))
  return ALERTS.flatMap(({ name, level, long, short, factor, after, severity }) => {
    const [longMs, shortMs] = [minutes(long) * MINUTE, minutes(short) * MINUTE]
    if (shortMs >= longMs) return []
    const pair = pairOf(level, longMs, shortMs, factor * 1_000)
    return [{ pair, severity: named[name] ?? severity, alertAfter: `${minutes(after)}m` }]
  })
}
