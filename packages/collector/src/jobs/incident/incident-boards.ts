import { isDeepStrictEqual } from 'node:util'
import { type HandoverFacts, type IncidentFacts, isAboutAlert, type MessageFacts } from '@tabiji/core/alert'
import {
  checklistState,
  type Incident,
  type IncidentEvent,
  type IncidentImpact,
  impactStart,
  lastDecisions,
  openQuestions,
} from '@tabiji/core/incident'
import type { Definition } from '@tabiji/core/journey'
import { MINUTE } from '@tabiji/core/time'
import type { AlertStore, OutboxRow } from '../../ports/alert-store.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { newsRow } from '../delivery/news-row.ts'
import { autoMarks } from './first-response.ts'
import { incidentOf, incidentsIn } from './incidents.ts'

type Parts = {
  readonly store: Pick<WorkStore, 'incidentHistory' | 'incidentHistories' | 'transact'>
  readonly alerts: Pick<AlertStore, 'owe' | 'newestOf' | 'outboxOf' | 'findEpisode'>
  /** Receivers whose messages can be edited. */
  readonly bots: readonly string[]
  /** Those of them that hear of pages of the incident's journeys. */
  readonly botsFor: (incident: Incident) => readonly string[]
  readonly definition: () => Definition
  /** What the incident costs; nothing where that is not known. */
  readonly impactOf: (key: string) => IncidentImpact | undefined
  readonly letterhead: () => { readonly timeZone: string; readonly sample: boolean }
  readonly newId: () => string
  readonly now: () => number
}

/** Keeps a message about each incident where its alerts were told, and has it edited as the incident changes. */
export type IncidentBoards = {
  /** Owes what follows from what was recorded; within the same transaction, so that neither is without the other. */
  changed(key: string, events: readonly IncidentEvent[]): void
  /** An alert was told: there is a place for the message of its incident now. */
  told(row: OutboxRow): void
  /** Owes what changed by itself: alerts that were taken, and what it costs. @returns the incidents of which something is owed */
  look(): readonly string[]
}

/** What it costs changes with every reading; nobody reads an edit a second, and to ask the books costs time. */
const IMPACT_EVERY_MS = 2 * MINUTE
const MOST_OBJECTIVES = 6

/** When the books were last asked what an incident costs, by its key. */
type Asked = Map<string, number>

/**
 * What a message shows stands in the outbox, with what is owed; so a process that was started since goes on where the one before it
 * stopped.
 */
export function createIncidentBoards(parts: Parts): IncidentBoards {
  const { store } = parts
  const asked: Asked = new Map()
  const openOnes = () => incidentsIn(store).filter(({ resolvedAt }) => resolvedAt === undefined)
  return {
    changed: (key, events) => {
      if (parts.bots.length === 0) return
      owe(key, parts, asked)
      for (const event of events) if (event.type === 'handedOver') tellHandover(key, event, parts)
    },
    told: ({ topic, facts, receiver }) => {
      if (!isAboutAlert(facts) || !parts.bots.includes(receiver)) return
      store.transact(() => {
        for (const { key, episodes } of openOnes()) if (episodes.includes(topic)) owe(key, parts, asked)
      })
    },
    look: () => {
      if (parts.bots.length === 0) return []
      return store.transact(() => {
        const keys = openOnes().map(({ key }) => key)
        for (const key of asked.keys()) if (!keys.includes(key)) asked.delete(key)
        return keys.filter((key) => owe(key, parts, asked))
      })
    },
  }
}

/** @returns whether anything is owed newly */
function owe(key: string, parts: Parts, asked: Asked): boolean {
  const { store, alerts, now, newId } = parts
  const history = store.incidentHistory(key)
  const { events } = history
  const incident = incidentOf(history)
  if (incident === undefined) return false
  const topic = `incident:${key}`
  const told = placesOf(incident, parts).map((bot) => ({ bot, last: alerts.newestOf(topic, bot)?.facts }))
  // What was over before anybody was told of it needs no message.
  const places = incident.resolvedAt === undefined ? told : told.filter(({ last }) => last !== undefined)
  const standing = standingOf(incident, events.length, parts)
  const isNews = places.some(({ last }) => !isShown(standing, last))
  const isDue = standing.mitigatedAt === undefined && now() - (asked.get(key) ?? 0) >= IMPACT_EVERY_MS
  if (places.length === 0 || !(isNews || isDue)) return false
  asked.set(key, now())
  const facts = { ...standing, impact: costsOf(parts.impactOf(key), parts.definition()) }
  const behind = places.filter(({ last }) => !isShown(facts, last))
  if (behind.length === 0) return false
  alerts.owe(behind.map(({ bot }) => newsRow(facts, bot, newId())))
  return true
}

type Standing = Omit<IncidentFacts, 'impact'>

