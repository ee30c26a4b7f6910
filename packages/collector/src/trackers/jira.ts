import { markLine, type Ticket, type TicketAside, type TicketDraft } from '@tabiji/core/fix'
import { HOUR, MINUTE } from '@tabiji/core/time'
import type { TicketMade, Tracker, TrackerReading } from '../ports/tracker.ts'
import { documentOf } from '../wire/jira-document.ts'
import { readJiraCreated, readJiraPage } from '../wire/jira-issues.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { askForJiraIssue, type JiraReading, jiraFieldsOf, moveJiraIssue } from './jira-issue.ts'
import { createJiraPast } from './jira-past.ts'
import { askJira, failed, type JiraRefusal, parsed, refusedByJira, siteOf } from './jira-request.ts'
import { MAX_ASIDE, type Walk, walkUntilSettled } from './settled.ts'

export type JiraPlace = JiraReading & {
  /** The keys of the projects in which tickets are created. */
  readonly places: readonly [string, ...string[]]
  /** Which issues are fixes. */
  readonly jql: string
  /** What a created one gets, so that it is one of them. */
  readonly label: string
  readonly issueType: string
}

/** A description may have 32,767 characters, and more as a document. */
const PER_PAGE = 50
const MAX_PAGES = 200
/** A ticket is looked for from so long before its fix was added: clocks differ. */
const CLOCKS_MS = HOUR

type Way = { readonly place: JiraPlace; readonly outgoing: Outgoing; readonly now: () => number }

/** Issues of Jira Cloud that a query finds, by the REST API, version 3. */
export function createJiraTracker(place: JiraPlace, outgoing: Outgoing, now: () => number): Tracker {
  const way = { place, outgoing, now }
  const past = createJiraPast(place, outgoing)
  return {
    name: place.name,
    kind: 'jira',
    places: place.places,
    read: (since, signal) => readAll(way, since, past, signal),
    ask: (ticket, signal) => askForJiraIssue(place, ticket, outgoing, past, signal),
    create: (draft, project, signal) => create(way, draft, project, signal),
    move: (ticket, due, signal) => moveJiraIssue(place, ticket, due, outgoing, signal),
  }
}

/**
 * JQL has times to the minute only, in the zone of whoever asks. So the age is asked for and no time: that needs no zone, and no
 * clock but ours, by which `since` and `until` are told here.
 */
function queryOf({ jql }: JiraPlace, field: 'created' | 'updated', since: number | undefined, now: number): string {
  const minutes = since === undefined ? 0 : Math.max(1, Math.ceil((now - since) / MINUTE) + 1)
  const recent = since === undefined ? '' : ` AND ${field} >= "-${minutes}m"`
  return `(${jql})${recent} ORDER BY created ASC`
}

async function readAll(
  way: Way,
  since: number | undefined,
  past: ReturnType<typeof createJiraPast>,
  signal: AbortSignal,
): Promise<TrackerReading> {
  const until = way.now()
  const found = await search(way, queryOf(way.place, 'updated', since, until), signal)
  if (!found.ok) return found
  if (found.aside.length > MAX_ASIDE) return failed(`${UNDOCUMENTED} more than ${MAX_ASIDE} are not`)
  const told = await past(found.tickets, signal)
  return told.ok ? { ok: true, tickets: told.tickets, aside: found.aside, until } : told
}

/** What a token of a page stands for when the list changes is not documented, so it is not relied on. */
async function search(way: Way, jql: string, signal: AbortSignal) {
  return walkUntilSettled(() => walkPages(way, jql, signal))
}

/** Turns all pages once. */
async function walkPages({ place, outgoing }: Way, jql: string, signal: AbortSignal): Promise<Walk | JiraRefusal> {
  const { name: tracker, url, dropped, blocked } = place
  const tickets: Ticket[] = []
  const aside: TicketAside[] = []
  let next: string | undefined
  for (let pages = 1; pages <= MAX_PAGES; pages++) {
    const asked = { jql, fields: jiraFieldsOf(place), maxResults: PER_PAGE }
    const body = { ...asked, ...(next !== undefined && { nextPageToken: next }) }
    const answer = await askJira(place, { method: 'POST', path: 'search/jql', body }, outgoing, signal)
    if (answer.kind === 'failed') return failed(answer.message)
    if (answer.status !== 200) return refusedByJira(answer, 'may not see its issues')
    const page = readJiraPage(parsed(answer.body), { tracker, site: siteOf(url), dropped, blocked })
    if (!page.ok) return failed(`${UNDOCUMENTED} ${page.where || 'the whole'} is not`)
    tickets.push(...page.tickets)
    aside.push(...page.aside)
    next = page.next
    if (next === undefined) return { ok: true, pages, tickets, aside }
  }
  return failed(`Expected at most ${MAX_PAGES * PER_PAGE} issues, got more`)
}

const UNDOCUMENTED = 'Expected issues as Jira documents them, but'

/** What was created lately is looked through for the mark: the search knows no text of a line. */
async function create(way: Way, draft: TicketDraft, project: string, signal: AbortSignal): Promise<TicketMade> {
  const { place, outgoing, now } = way
  const before = await search(way, queryOf(place, 'created', draft.since - CLOCKS_MS, now()), signal)
  if (!before.ok) return before
  const found = before.tickets.find(({ mark }) => mark === draft.mark)
  if (found !== undefined) return { ok: true, ticket: found }
  const description = documentOf(`${draft.text}\n\n${markLine(draft.mark)}`)
  const { issueType, label } = place
  const fields = { project: { key: project }, issuetype: { name: issueType }, summary: draft.title, description }
  const body = { fields: { ...fields, labels: [label] } }
  const answer = await askJira(place, { method: 'POST', path: 'issue', body }, outgoing, signal)
  if (answer.kind === 'failed') return failed(answer.message)
  if (answer.status !== 201) return refusedByJira(answer, 'may not create issues')
  const made = readJiraCreated(parsed(answer.body))
  if (made === undefined) return failed('Answered without the issue that it created')
  const url = `${siteOf(place.url)}/browse/${made.key}`
  const { title, mark } = draft
  return { ok: true, ticket: { tracker: place.name, id: made.id, url, title, state: 'open', createdAt: now(), mark } }
}
