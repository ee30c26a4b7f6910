import type { TicketRef } from '@tabiji/core/fix'
import type { TicketAsked } from '../ports/tracker.ts'
import { readGithubIssues } from '../wire/github-issues.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { askGithub, type GithubAccess, parsed, refusedBy } from './github-request.ts'

/** Asks for an issue by its page: a list tells neither of those that were deleted nor where they went. */
export async function askForIssue(
  place: GithubAccess & { readonly name: string },
  { url: page }: TicketRef,
  outgoing: Outgoing,
  now: () => number,
  signal: AbortSignal,
): Promise<TicketAsked> {
  const [, repository = '', number] = /^\/(?:.*\/)?([^/]+\/[^/]+)\/issues\/(\d+)$/.exec(pathOf(page)) ?? []
  if (number === undefined) return { kind: 'aside', why: 'its page is not one of an issue' }
  const url = `${place.url.replace(/\/+$/, '')}/repos/${repository}/issues/${number}`
  const answer = await askGithub(place, { url, method: 'GET' }, outgoing, signal)
  if (answer.kind === 'failed') return { kind: 'failed', message: `${repository}: ${answer.message}` }
  if (answer.status === 404 || answer.status === 410) return { kind: 'gone' }
  if (answer.status !== 200) {
    const { message, waitMs } = refusedBy(repository, answer, {}, now())
    const concernsAll = waitMs !== undefined || answer.status === 401 || answer.status >= 500
    if (!concernsAll) return { kind: 'aside', why: message }
    return { kind: 'failed', message, ...(waitMs !== undefined && { waitMs }) }
  }
  const read = readGithubIssues([parsed(answer.body)], place.name)
  if (!read.ok) return { kind: 'aside', why: `${read.where} is not as GitHub documents it` }
  const [ticket] = read.tickets
  if (ticket === undefined) return { kind: 'aside', why: read.aside[0]?.why ?? 'it is an issue no more' }
  return { kind: 'found', ticket }
}

function pathOf(page: string): string {
  return URL.canParse(page) ? new URL(page).pathname : ''
}
