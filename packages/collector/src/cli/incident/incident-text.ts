import { type CauseNode, causeTrees, percentText } from '@tabiji/core/incident'
import { fixTable } from '../fix/fix-text.ts'
import type { Output } from '../terminal/output.ts'
import { fields, section, table } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'
import type { ShownEntry, ShownImpact, ShownIncident, ShownIncidentDetails } from '../terminal/work-answers.ts'

export function incidentTable(incidents: readonly ShownIncident[], output: Output): string {
  if (incidents.length === 0) return 'No incidents.\n'
  const rows = incidents.map((incident) => [
    incident.key,
    incident.level === undefined ? '–' : String(incident.level),
    stateOf(incident, output),
    when(incident.openedAt),
    incident.journeys.join(', ') || '–',
    incident.title,
  ])
  return table(['KEY', 'LEVEL', 'STATE', 'OPENED', 'JOURNEYS', 'TITLE'], rows)
}

export function incidentPage({ incident, timeline, fixes, impact }: ShownIncidentDetails, output: Output): string {
  const moments = (['impactStarted', 'detected', 'delivered', 'acknowledged', 'mitigated'] as const).map(
    (moment) => [moment, timeOf(incident, moment)] as const,
  )
  const roles = Object.entries(incident.roles ?? {}).map(
    ([role, { name, since }]) => [role, `${name}, since ${when(since)}`] as const,
  )
  const facts = fields([
    ['state', stateOf(incident, output)],
    ['status', incident.resolvedAt === undefined ? incident.status : undefined],
    ['level', incident.level === undefined ? undefined : String(incident.level)],
    ['journeys', incident.journeys.join(', ') || undefined],
    ['episodes', incident.episodes.join(', ') || undefined],
    ['taken in', incident.absorbed?.join(', ')],
    ['opened', when(incident.openedAt)],
    ...moments,
    ['resolved', incident.resolvedAt === undefined ? undefined : when(incident.resolvedAt)],
    ...roles,
    ['postmortem', incident.postmortem && `${incident.postmortem.state} since ${when(incident.postmortem.since)}`],
    ['drill', incident.drill ? 'yes, kept out of the numbers' : undefined],
  ])
  const causes = causeTrees(incident.causes ?? []).flatMap((node) => causeRows(node))
  const lines = timeline.map((entry) => [when(entry.at), entry.by ?? '–', told(entry)])
  const fixed = fixes.length === 0 ? '' : `\nFixes\n${fixTable(fixes, output)}`
  return `${output.style('bold', `${incident.key}  ${incident.title}`)}\n${facts}${impactStrip(impact, output)}${section('Causes', causes)}${section('Timeline', lines)}${fixed}`
}

/** A cause, and the whys below it further in. */
function causeRows(
  { cause: { id, bone, text, fix }, why }: CauseNode<NonNullable<ShownIncident['causes']>[number]>,
  depth = 0,
): readonly (readonly string[])[] {
  const mark = depth === 0 ? '' : `${'  '.repeat(depth - 1)}└ `
  return [[`${mark}${id}`, bone, fix ?? '–', text], ...why.flatMap((each) => causeRows(each, depth + 1))]
}

/** What it cost, by objective; journeys that it did not hurt follow as ok, or as suffering on their own. */
function impactStrip(impact: ShownImpact | undefined, output: Output): string {
  if (impact === undefined) return ''
  const { from, to, ended, journeys, others = [] } = impact
  const hurt = journeys.map(({ objective, bad, valid, badPpm, budgetPpm }) => [
    objective,
    { text: `${bad} of ${valid} bad`, paint: (text: string) => (bad > 0 ? output.style('red', text) : text) },
    percentText(badPpm),
    `${percentText(budgetPpm)} of its budget`,
  ])
  const rest = others.map(({ journey, ok }) => [journey, ok ? 'ok' : 'not within its target, not in this incident'])
  const title = `Impact from ${when(from)} to ${when(to)}${ended ? '' : ', going on'}`
  return `${section(title, hurt)}${section('Other journeys', rest)}`
}

