import type { ProbePlan } from '@tabiji/core/probe'
import { CookieJar } from 'tough-cookie'
import type { Outgoing, OutgoingRequest, OutgoingResult } from '../wire/outgoing.ts'

/** One customer's way through a journey: cookies that are kept, redirects that are followed. */
export type Visit = {
  /** @param timeoutMs for the request with all of its redirects */
  send(request: Asked, timeoutMs: number, signal: AbortSignal): Promise<Visited>
}

/** A request with every value filled in. */
export type Asked = Pick<OutgoingRequest, 'url' | 'method' | 'headers' | 'body'>

export type Visited = OutgoingResult | { readonly kind: 'astray'; readonly why: string }

type VisitRules = { readonly maxBytes: number; readonly mark: () => Readonly<Record<string, string>> }

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

export function createVisit({ redirects, ca }: ProbePlan, outgoing: Outgoing, { maxBytes, mark }: VisitRules): Visit {
  const jar = new CookieJar()
  // One for all of them, so that they share their connections.
  const certificates = ca === undefined ? undefined : { ca: ca() }
  const trust = certificates === undefined ? {} : { trust: () => certificates }
  const once = async (asked: Asked, timeoutMs: number, signal: AbortSignal): Promise<OutgoingResult> => {
    const cookie = jar.getCookieStringSync(asked.url)
    const headers = { ...asked.headers, ...(cookie !== '' && { cookie }) }
    const result = await outgoing.send({ ...asked, ...trust, headers, timeoutMs, maxBytes }, signal)
    if (result.kind !== 'answer') return result
    for (const set of result.cookies ?? []) jar.setCookieSync(set, asked.url, { ignoreError: true })
    return result
  }
  return {
    send: async (first, timeoutMs, signal) => {
      const until = performance.now() + timeoutMs
      const origin = new URL(first.url).origin
      let asked: Asked = { ...first, headers: { ...first.headers, ...mark() } }
      for (let followed = 0; ; followed++) {
        const result = await once(asked, Math.max(1, until - performance.now()), signal)
        const location =
          result.kind === 'answer' && REDIRECTS.has(result.status) ? result.headers['location'] : undefined
        if (result.kind !== 'answer' || location === undefined || redirects.most === 0) return result
        if (followed === redirects.most) return astray(`it was redirected more than ${redirects.most} times`)
        const next = URL.canParse(location, asked.url) ? new URL(location, asked.url) : undefined
        if (next === undefined || !/^https?:$/.test(next.protocol)) return astray('it was redirected to no web address')
        if (next.origin !== origin && !redirects.to.includes(next.origin)) {
          return astray(`it was redirected to ${next.origin}, which \`redirects.to\` does not list`)
        }
        asked = follow(asked, result.status, next)
      }
    },
  }
}

function astray(why: string): Visited {
  return { kind: 'astray', why }
}

/** As browsers do it. What another origin must not learn stays behind: all headers of the plan, the mark, and the body. */
function follow(asked: Asked, status: number, next: URL): Asked {
  const isAway = next.origin !== new URL(asked.url).origin
  const keepsMethod = !isAway && (status === 307 || status === 308 || asked.method === 'GET' || asked.method === 'HEAD')
  const { body, headers = {}, ...rest } = asked
  if (keepsMethod) return { ...asked, url: next.href }
  const { 'content-type': _, ...kept } = headers
  return { ...rest, url: next.href, method: asked.method === 'HEAD' ? 'HEAD' : 'GET', headers: isAway ? {} : kept }
}
