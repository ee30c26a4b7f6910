import type { Ticket } from '@tabiji/core/fix'
import { SECOND } from '@tabiji/core/time'
import type { Tracker, TrackerReading } from '../ports/tracker.ts'
import { readGithubIssues } from '../wire/github-issues.ts'
import type { Outgoing, OutgoingResult } from '../wire/outgoing.ts'

export type GithubPlace = {
  readonly name: string
  /** `https://api.github.com`, or that of an enterprise server. */
  readonly url: string
  /** `owner/name` */
  readonly repositories: readonly string[]
  /** Issues that have it are fixes. */
  readonly label: string
  readonly token: () => string
}

const TIMEOUT_MS = 30_000
/** A body has up to 65,536 characters, of up to four bytes each. */
const PER_PAGE = 50
const MAX_ANSWER_BYTES = 16 * 1024 ** 2
const MAX_PAGES = 200
const MAX_WAIT_MS = 3_600_000

type Page =
  | { readonly ok: true; readonly tickets: readonly Ticket[]; readonly next?: string; readonly date: number }
  | Extract<TrackerReading, { ok: false }>

/** Issues of GitHub with a label, by the REST API. */
export function createGithubTracker(place: GithubPlace, outgoing: Outgoing, now: () => number): Tracker {
  return {
    name: place.name,
    read: async (since, signal) => {
      const tickets: Ticket[] = []
      let until = Number.POSITIVE_INFINITY
      for (const repository of place.repositories) {
        let next: string | undefined = firstPage(place, repository, since)
        for (let pages = 0; next !== undefined; pages++) {
          if (pages === MAX_PAGES)
            return failed(repository, `Expected at most ${MAX_PAGES * PER_PAGE} issues, got more`)
          const page: Page = await readPage(place, repository, next, outgoing, now, signal)
          if (!page.ok) return page
          tickets.push(...page.tickets)
          until = Math.min(until, page.date)
          next = page.next
        }
      }
      return { ok: true, tickets, until: Math.min(until, Number.MAX_SAFE_INTEGER) }
    },
  }
}

/** In the order of creation, so that what changes while pages are turned moves nothing to a page that was read. */
function firstPage({ url, label }: GithubPlace, repository: string, since: number | undefined): string {
  const query = new URLSearchParams({ state: 'all', labels: label, sort: 'created', direction: 'asc' })
  query.set('per_page', String(PER_PAGE))
  if (since !== undefined) query.set('since', new Date(since).toISOString().replace(/\.\d+Z$/, 'Z'))
  return `${url.replace(/\/+$/, '')}/repos/${repository}/issues?${query}`
}

async function readPage(
  place: GithubPlace,
  repository: string,
  url: string,
  outgoing: Outgoing,
  now: () => number,
  signal: AbortSignal,
): Promise<Page> {
  const ask = (at: string) => {
    const headers = {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${place.token()}`,
      'user-agent': 'tabiji',
      'x-github-api-version': '2022-11-28',
    }
    return outgoing.send({ url: at, method: 'GET', headers, timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES }, signal)
  }
  let answer = await ask(url)
  // A repository that was renamed or moved: followed once, and never to another origin, which must not get the token.
  const moved = answer.kind === 'answer' && MOVED.has(answer.status) ? answer.headers['location'] : undefined
  const target = moved === undefined ? undefined : sameOrigin(moved, place.url)
  if (target !== undefined) answer = await ask(target)
  if (answer.kind === 'failed') return failed(repository, answer.message)
  if (answer.status !== 200) return refused(repository, answer, now())
  const read = readGithubIssues(parse(answer.body), place.name)
  if (!read.ok)
    return failed(repository, `Expected issues as GitHub documents them, but ${read.where || 'the whole'} is not`)
  const link = /<([^>]+)>;\s*rel="next"/.exec(answer.headers['link'] ?? '')?.[1]
  const next = link === undefined ? undefined : sameOrigin(link, place.url)
  if (link !== undefined && next === undefined) return failed(repository, 'The next page is at another origin')
  const date = Date.parse(answer.headers['date'] ?? '')
  return {
    ...{ ok: true, tickets: read.tickets, date: Number.isNaN(date) ? now() : date },
    ...(next !== undefined && { next }),
  }
}

const MOVED: ReadonlySet<number> = new Set([301, 302, 307, 308])

const WHY: Readonly<Record<number, string>> = {
  401: 'the token is not valid (any more)',
  403: 'the token may not read its issues',
  404: 'there is no such repository, or the token may not see it',
  410: 'its issues are switched off',
}

function refused(repository: string, answer: Extract<OutgoingResult, { kind: 'answer' }>, now: number): Page {
  const { status, headers } = answer
  const seconds = Number(headers['retry-after'])
  const reset = Number(headers['x-ratelimit-reset']) * SECOND
  const isLimit = status === 429 || (status === 403 && (headers['x-ratelimit-remaining'] === '0' || seconds > 0))
  if (!isLimit) return failed(repository, `Answered ${status}${WHY[status] === undefined ? '' : `: ${WHY[status]}`}`)
  // Without either GitHub asks for a minute at least.
  const waitMs = seconds > 0 ? seconds * SECOND : reset > now ? reset - now : 60 * SECOND
  return { ...failed(repository, `Answered ${status}: asked too often`), waitMs: Math.min(waitMs, MAX_WAIT_MS) }
}

function failed(repository: string, message: string): Extract<TrackerReading, { ok: false }> {
  return { ok: false, message: `${repository}: ${message}` }
}

function sameOrigin(to: string, base: string): string | undefined {
  const url = URL.canParse(to, base) ? new URL(to, base) : undefined
  return url?.origin === new URL(base).origin ? url.href : undefined
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
