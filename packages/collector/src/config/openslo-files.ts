import { dirname, resolve } from 'node:path'
import { expected, type Problem, problem, readPart } from '@tabiji/core/problem'
import { SECOND } from '@tabiji/core/time'
import type { Config, EnginePlace, EngineReach } from './config.ts'
import { isForbidden, parseAddress, SERVICE_ADDRESS } from './notation.ts'
import { openSloSchema } from './schema.ts'
import { withoutSecrets } from './secret.ts'
import type { Surroundings } from './surroundings.ts'

const DEFAULT = { intervalSeconds: 60, delayMs: 10 * SECOND, timeoutMs: 10 * SECOND } as const

/** The OpenSLO files and their engine, if the part is well-formed; what is wrong with it beyond its shape goes to `problems`. */
export function resolveOpenSlo(
  value: unknown,
  engines: readonly EnginePlace[],
  around: Surroundings,
  problems: Problem[],
): Pick<Config, 'openslo'> {
  const part = readPart(openSloSchema, value)
  problems.push(...idleProblems(engines, part?.engine))
  if (part === undefined) return {}
  const known = engines.find(({ name }) => name === part.engine)
  const engine = known ?? engineAt(part.engine, around, problems)
  if (engine === undefined) return {}
  const { interval = DEFAULT.intervalSeconds, delay = known?.delayMs ?? DEFAULT.delayMs } = part
  if (interval > 3_600) {
    const message = `Expected an interval of at most 1h, got ${interval} seconds`
    problems.push(problem('CONFIG_INTERVAL', ['openslo', 'interval'], message))
  }
  const files = part.files.map((file) => resolve(dirname(around.file), file))
  files.forEach((file, i) => {
    if (files.indexOf(file) === i) return
    problems.push(expected('CONFIG_REPEATED', ['openslo', 'files', i], 'named once only', part.files[i]))
  })
  return { openslo: { files, engine, intervalMs: interval * 1000, delayMs: delay } }
}

/** An engine that is named by its address is asked without credentials. */
function engineAt(text: string, around: Surroundings, problems: Problem[]): EngineReach | undefined {
  const path = ['openslo', 'engine']
  const url = parseAddress(text)
  if (url === undefined) {
    const what =
      'the name of one of `engines`, or an address that begins with http:// or https:// and holds no user and password'
    problems.push(withoutSecrets(expected('CONFIG_ENGINE', path, what, text)))
    return undefined
  }
  if (isForbidden(url, around.isForbiddenAddress))
    problems.push(expected('CONFIG_ADDRESS', path, SERVICE_ADDRESS, text))
  return { url: url.href, timeoutMs: DEFAULT.timeoutMs }
}

/** An engine that nobody asks is a mistake of who wrote it down. */
function idleProblems(engines: readonly EnginePlace[], asked: string | undefined): readonly Problem[] {
  return engines.flatMap(({ name, services }, i) =>
    services.length > 0 || name === asked
      ? []
      : [expected('CONFIG_ENGINE', ['engines', i, 'services'], 'services, or `openslo` to ask the engine', undefined)],
  )
}
