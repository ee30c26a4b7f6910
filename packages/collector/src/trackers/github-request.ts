import { SECOND } from '@tabiji/core/time'
import type { Outgoing, OutgoingRequest, OutgoingResult } from '../wire/outgoing.ts'

/** Where GitHub is and who asks it. */
export type GithubAccess = {
  /** `https://api.github.com`, or that of an enterprise server. */
  readonly url: string
  readonly token: () => string
}

type Asked = Pick<OutgoingRequest, 'url' | 'method' | 'body'>

const TIMEOUT_MS = 30_000
const MAX_ANSWER_BYTES = 16 * 1024 ** 2
const MAX_WAIT_MS = 3_600_000

/** One request to the API. What was renamed, moved or transferred is followed a few times, and never to another origin. */
export async function askGithub(
  { url, token }: GithubAccess,
  asked: Asked,
  outgoing: Outgoing,
  signal: AbortSignal,
): Promise<OutgoingResult> {
  const ask = (at: string) => {
    const headers = {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${token()}`,
      'user-agent': 'tabiji',
      'x-github-api-version': '2022-11-28',
      ...(asked.body !== undefined && { 'content-type': 'application/json' }),
    }
    return outgoing.send({ ...asked, url: at, headers, timeoutMs: TIMEOUT_MS, maxBytes: MAX_ANSWER_BYTES }, signal)
  }
  let answer = await ask(asked.url)
  for (let moves = 0; moves < MAX_MOVES; moves++) {
    // Another origin must not get the token.
    const moved = answer.kind === 'answer' && MOVED.has(answer.status) ? answer.headers['location'] : undefined
    const target = moved === undefined ? undefined : sameOrigin(moved, url)
    if (target === undefined) break
    answer = await ask(target)
  }
  return answer
}

/** An issue may be transferred out of a repository that was renamed, and once more. */
const MAX_MOVES = 3

const MOVED: ReadonlySet<number> = new Set([301, 302, 307, 308])

/** What an answer says that was not the one to be had, and for how long GitHub wants to be left alone (milliseconds). */
export type GithubRefusal = { readonly ok: false; readonly message: string; readonly waitMs?: number }

/** @param why by status, what it means for what was asked for */
export function refusedBy(
  repository: string,
  { status, headers }: Extract<OutgoingResult, { kind: 'answer' }>,
  why: Readonly<Record<number, string>>,
  now: number,
): GithubRefusal {
  const seconds = Number(headers['retry-after'])
  const reset = Number(headers['x-ratelimit-reset']) * SECOND
  const isLimit = status === 429 || (status === 403 && (headers['x-ratelimit-remaining'] === '0' || seconds > 0))
  if (!isLimit) return failed(repository, `Answered ${status}${why[status] === undefined ? '' : `: ${why[status]}`}`)
  // Without either GitHub asks for a minute at least.
  const waitMs = seconds > 0 ? seconds * SECOND : reset > now ? reset - now : 60 * SECOND
  return { ...failed(repository, `Answered ${status}: asked too often`), waitMs: Math.min(waitMs, MAX_WAIT_MS) }
}

export function failed(repository: string, message: string): GithubRefusal {
  return { ok: false, message: `${repository}: ${message}` }
}

export function sameOrigin(to: string, base: string): string | undefined {
  const url = URL.canParse(to, base) ? new URL(to, base) : undefined
  return url?.origin === new URL(base).origin ? url.href : undefined
}

export function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