function stateOf({ resolvedAt, mergedInto, drill }: ShownIncident, output: Output) {
  const mark = drill ? 'DRILL ' : ''
  if (mergedInto !== undefined) return `${mark}merged into ${mergedInto}`
  if (resolvedAt !== undefined) return `${mark}resolved`
  return { text: `${mark}OPEN`, paint: (text: string) => output.style('red', text) }
}

/** A time with where it comes from: the books, the alerts, or a person. */
function timeOf({ times }: ShownIncident, moment: string): string | undefined {
  const mark = times?.[moment]
  return mark === undefined ? undefined : `${when(mark.at)} (${mark.origin})`
}

const HELPED_TEXT: Readonly<Record<string, string>> = {
  yes: 'helped',
  partly: 'helped partly',
  no: 'did not help',
  none: 'was missing: there was none',
}

/** What an event of a newer collector says is unknown here; its name still tells something. */
function told(entry: ShownEntry): string {
  const because = entry.reason === undefined ? '' : `: ${entry.reason}`
  if (entry.type === 'timed') return `${entry.moment} at ${when(entry.value ?? '')}${because}`
  if (entry.type === 'timeDerived') {
    const at = entry.value === undefined ? 'not known any more' : `at ${when(entry.value)}`
    return `${entry.moment} ${at}, from the ${entry.origin}`
  }
  const note = entry.note === undefined ? '' : `: ${entry.note}`
  if (entry.type === 'joined') return `joined by ${entry.episodes?.join(', ')}`
  if (entry.type === 'absorbed') return `${entry.from} is part of it${because}`
  if (entry.type === 'mergedInto') return `merged into ${entry.into}${because}`
  if (entry.type === 'left') return `without ${entry.episodes?.join(', ')}${because}`
  if (entry.type === 'statusSet') return `${entry.status}${note}`
  if (entry.type === 'ticked' || entry.type === 'unticked') return `${entry.type} ${entry.item}`
  if (entry.type === 'checklistSet') return `checklist of level ${entry.level}`
  if (entry.type === 'updated') return `update: ${entry.text}`
  if (entry.type === 'updateExpected') return `update expected by ${when(entry.due ?? '')}`
  if (entry.type === 'helped')
    return `the runbook${entry.runbook === undefined ? '' : ` ${entry.runbook}`} ${HELPED_TEXT[entry.helped ?? ''] ?? entry.helped}${note}`
  if (entry.type === 'stepDone' || entry.type === 'stepUndone')
    return `runbook step ${entry.type === 'stepDone' ? 'done' : 'not done after all'}: ${entry.step}`
  if (entry.type === 'roleTaken') return `${entry.name} takes ${entry.role}`
  if (entry.type === 'handedOver') return `${entry.role} goes from ${entry.from ?? 'nobody'} to ${entry.name}${note}`
  if (entry.type === 'caused') return `causes: ${entry.causes?.map(({ id }) => id).join(', ') || 'none'}`
  if (entry.type === 'causeRemoved') return `cause taken out: ${entry.cause}${because}`
  if (entry.type === 'postmortemSet')
    return `postmortem: ${entry.state}${entry.file === undefined ? '' : `, ${entry.file}`}`
  return entry.type === 'edited' ? `edited: ${changesIn(entry)}` : `${entry.type}${because}`
}

/** What an edit set, with the new values. */
export function changesIn({ title, level, journeys, episodes }: ShownEntry): string {
  const changes = [
    ...(title === undefined ? [] : [`title "${title}"`]),
    ...(level === undefined ? [] : [`level ${level}`]),
    ...(journeys === undefined ? [] : [`journeys ${journeys.join(', ') || 'none'}`]),
    ...(episodes === undefined ? [] : [`episodes ${episodes.join(', ') || 'none'}`]),
  ]
  return changes.join(', ')
}
