import { FIX_KINDS, markIn, type Ticket, type TicketAside } from '@tabiji/core/fix'
import { isDate } from '@tabiji/core/time'
import { z } from 'zod'
import { linksOf, textOf } from './jira-document.ts'
import { jiraInstant } from './jira-time.ts'
import { afterPrefix, hasLabel, lineOf } from './ticket-text.ts'

const named = z.object({ name: z.string().max(200) })
const fields = z.object({
  summary: z.string().max(1_000),
  status: z.object({ name: z.string().max(200).default(''), statusCategory: z.object({ key: z.string() }) }),
  resolution: named.nullish(),
  created: jiraInstant,
  resolutiondate: jiraInstant.nullish(),
  statuscategorychangedate: jiraInstant.nullish(),
  duedate: z.string().nullish(),
  labels: z.array(z.string()).max(500).default([]),
  assignee: z.object({ displayName: z.string().max(200) }).nullish(),
  description: z.unknown(),
})
const identity = { id: z.string().regex(/^\d{1,20}$/), key: z.string().max(100) }
const issue = z.object({ ...identity, fields: z.looseObject(fields.shape) })
const addressed = z.object({ key: z.string().regex(/^[A-Z][A-Z0-9_]{1,50}-\d{1,15}$/) })
const page = z.object({
  issues: z.array(z.unknown()),
  nextPageToken: z.string().max(4_000).nullish(),
  isLast: z.boolean().nullish(),
})

/** What is asked of each issue: without it only ids are told. */
export const JIRA_FIELDS: readonly string[] = Object.keys(fields.shape)

/** What says that an issue is blocked: any of them is enough. Labels and statuses in any case. */
export type JiraBlocking = {
  readonly labels: readonly string[]
  readonly statuses: readonly string[]
  /** The id of the field that holds the flag, such as `customfield_10021`. */
  readonly flag?: string
}

export type JiraPage =
  | {
      readonly ok: true
      readonly tickets: readonly Ticket[]
      readonly aside: readonly TicketAside[]
      readonly next?: string
    }
  | { readonly ok: false; readonly where: string }

type Reader = {
  readonly tracker: string
  /** `https://acme.atlassian.net` */
  readonly site: string
  /** Names of resolutions that mean that it is not done but given up. */
  readonly dropped: readonly string[]
  readonly blocked: JiraBlocking
}

/**
 * Reads one page of "Search for issues using JQL enhanced search" (developer.atlassian.com, Jira Cloud REST v3). There is no total;
 * the last page says so, or has no token for another one. The id stays when an issue moves to another project. An issue that is not as it
 * is documented is set aside: it must not keep all others from being read.
 */
export function readJiraPage(document: unknown, reader: Reader): JiraPage {
  const read = page.safeParse(document)
  if (!read.success) return { ok: false, where: read.error.issues[0]?.path.join('.') ?? '' }
  const { issues, nextPageToken, isLast } = read.data
  const tickets: Ticket[] = []
  const aside: TicketAside[] = []
  for (const [i, one] of issues.entries()) {
    const told = readJiraIssue(one, reader, `the issue in place ${i + 1} of a page`)
    if (told.ok) tickets.push(told.ticket)
    else aside.push(told.aside)
  }
  return { ok: true, tickets, aside, ...(isLast !== true && nextPageToken != null && { next: nextPageToken }) }
}

export type JiraIssueRead =
  | { readonly ok: true; readonly ticket: Ticket }
  | { readonly ok: false; readonly aside: TicketAside }

/** @param otherwise what it is called where it does not say what its page is */
export function readJiraIssue(document: unknown, reader: Reader, otherwise: string): JiraIssueRead {
  const read = issue.safeParse(document)
  if (read.success) return { ok: true, ticket: ticketOf(read.data, reader) }
  const where = read.error.issues[0]?.path.join('.') ?? ''
  const key = addressed.safeParse(document).data?.key
  const why = where === '' ? 'it is no issue' : `its \`${where}\` is not as Jira documents it`
  return { ok: false, aside: { url: key === undefined ? otherwise : `${reader.site}/browse/${key}`, why } }
}

type Issue = z.output<typeof issue>

function ticketOf({ id, key, fields: given }: Issue, { tracker, site, dropped, blocked }: Reader): Ticket {
  const text = textOf(given.description)
  const fact = (name: string) => afterPrefix(given.labels, `${name}:`) || lineOf(text, name) || undefined
  const state = stateOf(given, dropped)
  // An issue that is open may still have the date of a resolution that did not last.
  const changedAt = given.statuscategorychangedate ?? undefined
  const stateAt = state === 'open' ? changedAt : (given.resolutiondate ?? changedAt)
  const due = [given.duedate ?? undefined, lineOf(text, 'due')].find((date) => date !== undefined && isDate(date))
  const kind = FIX_KINDS.find((one) => one === fact('fix'))
  const owner = given.assignee?.displayName ?? (lineOf(text, 'owner') || undefined)
  const [incident, cause, mark] = [fact('incident'), fact('cause'), markIn(text)]
  const [url, links] = [`${site}/browse/${key}`, linksOf(given.description)]
  return {
    tracker,
    id,
    url,
    title: given.summary.trim() || key,
    state,
    createdAt: given.created,
    ...(stateAt !== undefined && { stateAt }),
    ...(owner !== undefined && { owner }),
    ...(due !== undefined && { due }),
    ...(kind !== undefined && { kind }),
    ...(incident !== undefined && { incident }),
    ...(cause !== undefined && { cause }),
    ...(mark !== undefined && { mark }),
    ...(links.length > 0 && { links }),
    blocked: isBlocked(given, blocked),
  }
}

function stateOf({ status, resolution }: Issue['fields'], dropped: readonly string[]): Ticket['state'] {
  if (status.statusCategory.key !== 'done') return 'open'
  return dropped.includes(resolution?.name ?? '') ? 'dropped' : 'done'
}

function isBlocked(given: Issue['fields'], { labels, statuses, flag }: JiraBlocking): boolean {
  const flagged = flag === undefined ? undefined : given[flag]
  const isFlagged = Array.isArray(flagged) ? flagged.length > 0 : flagged != null && flagged !== false
  return isFlagged || hasLabel(given.labels, labels) || hasLabel([given.status.name], statuses)
}

const created = z.object(identity)

/** What "Create issue" answers; nothing when it is not as it is documented. */
export function readJiraCreated(document: unknown): z.output<typeof created> | undefined {
  return created.safeParse(document).data
}

const complaints = z.object({
  errorMessages: z.array(z.string()).default([]),
  errors: z.record(z.string(), z.string()).default({}),
})

/** Why Jira refuses, in its own words; empty when it does not say. */
export function jiraReason(document: unknown): string {
  const { errorMessages = [], errors = {} } = complaints.safeParse(document).data ?? {}
  const said = [...errorMessages, ...Object.entries(errors).map(([field, why]) => `${field}: ${why}`)]
  return said.join(' ').slice(0, 300)
}
