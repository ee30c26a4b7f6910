import { answerTimes, type IncidentMonth, type Span, spanOf } from '@tabiji/core/report'
import { type Block, type Cell, paragraph, table } from './block.ts'
import { type Context, titleOf } from './context.ts'
import { durationText } from './duration.ts'
import { composeAnswers, composeTimes } from './response.ts'

/** The incidents of the month, how quickly they were answered, and what came of them. */
export function composeResponse(context: Context): Block[] {
  const { words } = context
  return [
    { type: 'heading', level: 2, text: words.incidents.heading, anchor: 'incidents' },
    ...incidentSentences(context),
    ...incidentsTable(context),
    ...mergedSentences(context),
    ...composeTimes(context),
    ...composeAnswers(context),
  ]
}

/**
 * How long the harm lasted, over the incidents for which both moments are stated; drills are left out. Lower median and range,
 * never a mean, which is unfit for so few and so uneven numbers (Davidovic, "Incident Metrics in SRE", 2021).
 */
export function stopTimes(incidents: readonly IncidentMonth[]): Span | undefined {
  return spanOf(incidents.filter(({ drill }) => !drill).flatMap((incident) => answerTimes(incident).mitigateMs ?? []))
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

/** An incident that was merged stands under another key, maybe in a month that was reported before. */
function mergedSentences({ words, figures, facts }: Context): Block[] {
  const told = facts.incidents.flatMap(({ key, absorbed = [], absorbedAt }) => {
    if (absorbed.length === 0 || absorbedAt === undefined) return []
    const isRestated = Date.parse(absorbedAt) >= Date.parse(facts.to)
    const said = words.incidents.merged(key, figures.list(absorbed), figures.stamp(absorbedAt))
    return isRestated ? [said, words.incidents.restatedMerge] : [said]
  })
  return paragraph(...told)
}

function incidentRow(context: Context, incident: IncidentMonth): Cell[] {
  const { words, figures } = context
  const { key, title, level, journeys, drill, openedAt, resolvedAt } = incident
  const stopped = answerTimes(incident).mitigateMs
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