/** Whether a message shows all of that already, whenever it was said. */
function isShown(facts: Standing | IncidentFacts, last: MessageFacts | undefined): boolean {
  if (last?.kind !== 'incident') return false
  const unseen = ['at', 'revision', 'dedupKey', ...('impact' in facts ? [] : ['impact'])]
  const [shown, before] = [facts, last].map((each) =>
    Object.fromEntries(Object.entries(plain(each)).filter(([name]) => !unseen.includes(name))),
  )
  return isDeepStrictEqual(shown, before)
}

/** Where an alert of it was told, or where it has its message already; without any alert, where its pages would be told. */
function placesOf(incident: Incident, { alerts, bots, botsFor }: Parts): readonly string[] {
  const wasTold = (bot: string) =>
    incident.episodes.some((episode) =>
      alerts.outboxOf(episode).some(({ receiver, ref }) => receiver === bot && ref !== undefined),
    )
  const known = bots.filter((bot) => alerts.newestOf(`incident:${incident.key}`, bot) !== undefined || wasTold(bot))
  if (known.length > 0 || incident.episodes.length > 0 || incident.level !== 1) return known
  return botsFor(incident)
}

/** As it comes back from the store. */
function plain(facts: object): object {
  return JSON.parse(JSON.stringify(facts)) as object
}

/** How it stands, but for what it costs. */
function standingOf(incident: Incident, revision: number, parts: Parts): Standing {
  const { status, times, resolvedAt, roles, updates, merged } = incident
  const { mitigated } = times
  const state = checklistState(incident, autoMarks(incident, parts.alerts))
  return {
    ...commonOf(incident, parts),
    kind: 'incident',
    revision,
    status,
    since: impactStart(incident),
    dedupKey: `${incident.key}:${revision}`,
    ...(mitigated !== undefined && { mitigatedAt: mitigated.at }),
    ...(resolvedAt !== undefined && { resolvedAt }),
    ...(merged !== undefined && { mergedInto: merged.into }),
    roles: Object.fromEntries(Object.entries(roles).map(([role, { name }]) => [role, name])),
    items: (state?.items ?? []).map(({ id, text, ticked, mark, dueAt }) => ({
      id,
      text,
      ticked,
      ...(mark?.by !== undefined && { by: mark.by }),
      ...(dueAt !== undefined && { dueAt }),
    })),
    ...(updates?.last !== undefined && { last: updates.last }),
  }
}

function commonOf(incident: Incident, { alerts, letterhead, now }: Parts) {
  const { key, title, episodes, drill, updates, resolvedAt } = incident
  const practice = episodes.map((id) => alerts.findEpisode(id)?.facts.drill).find((each) => each !== undefined)
  const next = resolvedAt === undefined ? updates?.due : undefined
  return {
    ...({ incident: key, episodes, title, level: 2, at: now() } as const),
    ...(drill && { drill: practice ?? key }),
    ...(next !== undefined && { next }),
    ...letterhead(),
  } as const
}

/** What hurts most, by the share of its budget. */
function costsOf(impact: IncidentImpact | undefined, { journeys }: Definition): IncidentFacts['impact'] {
  const hurt = (impact?.journeys ?? []).filter(({ bad }) => bad > 0)
  const worst = hurt.toSorted((a, b) => b.budgetPpm - a.budgetPpm || b.badPpm - a.badPpm).slice(0, MOST_OBJECTIVES)
  return worst.map(({ journey, objective, bad, valid, budgetPpm }) => ({
    title: journeys.find(({ name }) => name === journey)?.title ?? { en: journey, ja: journey },
    objective: objective.slice(journey.length + 1),
    bad,
    valid,
    budgetPpm,
  }))
}

type HandedOver = Extract<IncidentEvent, { readonly type: 'handedOver' }>

function tellHandover(key: string, event: HandedOver, parts: Parts): void {
  const { store, alerts } = parts
  const history = store.incidentHistory(key)
  const { events } = history
  const incident = incidentOf(history)
  if (incident === undefined) return
  const items = checklistState(incident, autoMarks(incident, alerts))?.items ?? []
  const open = items.filter(({ ticked }) => !ticked)
  const dedupKey = `${key}:handover:${events.length}`
  const facts: HandoverFacts = {
    ...commonOf(incident, parts),
    kind: 'handover',
    role: event.role,
    to: event.name,
    note: event.note,
    dedupKey,
    ...(event.from !== undefined && { from: event.from }),
    done: items.length - open.length,
    open: open.map(({ text }) => text),
    questions: openQuestions(incident, parts.now()),
    decisions: lastDecisions(incident).map(({ at, choice, why }) => ({ at, choice, why })),
  }
  alerts.owe(placesOf(incident, parts).map((bot) => newsRow(facts, bot, `${dedupKey}:${bot}`)))
}
