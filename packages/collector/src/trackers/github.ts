import { markLine, type Ticket, type TicketAside, type TicketDraft } from '@tabiji/core/fix'
import { HOUR } from '@tabiji/core/time'
import type { TicketMade, Tracker, TrackerReading } from '../ports/tracker.ts'
import { type GithubReader, readGithubIssues } from '../wire/github-issues.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { aheadOf } from './github-clock.ts'
import { moveIssue } from './github-due.ts'
import { askForIssue } from './github-issue.ts'
import {
  askGithub,
  failed,
  type GithubAccess,
  type GithubRefusal,
  parsed,
  refusedBy,
  sameOrigin,
} from './github-request.ts'
import { MAX_ASIDE, type Walk, walkUntilSettled } from './settled.ts'

export type GithubPlace = GithubAccess &
  Omit<GithubReader, 'tracker'> & {
    readonly name: string
    /** `owner/name` */
    readonly repositories: readonly [string, ...string[]]
    /** Issues that have it are fixes. */
    readonly label: string
  }

/** A body has up to 65,536 characters, of up to four bytes each. */
const PER_PAGE = 50
const MAX_PAGES = 200
/** A ticket is looked for from so long before its fix was added: clocks differ. */
const CLOCKS_MS = HOUR

type Page =
  | {
      readonly ok: true
      readonly tickets: readonly Ticket[]
      readonly aside: readonly TicketAside[]
      readonly next?: string
      readonly date: number
      readonly ahead: number
    }
  | GithubRefusal

/** What asking needs beside the place. */
type Way = { readonly place: GithubPlace; readonly outgoing: Outgoing; readonly now: () => number }

/** Issues of GitHub with a label, by the REST API. */
export function createGithubTracker(place: GithubPlace, outgoing: Outgoing, now: () => number): Tracker {
  const way = { place, outgoing, now }
  return {
    name: place.name,
    kind: 'github',
    places: place.repositories,
    renames: true,
    read: (since, signal) => readAll(way, since, signal),
    ask: (ticket, signal) => askForIssue(place, ticket, outgoing, now, signal),
    create: (draft, repository, signal) => create(way, draft, repository, signal),
    move: (ticket, due, signal) => moveIssue(place, ticket, due, outgoing, now, signal),
  }
}

async function readAll(way: Way, since: number | undefined, signal: AbortSignal): Promise<TrackerReading> {
  const tickets: Ticket[] = []
  const aside: TicketAside[] = []
  let until = Number.MAX_SAFE_INTEGER
  let ahead: number | undefined
  for (const repository of way.place.repositories) {
    const found = await walkUntilSettled(() => walkPages(way, repository, since, signal))
    if (!found.ok) return found
    const { walks } = found
    tickets.push(...found.tickets)
    aside.push(...found.aside)
    if (aside.length > MAX_ASIDE) return failed(repository, `${undocumented} more than ${MAX_ASIDE} are not`)
    until = Math.min(until, ...walks.map((walk) => walk.until))
    ahead ??= walks[0].ahead
  }
  return { ok: true, tickets, aside, until, ...(ahead !== undefined && ahead !== 0 && { ahead }) }
}

type RepositoryWalk = Walk & Pick<Extract<Page, { ok: true }>, 'ahead'> & { readonly until: number }

/** Turns all pages of a repository once. */
async function walkPages(
  way: Way,
  repository: string,
  since: number | undefined,
  signal: AbortSignal,
): Promise<RepositoryWalk | GithubRefusal> {
  const tickets: Ticket[] = []
  const aside: TicketAside[] = []
  let until = Number.MAX_SAFE_INTEGER
  let next = firstPage(way.place, repository, since)
  for (let pages = 1; pages <= MAX_PAGES; pages++) {
    const page = await readPage(way, repository, next, signal)
    if (!page.ok) return page
    tickets.push(...page.tickets)
    aside.push(...page.aside)
    if (aside.length > MAX_ASIDE) return failed(repository, `${undocumented} more than ${MAX_ASIDE} are not`)
    until = Math.min(until, page.date)
    if (page.next === undefined) return { ok: true, pages, tickets, aside, until, ahead: page.ahead }
    next = page.next
  }
  return failed(repository, `Expected at most ${MAX_PAGES * PER_PAGE} issues, got more`)
}

