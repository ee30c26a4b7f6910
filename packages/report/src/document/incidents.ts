import type { IncidentSummary } from '@tabiji/core/incident'
import type { Catalogue } from '../words/catalogue.ts'
import { type Block, type Cell, paragraph, table } from './block.ts'
import { type Context, titleOf } from './context.ts'

/** Alerts by level and the incidents of the month. */
export function composeResponse(context: Context): Block[] {
  const { words } = context
  return [
    { type: 'heading', level: 2, text: words.alerts.heading, anchor: 'alerts' },
    ...alertsTable(context),
    { type: 'heading', level: 2, text: words.incidents.heading, anchor: 'incidents' },
    ...incidentSentences(context),
    ...incidentsTable(context),
  ]
}

/** How long the harm lasted, over the incidents for which both moments are stated. Drills are left out. Milliseconds. */
export type StopTimes = {
  readonly count: number
  /** At least half of them were stopped within this time. */
  readonly median: number
  readonly shortest: number
  readonly longest: number
}

/**
 * Mitigated − impact start (incident.md §3.1, TTM), as lower median and range: never a mean, which is unfit for so few and
 * so uneven numbers (Davidovic, "Incident Metrics in SRE", 2021).
 */
export function stopTimes(incidents: readonly IncidentSummary[]): StopTimes | undefined {
  const times = incidents
    .filter(({ drill }) => !drill)
    .flatMap((incident) => stopTime(incident) ?? [])
    .toSorted((a, b) => a - b)
  const [shortest] = times
  const median = times[Math.ceil(times.length / 2) - 1]
  const longest = times.at(-1)
  if (shortest === undefined || median === undefined || longest === undefined) return undefined
  return { count: times.length, median, shortest, longest }
}

/** Whole minutes, begun ones counted: `38 min`, `1 h 11 min`. */
export function durationText(words: Catalogue, ms: number): string {
  const minutes = Math.ceil(ms / 60_000)
  return words.duration(Math.floor(minutes / 60), minutes % 60)
}

function stopTime({ impactStartedAt, mitigatedAt }: IncidentSummary): number | undefined {
  if (impactStartedAt === undefined || mitigatedAt === undefined) return undefined
  return Math.max(0, Date.parse(mitigatedAt) - Date.parse(impactStartedAt))
}

function alertsTable({ words, figures, facts }: Context): Block[] {
  const { alerts } = words
  const seen = facts.alerts.filter(({ fired, resolved, stillOpen }) => fired + resolved + stillOpen > 0)
  if (seen.length === 0) return paragraph(alerts.none)
  const columns = [
    { label: alerts.level, header: true },
    { label: alerts.fired, align: 'end' },
    { label: alerts.resolved, align: 'end' },
    { label: alerts.open, align: 'end' },
  ] as const
  const rows = facts.alerts
    .toSorted((a, b) => a.level - b.level)
    .map(({ level, fired, resolved, stillOpen }) => [
      { text: words.levels[level] },
      ...[fired, resolved, stillOpen].map((count) => ({ text: figures.count(count) })),
    ])
  return table(alerts.heading, columns, rows)
}

/** From how many on months may be compared. */
const FEWEST_TO_COMPARE = 5

function incidentSentences({ words, figures, facts }: Context): Block[] {
  const { incidents } = words
  const drills = facts.incidents.filter(({ drill }) => drill).length
  const real = facts.incidents.length - drills
  const times = stopTimes(facts.incidents)
  const half =
    times &&
    times.count > 1 &&
    incidents.half(
      figures.count(times.count),
      durationText(words, times.median),
      durationText(words, times.shortest),
      durationText(words, times.longest),
    )
  return paragraph(
    real === 0 ? incidents.none : undefined,
    half || undefined,
    times && times.count < FEWEST_TO_COMPARE ? incidents.few(times.count, figures.count(times.count)) : undefined,
    drills > 0 ? incidents.drillsLeftOut(drills, figures.count(drills)) : undefined,
  )
}

function incidentsTable(context: Context): Block[] {
  const { words, facts } = context
  const { incidents } = words
  const columns = [
    { label: incidents.key, header: true, short: true },
    { label: incidents.what },
    { label: incidents.level },
    { label: incidents.journeys },
    { label: incidents.opened, short: true },
    { label: incidents.stoppedAfter, align: 'end' },
    { label: incidents.resolved, short: true },
  ] as const
  return table(
    incidents.heading,
    columns,
    facts.incidents.map((incident) => incidentRow(context, incident)),
  )
}

function incidentRow(context: Context, incident: IncidentSummary): Cell[] {
  const { words, figures } = context
  const { key, title, level, journeys, drill, openedAt, resolvedAt } = incident
  const stopped = stopTime(incident)
  return [
    { text: drill ? words.also(key, words.incidents.drill) : key },
    { text: title },
    { text: level === undefined ? '' : words.levels[level] },
    { text: figures.list(journeys.map((name) => titleOf(context, name))) },
    { text: figures.stamp(openedAt) },
    { text: stopped === undefined ? '' : durationText(words, stopped) },
    { text: resolvedAt === undefined ? words.incidents.stillOpen : figures.stamp(resolvedAt) },
  ]
}
