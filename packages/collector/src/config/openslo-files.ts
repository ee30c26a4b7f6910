import { dirname, resolve } from 'node:path'
import { expected, type Problem, problem, readPart } from '@tabiji/core/problem'
import { SECOND } from '@tabiji/core/time'
import type { Config } from './config.ts'
import { isForbidden, SERVICE_ADDRESS } from './notation.ts'
import { openSloSchema } from './schema.ts'
import type { Surroundings } from './surroundings.ts'

const DEFAULT = { intervalSeconds: 60, delayMs: 10 * SECOND } as const

/** The OpenSLO files and their engine, if the part is well-formed; what is wrong with it beyond its shape goes to `problems`. */
export function resolveOpenSlo(value: unknown, around: Surroundings, problems: Problem[]): Pick<Config, 'openslo'> {
  const part = readPart(openSloSchema, value)
  if (part === undefined) return {}
  const { engine, interval = DEFAULT.intervalSeconds, delay = DEFAULT.delayMs } = part
  if (isForbidden(new URL(engine), around.isForbiddenAddress)) {
    problems.push(expected('CONFIG_ADDRESS', ['openslo', 'engine'], SERVICE_ADDRESS, engine))
  }
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
