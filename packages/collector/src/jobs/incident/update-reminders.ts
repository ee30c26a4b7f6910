import type { UpdateFacts } from '@tabiji/core/alert'
import type { Incident, IncidentImpact } from '@tabiji/core/incident'
import type { Definition } from '@tabiji/core/journey'
import type { AlertStore } from '../../ports/alert-store.ts'
import type { WorkStore } from '../../ports/work-store.ts'
import { newsRow } from '../delivery/news-row.ts'
import { incidentsIn } from './incidents.ts'

type Parts = {
  readonly store: Pick<WorkStore, 'incidentHistories'>
  readonly alerts: Pick<AlertStore, 'owe' | 'findOwed'>
  /** Chats that hear of pages, by the owner of the journey. */
  readonly chatsOf: (owner: string | undefined) => readonly string[]
  readonly definition: () => Definition
  /** What the incident costs; nothing where that is not known. */
  readonly impactOf: (key: string) => IncidentImpact | undefined
  readonly letterhead: () => { readonly timeZone: string; readonly sample: boolean }
}

/** Reminds people of the next update about an incident. */
export type UpdateReminders = {
  /** Owes what is due. @returns the incidents whose update is due, each once for every time that was promised */
  tick(now: number): readonly string[]
}

/**
 * The time that was promised stands in the incident's log, and the id of what is owed is made of it: so it is told once, also by a
 * process that was started since. A drill has people of its own who know the time.
 */
export function createUpdateReminders({
  store,
  alerts,
  chatsOf,
  definition,
  impactOf,
  letterhead,
}: Parts): UpdateReminders {
  return {
    tick: (now) => {
      return incidentsIn(store).flatMap((incident) => {
        const { key, updates, resolvedAt, drill } = incident
        const due = updates?.due
        if (due === undefined || due > now || resolvedAt !== undefined || drill) return []
        const file = definition()
        const owed = chatsFor(incident, file, chatsOf).map((chat) => ({ chat, id: `${key}:update:${due}:${chat}` }))
        const missing = owed.filter(({ id }) => alerts.findOwed(id) === undefined)
        if (missing.length === 0) return []
        const facts = { ...factsOf(incident, due, file, impactOf(key), now), ...letterhead() }
        alerts.owe(missing.map(({ chat, id }) => newsRow(facts, chat, id)))
        return [key]
      })
    },
  }
}

/** Whoever hears of pages of a hurt journey; where none is known yet, everybody's receivers. */
export function chatsFor(
  { journeys: hurt }: Incident,
  { journeys }: Definition,
  chatsOf: Parts['chatsOf'],
): readonly string[] {
  const owners = journeys.filter(({ name }) => hurt.includes(name)).map(({ owner }) => owner)
  return [...new Set((owners.length === 0 ? [undefined] : owners).flatMap(chatsOf))]
}

function factsOf(
  incident: Incident,
  due: number,
  { journeys }: Definition,
  impact: IncidentImpact | undefined,
  now: number,
): Omit<UpdateFacts, 'timeZone' | 'sample'> {
  const { key, title, roles, times, openedAt, updates, episodes } = incident
  const holders = [roles.comms?.name, roles.lead?.name].flatMap((name) => name ?? [])
  const hurt = journeys
    .filter(({ name }) => incident.journeys.includes(name))
    .map((journey) => {
      // Of several promises of a journey the one that was broken most is what its users met.
      const worst = impact?.journeys
        .filter((each) => each.journey === journey.name)
        .toSorted((a, b) => b.badPpm - a.badPpm)[0]
      const { bad, valid } = worst ?? {}
      return { title: journey.title, ...(bad !== undefined && valid !== undefined && { bad, valid }) }
    })
  return {
    kind: 'update',
    level: 2,
    incident: key,
    title,
    due,
    episodes,
    hurt,
    at: now,
    who: [...new Set(holders)],
    since: times.impactStarted?.at ?? times.detected?.at ?? openedAt,
    isMitigated: times.mitigated !== undefined,
    ...(updates?.last !== undefined && { last: updates.last }),
    dedupKey: `${key}:update:${due}`,
  }
}
