import { dirname, resolve } from 'node:path'
import { entriesOf, expected, itemsOf, type Path, type Problem, problem, readPart } from '@tabiji/core/problem'
import { MINUTE, SECOND } from '@tabiji/core/time'
import { resolveAccess } from './access.ts'
import type { DiscoveryPlace } from './config.ts'
import { isForbidden, SERVICE_ADDRESS } from './notation.ts'
import { discoverySchema, scrapeSchema } from './schema.ts'
import type { Surroundings } from './surroundings.ts'
import { DEFAULT, timeoutOf, timeoutProblems, tlsProblems } from './targets.ts'

/** Files are cheap to look at; who answers by HTTP is asked less often, as Prometheus does. */
const REFRESH = { files: 15 * SECOND, http: MINUTE } as const
const LABEL = 'service'

/** The places that are well-formed; what is wrong with the others goes to `problems`. */
export function resolveDiscovery(
  document: unknown,
  around: Surroundings,
  problems: Problem[],
): readonly DiscoveryPlace[] {
  const root = entriesOf(document)
  const scrape = readPart(scrapeSchema, root.get('scrape')) ?? {}
  const known = new Set<string>()
  return itemsOf(root.get('discovery')).flatMap((value, i): DiscoveryPlace[] => {
    const path = ['discovery', i]
    const access = resolveAccess(value, path, around, problems)
    const from = placeOf(value, path, around, problems)
    const part = readPart(discoverySchema, value)
    if (part === undefined || from === undefined) return []
    const { name, label = LABEL, service, interval = scrape.interval ?? DEFAULT.interval } = part
    problems.push(...timeoutProblems(interval, part.timeout, path))
    if (known.has(name)) {
      problems.push(expected('CONFIG_REPEATED', [...path, 'name'], 'a name that no other place has', name))
    }
    known.add(name)
    const refreshMs = part.refresh ?? REFRESH['files' in from ? 'files' : 'http']
    const targets = { intervalMs: interval, timeoutMs: timeoutOf(part.timeout, scrape.timeout, interval), ...access }
    return [{ name, from, refreshMs, label, ...(service !== undefined && { service }), targets }]
  })
}

/** Where the list is; it is in one place. */
function placeOf(
  value: unknown,
  path: Path,
  around: Surroundings,
  problems: Problem[],
): DiscoveryPlace['from'] | undefined {
  const keys = entriesOf(value)
  if (keys.has('files') === keys.has('http')) {
    problems.push(problem('CONFIG_DISCOVERY', path, 'Expected either `files` or `http`'))
    return undefined
  }
  const at = [...path, 'http']
  const access = keys.has('http') ? resolveAccess(keys.get('http'), at, around, problems) : {}
  const part = readPart(discoverySchema, value)
  if (part === undefined) return undefined
  if (part.http === undefined) {
    return { files: (part.files ?? []).map((file) => resolve(dirname(around.file), file)) }
  }
  const { url, timeout = DEFAULT.timeout } = part.http
  if (isForbidden(new URL(url), around.isForbiddenAddress)) {
    problems.push(expected('CONFIG_ADDRESS', [...at, 'url'], SERVICE_ADDRESS, url))
  }
  problems.push(...tlsProblems(part.http.tls, url, at))
  return { url, timeoutMs: timeout, ...access }
}
