import type { Ticket } from '@tabiji/core/fix'
import {
  JIRA_CHANGE_FIELDS,
  type JiraChangelogs,
  readJiraChangelogs,
  readJiraStatuses,
  turnsIn,
} from '../wire/jira-changelog.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { askJira, failed, type JiraAccess, type JiraRefusal, parsed, refusedByJira } from './jira-request.ts'

type Told = { readonly ok: true; readonly tickets: readonly Ticket[] } | JiraRefusal
type Place = JiraAccess & { readonly dropped: readonly string[] }

/** Of so many issues the changes are asked for at once; 1,000 may be. */
const PER_REQUEST = 500
const MAX_RESULTS = 5_000
/** Of one request; each may have had hundreds of changes. */
const MAX_PAGES = 50

/** Tells of tickets when their state really changed, from Jira's changelog: who reads late reads the dates all the same. */
export function createJiraPast(place: Place, outgoing: Outgoing) {
  let statuses: ReadonlyMap<string, boolean> = new Map()
  return async (tickets: readonly Ticket[], signal: AbortSignal): Promise<Told> => {
    if (tickets.length === 0) return { ok: true, tickets }
    const changelogs: Parameters<typeof readJiraChangelogs>[1] = new Map()
    for (let i = 0; i < tickets.length; i += PER_REQUEST) {
      const ids = tickets.slice(i, i + PER_REQUEST).map(({ id }) => id)
      const refusal = await fetchChanges(place, outgoing, ids, changelogs, signal)
      if (refusal !== undefined) return refusal
    }
    if (namesUnknown(changelogs, statuses)) {
      const got = await fetchStatuses(place, outgoing, signal)
      if ('ok' in got) return got
      statuses = got
    }
    const told = (ticket: Ticket) => withTurns(ticket, changelogs, statuses, place.dropped)
    return { ok: true, tickets: tickets.map(told) }
  }
}

async function fetchChanges(
  place: Place,
  outgoing: Outgoing,
  issueIdsOrKeys: readonly string[],
  into: Parameters<typeof readJiraChangelogs>[1],
  signal: AbortSignal,
): Promise<JiraRefusal | undefined> {
  let nextPageToken: string | undefined
  for (let pages = 0; pages < MAX_PAGES; pages++) {
    const asked = { issueIdsOrKeys, fieldIds: JIRA_CHANGE_FIELDS, maxResults: MAX_RESULTS }
    const body = { ...asked, ...(nextPageToken !== undefined && { nextPageToken }) }
    const answer = await askJira(place, { method: 'POST', path: 'changelog/bulkfetch', body }, outgoing, signal)
    if (answer.kind === 'failed') return failed(answer.message)
    if (answer.status !== 200) return refusedByJira(answer, 'may not see the changes of its issues')
    const read = readJiraChangelogs(parsed(answer.body), into)
    if (!read.ok) return failed(`Expected changes as Jira documents them, but ${read.where || 'the whole'} is not`)
    if (read.next === undefined) return undefined
    nextPageToken = read.next
  }
  return failed(`Expected the changes of ${issueIdsOrKeys.length} issues on at most ${MAX_PAGES} pages, got more`)
}

function namesUnknown(changelogs: JiraChangelogs, statuses: ReadonlyMap<string, boolean>): boolean {
  const changes = [...changelogs.values()].flat().filter(({ field }) => field === 'status')
  return changes.some(({ from, to }) => !statuses.has(from.id) || !statuses.has(to.id))
}

async function fetchStatuses(place: Place, outgoing: Outgoing, signal: AbortSignal) {
  const answer = await askJira(place, { method: 'GET', path: 'status' }, outgoing, signal)
  if (answer.kind === 'failed') return failed(answer.message)
  if (answer.status !== 200) return refusedByJira(answer, 'may not see its statuses')
  return readJiraStatuses(parsed(answer.body)) ?? failed('Expected statuses as Jira documents them, got something else')
}

function withTurns(
  ticket: Ticket,
  changelogs: JiraChangelogs,
  statuses: ReadonlyMap<string, boolean>,
  dropped: readonly string[],
): Ticket {
  const turns = turnsIn(changelogs.get(ticket.id) ?? [], ticket.state, (id) => statuses.get(id), dropped)
  if (turns === undefined) return ticket
  const last = turns.at(-1)
  return { ...ticket, turns, ...(last !== undefined && { stateAt: last.at }) }
}
