import type { TicketRef } from '@tabiji/core/fix'
import type { TicketAsked, TicketMoved } from '../ports/tracker.ts'
import { JIRA_FIELDS, type JiraBlocking, readJiraIssue } from '../wire/jira-issues.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import type { createJiraPast } from './jira-past.ts'
import { askJira, type JiraAccess, parsed, refusedByJira, siteOf } from './jira-request.ts'

export type JiraReading = JiraAccess & {
  readonly name: string
  /** Names of resolutions that mean that it is given up. */
  readonly dropped: readonly string[]
  readonly blocked: JiraBlocking
}

/** What is asked of each issue, with the field of the flag where there is one. */
export function jiraFieldsOf({ blocked: { flag } }: JiraReading): readonly string[] {
  return flag === undefined ? JIRA_FIELDS : [...JIRA_FIELDS, flag]
}

/** Asks for an issue by its id, or by the key that its page has: a list does not tell of one that was deleted. */
export async function askForJiraIssue(
  place: JiraReading,
  { id, url: page }: Pick<TicketRef, 'url'> & { readonly id?: string },
  outgoing: Outgoing,
  past: ReturnType<typeof createJiraPast>,
  signal: AbortSignal,
): Promise<TicketAsked> {
  const name = id ?? keyIn(place, page)
  if (name === undefined) return { kind: 'elsewhere' }
  const path = `issue/${encodeURIComponent(name)}?fields=${jiraFieldsOf(place).join(',')}`
  const answer = await askJira(place, { method: 'GET', path }, outgoing, signal)
  if (answer.kind === 'failed') return { kind: 'failed', message: answer.message }
  if (answer.status === 404) return { kind: 'gone' }
  if (answer.status !== 200) {
    const { message, waitMs } = refusedByJira(answer, 'may not see it')
    const concernsAll = waitMs !== undefined || answer.status === 401 || answer.status >= 500
    if (!concernsAll) return { kind: 'aside', why: message }
    return { kind: 'failed', message, ...(waitMs !== undefined && { waitMs }) }
  }
  const { name: tracker, dropped, blocked } = place
  const read = readJiraIssue(parsed(answer.body), { tracker, site: siteOf(place.url), dropped, blocked }, page)
  if (!read.ok) return { kind: 'aside', why: read.aside.why }
  const told = await past([read.ticket], signal)
  if (!told.ok) return { kind: 'failed', ...told }
  return { kind: 'found', ticket: told.tickets[0] ?? read.ticket }
}

/** The key at the end of the page of an issue of this site. */
function keyIn({ url }: JiraAccess, page: string): string | undefined {
  const begin = `${siteOf(url)}/browse/`
  const key = page.startsWith(begin) ? page.slice(begin.length) : ''
  return /^[A-Z][A-Z0-9_]{1,50}-\d{1,15}$/.test(key) ? key : undefined
}

/** Sets the due date of an issue. */
export async function moveJiraIssue(
  place: JiraAccess,
  { id }: TicketRef,
  due: string,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<TicketMoved> {
  const asked = { method: 'PUT', path: `issue/${encodeURIComponent(id)}`, body: { fields: { duedate: due } } } as const
  const answer = await askJira(place, asked, outgoing, signal)
  if (answer.kind === 'failed') return { ok: false, message: answer.message }
  if (answer.status >= 200 && answer.status < 300) return { ok: true }
  if (answer.status === 404)
    return { ok: false, message: 'Answered 404: it is there no more, or the token may not see it' }
  return { ok: false, message: refusedByJira(answer, 'may not edit it').message }
}