function issuesOf({ url }: GithubPlace, repository: string): string {
  return `${url.replace(/\/+$/, '')}/repos/${repository}/issues`
}

/** In the order of creation, so that a change while pages are turned moves nothing to a page that was read; leaving the list does. */
function firstPage(place: GithubPlace, repository: string, since: number | undefined): string {
  const query = new URLSearchParams({ state: 'all', labels: place.label, sort: 'created', direction: 'asc' })
  query.set('per_page', String(PER_PAGE))
  if (since !== undefined) query.set('since', new Date(since).toISOString().replace(/\.\d+Z$/, 'Z'))
  return `${issuesOf(place, repository)}?${query}`
}

async function readPage(
  { place, outgoing, now }: Way,
  repository: string,
  url: string,
  signal: AbortSignal,
): Promise<Page> {
  const sent = now()
  const answer = await askGithub(place, { url, method: 'GET' }, outgoing, signal)
  if (answer.kind === 'failed') return failed(repository, answer.message)
  if (answer.status !== 200) return refusedBy(repository, answer, UNREAD, now())
  const read = readGithubIssues(parsed(answer.body), readerOf(place), repository)
  if (!read.ok) return failed(repository, `${undocumented} the whole is not`)
  const link = /<([^>]+)>;\s*rel="next"/.exec(answer.headers['link'] ?? '')?.[1]
  const next = link === undefined ? undefined : sameOrigin(link, place.url)
  if (link !== undefined && next === undefined) return failed(repository, 'The next page is at another origin')
  const got = now()
  const stated = Date.parse(answer.headers['date'] ?? '')
  const date = Number.isNaN(stated) ? got : stated
  return {
    ok: true,
    tickets: read.tickets,
    aside: read.aside,
    date,
    ahead: aheadOf(date, sent, got),
    ...(next !== undefined && { next }),
  }
}

function readerOf({ name, blocked, dueField }: GithubPlace): GithubReader {
  return { tracker: name, blocked, ...(dueField !== undefined && { dueField }) }
}

const undocumented = 'Expected issues as GitHub documents them, but'

const UNREAD: Readonly<Record<number, string>> = {
  401: 'the token is not valid (any more)',
  403: 'the token may not read its issues',
  404: 'there is no such repository, or the token may not see it',
  410: 'its issues are switched off',
}

/** The list is asked for the mark and not the search, which learns of a new issue only after a while. */
async function create(way: Way, draft: TicketDraft, repository: string, signal: AbortSignal): Promise<TicketMade> {
  const { place, outgoing, now } = way
  const before = await readAll(way, draft.since - CLOCKS_MS, signal)
  if (!before.ok) return before
  const found = before.tickets.find(({ mark }) => mark === draft.mark)
  if (found !== undefined) return { ok: true, ticket: found }
  const issue = { title: draft.title, body: `${draft.text}\n\n${markLine(draft.mark)}\n`, labels: [place.label] }
  const asked = { url: issuesOf(place, repository), method: 'POST', body: JSON.stringify(issue) } as const
  const answer = await askGithub(place, asked, outgoing, signal)
  if (answer.kind === 'failed') return failed(repository, answer.message)
  if (answer.status !== 201) return refusedBy(repository, answer, NOT_CREATED, now())
  const read = readGithubIssues([parsed(answer.body)], readerOf(place), repository)
  const ticket = read.ok ? read.tickets[0] : undefined
  if (!read.ok || ticket === undefined) return failed(repository, 'Answered without the issue that it created')
  const isLabelled = read.labels[0]?.includes(place.label) === true
  const note = `give it the label ${place.label}, which this token may not set: without it the issue is not followed`
  return { ok: true, ticket, ...(!isLabelled && { note }) }
}

const NOT_CREATED: Readonly<Record<number, string>> = {
  401: 'the token is not valid (any more)',
  403: 'the token may not write issues',
  404: 'there is no such repository, or the token may not write issues in it',
  410: 'its issues are switched off',
  422: 'it takes no such issue',
}
