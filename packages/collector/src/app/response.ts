import { randomUUID } from 'node:crypto'
import type { ResponseRules } from '@tabiji/core/incident'
import type { Config, Receiver } from '../config/config.ts'
import type { Judge } from '../jobs/budget/budgets.ts'
import { createFirstResponse } from '../jobs/incident/first-response.ts'
import { createIncidentBoards, type IncidentBoards } from '../jobs/incident/incident-boards.ts'
import { chatsFor, createUpdateReminders, type UpdateReminders } from '../jobs/incident/update-reminders.ts'
import type { Impact } from '../ports/impact.ts'
import type { FirstResponse } from '../ports/response.ts'
import type { Stores } from './stores.ts'
import type { Teams } from './teams.ts'

/** What an incident gets by itself, by the configuration. */
export function rulesOf({ checklists: read, updateEvery }: Config): ResponseRules {
  const checklists = read()
  return { checklists: { 1: checklists[1].items, 2: checklists[2].items, 3: checklists[3].items }, updateEvery }
}

/** The first response to incidents, as the doors ask for it. */
export function firstResponseOf(
  { publicUrl }: Pick<Config, 'publicUrl'>,
  stores: Stores,
  timeZone: () => string,
  now: () => number,
): FirstResponse {
  const address = publicUrl === undefined ? {} : { publicUrl }
  return createFirstResponse({ store: stores.work, alerts: stores.alerts, timeZone, now, ...address })
}

/** What people read as a stream; a pager is not rung for a word that is due. */
const CHATS: readonly Receiver['kind'][] = ['slack', 'slack-bot', 'slack-workflow']

type Parts = {
  readonly stores: Stores
  readonly teams: Teams
  readonly judge: () => Judge
  readonly impact: Impact
}

export function openUpdates({ receivers }: Config, { stores, teams, judge, impact }: Parts): UpdateReminders {
  const chats = receivers.filter(({ kind }) => CHATS.includes(kind)).map(({ name }) => name)
  return createUpdateReminders({
    store: stores.work,
    alerts: stores.alerts,
    chatsOf: (owner) => teams.receiversOf(1, owner).filter((name) => chats.includes(name)),
    definition: () => judge().definition,
    impactOf: impact.of,
    letterhead: () => ({ timeZone: judge().definition.timeZone, sample: stores.ledger.isSample() }),
  })
}

type BoardParts = Parts & { readonly now: () => number }

/** The message of each incident, at the receivers whose messages can be edited. */
export function openBoards({ receivers }: Config, { stores, teams, judge, impact, now }: BoardParts): IncidentBoards {
  const bots = receivers.filter(({ kind }) => kind === 'slack-bot').map(({ name }) => name)
  const botsOf = (owner: string | undefined) => teams.receiversOf(1, owner).filter((name) => bots.includes(name))
  return createIncidentBoards({
    store: stores.work,
    alerts: stores.alerts,
    bots,
    botsFor: (incident) => chatsFor(incident, judge().definition, botsOf),
    definition: () => judge().definition,
    impactOf: impact.of,
    letterhead: () => ({ timeZone: judge().definition.timeZone, sample: stores.ledger.isSample() }),
    newId: randomUUID,
    now,
  })
}
