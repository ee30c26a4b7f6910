import { readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { hasErrors, type Locate, locateProblems, type Problem } from '@tabiji/core/problem'
import { readText } from '@tabiji/core/problem/document'
import type { Config } from './config.ts'
import type { AddressRule } from './notation.ts'
import { resolveConfig } from './resolve.ts'
import { mayHoldSecret, type SecretSource } from './secret.ts'

/** `shown` is the text of the file with everything blanked out that is or may be a secret. */
export type ConfigRead =
  | {
      readonly ok: true
      readonly config: Config
      readonly warnings: readonly Problem[]
      readonly shown: string
      readonly locate: Locate
    }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly shown: string }

/**
 * Reads a configuration file, YAML or JSON, and the secrets that it names. Never throws: what is wrong is returned, all
 * at once, and holds no secret.
 *
 * @param env the environment that `…Env` keys name variables of
 * @param isForbiddenAddress the rule of the one way out (`wire/address.ts`), which this room must not import
 */
export function readConfig(file: string, env: SecretSource['env'], isForbiddenAddress: AddressRule): ConfigRead {
  const opened = openText(file)
  if ('failure' in opened) return { ok: false, problems: [unreadable(file, opened.failure)], shown: '' }
  const read = readText(opened.text, file)
  const shown = read.conceal(mayHoldSecret)
  if (!read.ok) return { ok: false, problems: read.problems, shown }
  const resolved = resolveConfig(read.value, {
    file,
    env,
    isForbiddenAddress,
    readFile: (path) => openText(resolve(dirname(file), path)),
  })
  const found = resolved.ok ? resolved.warnings : resolved.problems
  const problems = locateProblems([...read.problems, ...found], read.locate)
  if (!resolved.ok || hasErrors(problems)) return { ok: false, problems, shown }
  return { ok: true, config: resolved.config, warnings: problems, shown, locate: read.locate }
}

/** The code of the problem that a file cannot be read at all. */
export const UNREADABLE = 'FILE_UNREADABLE'

export function unreadable(file: string, failure: string): Problem {
  const message = `Expected ${file} to be a file that can be read (${failure})`
  return { code: UNREADABLE, severity: 'error', message, path: [] }
}

/** The text of a file, or why it cannot be read, such as `ENOENT`. */
export function openText(file: string): { readonly text: string } | { readonly failure: string } {
  try {
    return { text: readFileSync(file, 'utf8') }
  } catch (error) {
    return { failure: String((error as NodeJS.ErrnoException).code ?? error) }
  }
}
