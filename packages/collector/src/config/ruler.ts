import { entriesOf, expected, type Problem, problem, readPart } from '@tabiji/core/problem'
import { SECOND } from '@tabiji/core/time'
import type { RulerPlace } from './config.ts'
import { resolveCredentials } from './credentials.ts'
import { isForbidden, SERVICE_ADDRESS } from './notation.ts'
import { rulerSchema } from './schema.ts'
import type { Surroundings } from './surroundings.ts'

const DEFAULT = { interval: 30 * SECOND, timeout: 10 * SECOND } as const

/** Where the rules of `tabiji rules` are evaluated when `engine` says that it is not here; problems go to `problems`. */
export function resolveRuler(document: unknown, around: Surroundings, problems: Problem[]): RulerPlace | undefined {
  const root = entriesOf(document)
  const isElsewhere = root.get('engine') === 'prometheus'
  if (!root.has('ruler')) {
    if (isElsewhere) {
      const hint = 'such as `ruler: { url: http://prometheus.internal:9090 }`'
      problems.push(
        problem('CONFIG_NO_RULER', ['engine'], 'Expected `ruler` to say where the rules are evaluated', { hint }),
      )
    }
    return undefined
  }
  const path = ['ruler']
  if (!isElsewhere) {
    const hint = 'write `engine: prometheus` beside it, or leave it out'
    problems.push(
      problem('CONFIG_NO_ENGINE', path, 'Nothing is read from `ruler` without an engine', { part: 'key', hint }),
    )
  }
  const value = root.get('ruler')
  const credentials = resolveCredentials(value, path, around, problems)
  const part = readPart(rulerSchema, value)
  if (part === undefined) return undefined
  const { url, interval = DEFAULT.interval, timeout = Math.min(DEFAULT.timeout, interval), tenant } = part
  if (isForbidden(new URL(url), around.isForbiddenAddress)) {
    problems.push(expected('CONFIG_ADDRESS', [...path, 'url'], SERVICE_ADDRESS, url))
  }
  return {
    url,
    intervalMs: interval,
    timeoutMs: timeout,
    ...(tenant !== undefined && { tenant }),
    ...credentials,
  }
}
