import { type Incident, unknownIncident } from '@tabiji/core/incident'
import { hintFor, refusal } from '@tabiji/core/problem'
import { namedRunbook, rankRules } from '@tabiji/core/runbook'
import { isoIn } from '@tabiji/core/time'
import type { RunbookDesk } from '../../ports/runbooks.ts'
import { incidentsIn } from './incidents.ts'
import { chosenFor, type RunbookParts } from './runbook-choice.ts'
import { recordStep, workedPages } from './runbook-work.ts'

/** Pages that are ranked: more than a year of a bad one. */
const MOST_PAGES = 5_000

/** Which runbook is for what, and whether they help. */
export function createRunbookDesk(parts: RunbookParts): RunbookDesk {
  const { runbooks, alerts, work, definition } = parts
  const incidents = () => incidentsIn(work)
  return {
    list: () => runbooks.all().toSorted((a, b) => orderOf(a.journey) - orderOf(b.journey) || compareText(a, b)),
    chosenFor: (key) => {
      const records = recordsOf(key, alerts, incidents())
      if ('problem' in records) return { ok: false, problems: [records.problem] }
      return { ok: true, value: { choices: records.map((record) => chosenFor(record, runbooks, definition())) } }
    },
    help: (key, { runbook, ...said }, by) => {
      const named = runbook === undefined ? undefined : namedRunbook(runbook, proposedFor(key, parts), runbooks.all())
      if (named !== undefined && !named.ok) return { ok: false, problems: [named.problem] }
      return parts.changeIncident(key, { type: 'help', ...said, ...(named && { runbook: named.address }) }, by)
    },
    worked: (key) => workedPages(parts, key),
    step: (key, said, by) => recordStep(parts, key, said, by),
    rank: (since) => {
      const pages = alerts
        .listEpisodes({ state: 'all', level: 1, limit: MOST_PAGES })
        .filter(({ facts, episode }) => facts.drill === undefined && episode.startedAt >= since)
      const helps = incidents().flatMap(({ episodes, runbooks: said = [] }) =>
        said.map(({ helped }) => ({ episodes, helped })),
      )
      const zone = definition().timeZone
      return rankRules(
        pages.map(({ id, rule, episode }) => ({ episode: id, rule, at: episode.startedAt })),
        helps,
      ).map((ranked) => ({ ...ranked, lastAt: isoIn(ranked.lastAt, zone) }))
    },
  }
}

/** What the alerts of an incident brought along, what they would bring now, and what its journeys name; each once. */
function proposedFor(key: string, { runbooks, alerts, work, definition }: RunbookParts): readonly string[] {
  const incident = incidentsIn(work).find((each) => each.key === key)
  if (incident === undefined) return []
  const records = incident.episodes.flatMap((id) => alerts.findEpisode(id) ?? [])
  const brought = records.flatMap(({ facts }) => facts.runbook ?? [])
  const now = records.flatMap((record) => chosenFor(record, runbooks, definition()).address ?? [])
  const stated = definition().journeys.flatMap(({ name, runbook }) =>
    incident.journeys.includes(name) ? (runbook ?? []) : [],
  )
  return [...new Set([...brought, ...now, ...stated])]
}

function recordsOf(key: string, alerts: RunbookParts['alerts'], incidents: readonly Incident[]) {
  const incident = incidents.find((each) => each.key === key)
  if (incident !== undefined) return incident.episodes.flatMap((id) => alerts.findEpisode(id) ?? [])
  if (key.startsWith('INC-')) {
    const keys = incidents.map((each) => each.key)
    return { problem: unknownIncident(key, keys) }
  }
  const record = alerts.findEpisode(key)
  if (record !== undefined) return [record]
  const near = alerts.listEpisodes({ state: 'all', limit: 100 }).map(({ id }) => id)
  return { problem: refusal('ALERT_UNKNOWN', `There is no alert ${key}`, hintFor(key, near)) }
}

function orderOf(journey: string | undefined): number {
  return journey === undefined ? 1 : 0
}

function compareText(a: { journey?: string; file: string }, b: { journey?: string; file: string }): number {
  return (a.journey ?? '').localeCompare(b.journey ?? '', 'en') || (a.file < b.file ? -1 : 1)
}
