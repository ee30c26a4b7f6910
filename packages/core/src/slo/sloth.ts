import {
  list,
  numberBy,
  object,
  oneOf,
  optional,
  type Path,
  type Problem,
  type Read,
  readWhole,
  record,
  such,
} from '../problem/index.ts'
import { DAY, HOUR, MINUTE } from '../time/index.ts'
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
import { anyText, flag, free, isOne, text } from './openslo-part.ts'

export const SLOTH_VERSION = 'prometheus/v1'

const texts = record(anyText)
const alert = object({ disable: optional(flag), labels: optional(texts), annotations: optional(texts) })
const query = such(text, (given) => /\{\{ ?\.window ?\}\}/.test(given), 'a query that contains `{{.window}}`')
const plugins = object({ chain: optional(list(free)), overridePrevious: optional(flag) })

const slo = object({
  name: text,
  description: optional(anyText),
  objective: numberBy(
    (given) => (given > 0 && given < 100 ? given : undefined),
    'a percentage above 0 and below 100 (a promise of 100 % leaves no budget)',
  ),
  labels: optional(texts),
  plugins: optional(plugins),
  sli: such(
    object({
      raw: optional(object({ error_ratio_query: query })),
      events: optional(object({ error_query: query, total_query: query })),
      plugin: optional(object({ id: text, options: optional(texts) })),
    }),
    ({ raw, events, plugin }) => isOne(raw, events, plugin),
    'an indicator with one of `raw`, `events` and `plugin`',
  ),
  alerting: object({
    name: optional(anyText),
    labels: optional(texts),
    annotations: optional(texts),
    page_alert: optional(alert),
    ticket_alert: optional(alert),
  }),
})

const document = object({
  version: oneOf([SLOTH_VERSION]),
  service: text,
  labels: optional(texts),
  slo_plugins: optional(plugins),
  slos: such(list(slo), ({ length }) => length > 0, 'a list with at least one SLO'),
})

type Slo = Read<typeof slo>

/** Sloth states the window for the whole process, not in the file. */
const WINDOW = { duration: '30d', ms: 30 * DAY } as const

/** A file of Sloth: its events become bad and total, its raw ratio a raw failure ratio, its two alerts the pairs that it makes of them. */
export function adoptSloth(value: unknown): Adopted {
  const read = readWhole(document, value, 'SLOTH')
  if (!read.ok) return { documents: [], problems: read.problems }
  const { service, labels, slos } = read.value
  const problems: Problem[] = [
    lost(
      ['version'],
      'The window is taken to be 30 days, rolling',
      'Sloth takes it from the command line; change `timeWindow` if it was another',
    ),
    ...lostKeys(value, ['slo_plugins'], [], 'plugins are programs of Sloth'),
  ]
  const owner = nameFrom(service, ['service'], problems)
  const objectives = slos.flatMap((each, i) => adoptOne(each, owner, labels ?? {}, ['slos', i], problems))
  return { documents: adoptAll(objectives, ['service']), problems }
}

function adoptOne(
  given: Slo,
  service: string,
  labels: Readonly<Record<string, string>>,
  path: Path,
  problems: Problem[],
): readonly ForeignObjective[] {
  const { raw, events } = given.sli
  problems.push(...lostKeys(given, ['plugins'], path, 'plugins are programs of Sloth'))
  if (raw === undefined && events === undefined) {
    problems.push(
      lost([...path, 'sli', 'plugin'], `${given.name} is left out: its queries are made by a plugin of Sloth`),
    )
    return []
  }
  const source = (asked: string) => ({ metricSource: { type: 'Prometheus', spec: { query: asked } } })
  const ratioMetric =
    events === undefined
      ? { raw: source(raw?.error_ratio_query ?? ''), rawType: 'failure' as const }
      : { counter: false, bad: source(events.error_query), total: source(events.total_query) }
  const own = { ...labels, ...given.labels }
  return [
    {
      name: nameFrom(`${service}-${given.name}`, [...path, 'name'], problems),
      service,
      origin: [...path, 'name'],
      ...(given.description !== undefined && { description: given.description }),
      ...(Object.keys(own).length > 0 && { labels: own }),
      ratioMetric,
      targetPercent: given.objective,
      window: WINDOW,
      alerts: alertsOf(given.alerting),
    },
  ]
}

const PAGE = [pairOf(1, HOUR, 5 * MINUTE, 14_400), pairOf(1, 6 * HOUR, 30 * MINUTE, 6_000)]
const TICKET = [pairOf(2, DAY, 2 * HOUR, 3_000), pairOf(2, 3 * DAY, 6 * HOUR, 1_000)]

/** The pairs that Sloth makes for 30 days. */
function alertsOf({
  labels,
  annotations,
  page_alert: page,
  ticket_alert: ticket,
}: Slo['alerting']): readonly ForeignAlert[] {
  const alerts = [
    { pairs: PAGE, severity: 'page', own: page },
    { pairs: TICKET, severity: 'ticket', own: ticket },
  ]
  return alerts.flatMap(({ pairs, severity, own }) => {
    if (own?.disable === true) return []
    const told = { labels: { ...labels, ...own?.labels }, annotations: { ...annotations, ...own?.annotations } }
    return pairs.map((pair) => ({
      pair,
      severity,
      ...(Object.keys(told.labels).length > 0 && { labels: told.labels }),
      ...(Object.keys(told.annotations).length > 0 && { annotations: told.annotations }),
    }))
  })
}
