import { entriesOf, expected, itemsOf, type Problem, readPart } from '@tabiji/core/problem'
import { SECOND } from '@tabiji/core/time'
import { resolveAccess } from './access.ts'
import type { EnginePlace } from './config.ts'
import { isForbidden, SERVICE_ADDRESS } from './notation.ts'
import { engineSchema } from './schema.ts'
import type { Surroundings } from './surroundings.ts'
import { tlsProblems } from './targets.ts'

const DEFAULT = { interval: 30 * SECOND, delay: 30 * SECOND, timeout: 10 * SECOND, serviceLabel: 'job' } as const

/** The engines that are well-formed; what is wrong with the others goes to `problems`. */
export function resolveEngines(document: unknown, around: Surroundings, problems: Problem[]): readonly EnginePlace[] {
  const known = new Set<string>()
  return itemsOf(entriesOf(document).get('engines')).flatMap((value, i) => {
    const path = ['engines', i]
    const access = resolveAccess(value, path, around, problems)
    const part = readPart(engineSchema, value)
    if (part === undefined) return []
    const { name, url, services = [], serviceLabel = DEFAULT.serviceLabel, match = {}, tenant } = part
    const { interval = DEFAULT.interval, delay = DEFAULT.delay, timeout = Math.min(DEFAULT.timeout, interval) } = part
    if (isForbidden(new URL(url), around.isForbiddenAddress)) {
      problems.push(expected('CONFIG_ADDRESS', [...path, 'url'], SERVICE_ADDRESS, url))
    }
    problems.push(...tlsProblems(part.tls, url, path))
    if (known.has(name)) {
      problems.push(expected('CONFIG_REPEATED', [...path, 'name'], 'a name that no other engine has', name))
    }
    known.add(name)
    return [
      {
        name,
        url,
        services: [...new Set(services)],
        serviceLabel,
        match,
        intervalMs: interval,
        delayMs: delay,
        timeoutMs: timeout,
        ...(tenant !== undefined && { tenant }),
        ...access,
      },
    ]
  })
}
