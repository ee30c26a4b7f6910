import { createOutgoing, type Outgoing } from '../wire/outgoing.ts'

/** What came of asking for an address that people follow. `guarded`: it answers, but only those who sign in. */
export type LinkAnswer =
  | { readonly kind: 'answered' | 'guarded'; readonly status: number }
  | { readonly kind: 'dead'; readonly why: string }

const MOST_REDIRECTS = 5
const AT_ONCE = 4
const MAX_BYTES = 64 * 1024

/**
 * Asks for each address once, as little as possible of it: HEAD, and GET where HEAD is refused. Link-local and metadata addresses are
 * never called, by redirects neither. No credentials are sent.
 *
 * @param timeoutMs for each request
 */
export async function askLinks(
  addresses: readonly string[],
  timeoutMs: number,
): Promise<ReadonlyMap<string, LinkAnswer>> {
  const outgoing = createOutgoing()
  const answers = new Map<string, LinkAnswer>()
  const waiting = [...new Set(addresses)]
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      answers.set(next, await ask(outgoing, next, timeoutMs))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  outgoing.close()
  return answers
}

async function ask(outgoing: Outgoing, address: string, timeoutMs: number): Promise<LinkAnswer> {
  const head = await follow(outgoing, address, 'HEAD', timeoutMs)
  // Many servers refuse HEAD, or answer it with something else than what a browser gets.
  return head.kind === 'dead' && head.answered ? follow(outgoing, address, 'GET', timeoutMs) : head
}

type Followed = LinkAnswer & { readonly answered?: boolean }

async function follow(outgoing: Outgoing, from: string, method: 'HEAD' | 'GET', timeoutMs: number): Promise<Followed> {
  let url = from.replace(/#.*$/, '')
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const request = { url, method, timeoutMs, maxBytes: MAX_BYTES, isLast: true }
    const result = await outgoing.send(request, new AbortController().signal)
    const status = result.status
    if (status === undefined) return { kind: 'dead', why: result.kind === 'failed' ? result.message : '' }
    const location = result.kind === 'answer' ? result.headers['location'] : undefined
    if (status < 300 || status >= 400 || location === undefined) return judged(status)
    if (!URL.canParse(location, url)) return { kind: 'dead', why: 'it redirects to no address' }
    url = new URL(location, url).href
  }
  return { kind: 'dead', why: `it redirects more than ${MOST_REDIRECTS} times` }
}

function judged(status: number): Followed {
  if (status === 401 || status === 403) return { kind: 'guarded', status }
  if (status < 400 || status === 429) return { kind: 'answered', status }
  return { kind: 'dead', why: `it answers ${status}`, answered: true }
}
