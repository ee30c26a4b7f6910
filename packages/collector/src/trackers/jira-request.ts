import { HOUR, MINUTE, SECOND } from '@tabiji/core/time'
import type { TrackerReading } from '../ports/tracker.ts'
import { jiraReason } from '../wire/jira-issues.ts'
import type { Outgoing, OutgoingRequest, OutgoingResult } from '../wire/outgoing.ts'

/** Where Jira is and who asks it. */
export type JiraAccess = {
  /** `https://acme.atlassian.net` */
  readonly url: string
  readonly email: string
  readonly token: () => string
}

const TIMEOUT_MS = 30_000
const MAX_ANSWER_BYTES = 32 * 1024 ** 2
const MAX_WAIT_MS = HOUR

/** One request to the REST API, version 3. @param path below it */
export function askJira(
  { url, email, token }: JiraAccess,
  { method, path, body }: { readonly method: OutgoingRequest['method']; readonly path: string; readonly body?: object },
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<OutgoingResult> {
  const headers = {
    accept: 'application/json',
    authorization: `Basic ${Buffer.from(`${email}:${token()}`).toString('base64')}`,
    ...(body !== undefined && { 'content-type': 'application/json' }),
    'user-agent': 'tabiji',
  }
  const asked = { url: `${siteOf(url)}/rest/api/3/${path}`, method, headers } as const
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES }
  return outgoing.send({ ...asked, ...(body !== undefined && { body: JSON.stringify(body) }), ...limits }, signal)
}

export function siteOf(url: string): string {
  return url.replace(/\/+$/, '')
}

const WHY: Readonly<Record<number, string>> = {
  401: 'the token is not valid (any more), or not of this e-mail address',
  404: 'there is no Jira at this address',
}

export type JiraRefusal = Extract<TrackerReading, { ok: false }>

/** What an answer says that was not the one to be had. @param denied what the token may not */
export function refusedByJira(
  { status, headers, body }: Extract<OutgoingResult, { kind: 'answer' }>,
  denied: string,
): JiraRefusal {
  if (status === 429) {
    const seconds = Number(headers['retry-after'])
    const waitMs = Math.min(seconds > 0 ? seconds * SECOND : MINUTE, MAX_WAIT_MS)
    return { ...failed('Answered 429: asked too often'), waitMs }
  }
  const why = status === 403 ? `the token ${denied}` : status === 400 ? jiraReason(parsed(body)) : WHY[status]
  return failed(`Answered ${status}${why === undefined || why === '' ? '' : `: ${why}`}`)
}

export function failed(message: string): JiraRefusal {
  return { ok: false, message }
}

export function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
