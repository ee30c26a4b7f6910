import { entriesOf, expected, itemsOf, type Path, type Problem, problem, readPart } from '@tabiji/core/problem'
import { formatDuration, SECOND } from '@tabiji/core/time'
import { resolveAccess } from './access.ts'
import type { Target } from './config.ts'
import { isForbidden, SERVICE_ADDRESS } from './notation.ts'
import { scrapeSchema, targetSchema } from './schema.ts'
import type { Surroundings } from './surroundings.ts'

export const DEFAULT = { interval: 15 * SECOND, timeout: 5 * SECOND } as const

/** The targets that are well-formed; what is wrong with the others goes to `problems`. */
export function resolveTargets(document: unknown, around: Surroundings, problems: Problem[]): readonly Target[] {
  const root = entriesOf(document)
  const scrape = readPart(scrapeSchema, root.get('scrape')) ?? {}
  problems.push(...timeoutProblems(scrape.interval ?? DEFAULT.interval, scrape.timeout, ['scrape']))
  const known = new Set<string>()
  return itemsOf(root.get('targets')).flatMap((value, i) => {
    const path = ['targets', i]
    const access = resolveAccess(value, path, around, problems)
    const part = readPart(targetSchema, value)
    if (part === undefined) return []
    const { service, url } = part
    problems.push(...tlsProblems(part.tls, url, path))
    const intervalMs = part.interval ?? scrape.interval ?? DEFAULT.interval
    problems.push(...timeoutProblems(intervalMs, part.timeout, path))
    if (isForbidden(new URL(url), around.isForbiddenAddress)) {
      problems.push(expected('CONFIG_ADDRESS', [...path, 'url'], SERVICE_ADDRESS, url))
    }
    if (known.has(url)) problems.push(expected('CONFIG_REPEATED', [...path, 'url'], 'read by one target only', url))
    known.add(url)
    return [{ service, url, intervalMs, timeoutMs: timeoutOf(part.timeout, scrape.timeout, intervalMs), ...access }]
  })
}

/** A timeout that is only inherited gives way to a shorter interval; one that is stated beside it does not. */
export function timeoutOf(stated: number | undefined, inherited: number | undefined, intervalMs: number): number {
  return stated ?? Math.min(inherited ?? DEFAULT.timeout, intervalMs)
}

export function tlsProblems(tls: unknown, url: string, path: Path): readonly Problem[] {
  if (tls === undefined || url.startsWith('https:')) return []
  return [expected('CONFIG_TLS', [...path, 'url'], 'an https address, because `tls` is stated', url)]
}

export function timeoutProblems(intervalMs: number, timeoutMs: number | undefined, path: Path): readonly Problem[] {
  if (timeoutMs === undefined || timeoutMs <= intervalMs) return []
  const interval = formatDuration(intervalMs)
  const message = `Expected a timeout of at most the interval (${interval}), got ${formatDuration(timeoutMs)}`
  return [problem('CONFIG_TIMEOUT', [...path, 'timeout'], message)]
}
