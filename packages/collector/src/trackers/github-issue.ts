import type { TicketAsked, TicketPage } from '../ports/tracker.ts'
import { type GithubReader, readGithubIssues } from '../wire/github-issues.ts'
import type { Outgoing } from '../wire/outgoing.ts'
import { askGithub, type GithubAccess, parsed, refusedBy } from './github-request.ts'

/** Asks for an issue by its page: a list tells neither of those that were deleted nor where they went. */
export async function askForIssue(
  place: GithubAccess &
    Omit<GithubReader, 'tracker'> & { readonly name: string; readonly repositories: readonly string[] },
  { id, url: page }: TicketPage,
  outgoing: Outgoing,
  now: () => number,
  signal: AbortSignal,
): Promise<TicketAsked> {
  const found = issueAt(place, page)
  if (found === undefined) return { kind: 'elsewhere' }
  const { repository, url } = found
  // One that is known may have been transferred anywhere; others are those of the repositories that are followed.
  const isFollowed = place.repositories.some((one) => one.toLowerCase() === repository.toLowerCase())
  if (id === undefined && !isFollowed) return { kind: 'elsewhere' }
  const answer = await askGithub(place, { url, method: 'GET' }, outgoing, signal)
  if (answer.kind === 'failed') return { kind: 'failed', message: `${repository}: ${answer.message}` }
  if (answer.status === 404 || answer.status === 410) return { kind: 'gone' }
  if (answer.status !== 200) {
    const { message, waitMs } = refusedBy(repository, answer, {}, now())
    const concernsAll = waitMs !== undefined || answer.status === 401 || answer.status >= 500
    if (!concernsAll) return { kind: 'aside', why: message }
    return { kind: 'failed', message, ...(waitMs !== undefined && { waitMs }) }
  }
  const read = readGithubIssues([parsed(answer.body)], { ...place, tracker: place.name })
  const ticket = read.ok ? read.tickets[0] : undefined
  if (ticket === undefined) return { kind: 'aside', why: (read.ok && read.aside[0]?.why) || 'it is an issue no more' }
  return { kind: 'found', ticket }
}

/** Where an issue is asked for, by its page. */
export function issueAt(
  { url }: GithubAccess,
  page: string,
): { readonly repository: string; readonly url: string } | undefined {
  const path = URL.canParse(page) ? new URL(page).pathname : ''
  const [, repository = '', number] = /^\/(?:.*\/)?([^/]+\/[^/]+)\/issues\/(\d+)$/.exec(path) ?? []
  if (number === undefined) return undefined
  return { repository, url: `${url.replace(/\/+$/, '')}/repos/${repository}/issues/${number}` }
}
