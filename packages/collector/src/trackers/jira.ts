import { markLine, type Ticket, type TicketDraft } from '@tabiji/core/fix'
import { HOUR, MINUTE, SECOND } from '@tabiji/core/time'
import type { TicketMade, Tracker, TrackerReading } from '../ports/tracker.ts'
import { documentOf, JIRA_FIELDS, jiraReason, readJiraCreated, readJiraPage } from '../wire/jira-issues.ts'
import type { Outgoing, OutgoingResult } from '../wire/outgoing.ts'
import { type Walk, walkUntilSettled } from './settled.ts'

export type JiraPlace = {
  readonly name: string
  /** `https://acme.atlassian.net` */
  readonly url: string
  /** The key of the project in which tickets are created. */
  readonly project: string
  /** Which issues are fixes. */
  readonly jql: string
  /** What a created one gets, so that it is one of them. */
  readonly label: string
  readonly issueType: string
  /** Names of resolutions that mean that it is given up. */
  readonly dropped: readonly string[]
  readonly email: string
  readonly token: () => string
}

const TIMEOUT_MS = 30_000
/** A description may have 32,767 characters, and more as a document. */
const PER_PAGE = 50
const MAX_ANSWER_BYTES = 32 * 1024 ** 2
const MAX_PAGES = 200
const MAX_WAIT_MS = HOUR
/** A ticket is looked for from so long before its fix was added: clocks differ. */
const CLOCKS_MS = HOUR

type Way = { readonly place: JiraPlace; readonly outgoing: Outgoing; readonly now: () => number }

/** Issues of Jira Cloud that a query finds, by the REST API, version 3. */
export function createJiraTracker(place: JiraPlace, outgoing: Outgoing, now: () => number): Tracker {
  const way = { place, outgoing, now }
  return {
    ...{ name: place.name, kind: 'jira' },
    read: (since, signal) => readAll(way, since, signal),
    create: (draft, signal) => create(way, draft, signal),
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

async function readAll(way: Way, since: number | undefined, signal: AbortSignal): Promise<TrackerReading> {
  const until = way.now()
  const found = await search(way, queryOf(way.place, 'updated', since, until), signal)
  return found.ok ? { ok: true, tickets: found.tickets, until } : found
}

type Failed = Extract<TrackerReading, { ok: false }>

/** What a token of a page stands for when the list changes is not documented, so it is not relied on. */
async function search(way: Way, jql: string, signal: AbortSignal) {
  return walkUntilSettled(() => walkPages(way, jql, signal))
}

/** Turns all pages once. */
async function walkPages(way: Way, jql: string, signal: AbortSignal): Promise<Walk | Failed> {
  const { name: tracker, url, dropped } = way.place
  const tickets: Ticket[] = []
  let next: string | undefined
  for (let pages = 1; pages <= MAX_PAGES; pages++) {
    const asked = { jql, fields: JIRA_FIELDS, maxResults: PER_PAGE, ...(next !== undefined && { nextPageToken: next }) }
    const answer = await ask(way, 'search/jql', asked, signal)
    if (answer.kind === 'failed') return failed(answer.message)
    if (answer.status !== 200) return refused(answer, 'may not see its issues')
    const page = readJiraPage(parsed(answer.body), { tracker, site: siteOf(url), dropped })
    if (!page.ok) return failed(`Expected issues as Jira documents them, but ${page.where || 'the whole'} is not`)
    tickets.push(...page.tickets)
    next = page.next
    if (next === undefined) return { ok: true, pages, tickets, aside: [] }
  }
  return failed(`Expected at most ${MAX_PAGES * PER_PAGE} issues, got more`)
}

/** What was created lately is looked through for the mark: the search knows no text of a line. */
async function create(way: Way, draft: TicketDraft, signal: AbortSignal): Promise<TicketMade> {
  const { place, now } = way
  const before = await search(way, queryOf(place, 'created', draft.since - CLOCKS_MS, now()), signal)
  if (!before.ok) return before
  const found = before.tickets.find(({ mark }) => mark === draft.mark)
  if (found !== undefined) return { ok: true, ticket: found }
  const description = documentOf(`${draft.text}\n\n${markLine(draft.mark)}`)
  const { project, issueType, label } = place
  const fields = { project: { key: project }, issuetype: { name: issueType }, summary: draft.title, description }
  const answer = await ask(way, 'issue', { fields: { ...fields, labels: [label] } }, signal)
  if (answer.kind === 'failed') return failed(answer.message)
  if (answer.status !== 201) return refused(answer, 'may not create issues')
  const made = readJiraCreated(parsed(answer.body))
  if (made === undefined) return failed('Answered without the issue that it created')
  const url = `${siteOf(place.url)}/browse/${made.key}`
  const { title, mark } = draft
  return { ok: true, ticket: { tracker: place.name, id: made.id, url, title, state: 'open', createdAt: now(), mark } }
}

function ask({ place, outgoing }: Way, path: string, body: object, signal: AbortSignal): Promise<OutgoingResult> {
  const headers = {
    accept: 'application/json',
    authorization: `Basic ${Buffer.from(`${place.email}:${place.token()}`).toString('base64')}`,
    'content-type': 'application/json',
    'user-agent': 'tabiji',
  }
  const asked = { url: `${siteOf(place.url)}/rest/api/3/${path}`, method: 'POST', headers } as const
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES }
  return outgoing.send({ ...asked, body: JSON.stringify(body), ...limits }, signal)
}

function siteOf(url: string): string {
  return url.replace(/\/+$/, '')
}

const WHY: Readonly<Record<number, string>> = {
  401: 'the token is not valid (any more), or not of this e-mail address',
  404: 'there is no Jira at this address',
}

function refused({ status, headers, body }: Extract<OutgoingResult, { kind: 'answer' }>, denied: string) {
  if (status === 429) {
    const seconds = Number(headers['retry-after'])
    const waitMs = Math.min(seconds > 0 ? seconds * SECOND : MINUTE, MAX_WAIT_MS)
    return { ...failed('Answered 429: asked too often'), waitMs }
  }
  const why = status === 403 ? `the token ${denied}` : status === 400 ? jiraReason(parsed(body)) : WHY[status]
  return failed(`Answered ${status}${why === undefined || why === '' ? '' : `: ${why}`}`)
}

function failed(message: string): Extract<TrackerReading, { ok: false }> {
  return { ok: false, message }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
