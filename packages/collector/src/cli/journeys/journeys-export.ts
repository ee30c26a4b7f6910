import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { defineJourneys, exportJourneys, type Journeys } from '@tabiji/core/journey'
import { createJiti } from 'jiti'
import { CliError, EXIT } from '../terminal/exit.ts'

/** The journeys that a module exports, as the text of a JSON file. */
type Exported = { readonly json: string; readonly fingerprint: string }

/**
 * Runs a module, TypeScript too, and takes the journeys that it exports. Its imports are found from where it stands.
 *
 * @param name which export; without it the module must export one definition only
 * @throws CliError when it cannot be run, or what it exports are no journeys
 */
export async function exportModule(file: string, name: string | undefined): Promise<Exported> {
  const found = definitionsOf(await load(file), name)
  const [first, ...others] = found
  if (first === undefined) {
    const what = name === undefined ? 'exports no journeys' : `has no export "${name}" that is made with defineJourneys`
    throw refusal('JOURNEYS_NOT_EXPORTED', `${file} ${what}`, 'export const journeys = defineJourneys({ … })')
  }
  if (others.length > 0) {
    const names = found.map(([each]) => each).join(', ')
    throw refusal('JOURNEYS_SEVERAL', `${file} exports several definitions: ${names}`, 'say which with `--name`')
  }
  const [, journeys] = first
  // What the service goes by and what this program would make of the same document must be one thing.
  const again = defineJourneys(journeys.document)
  if (again.fingerprint !== journeys.fingerprint) {
    const message = `${file} has the fingerprint ${journeys.fingerprint}, and this version of tabiji would give it ${again.fingerprint}`
    throw refusal('JOURNEYS_OTHER_VERSION', message, 'use the same version of @tabiji/sdk and tabiji')
  }
  return { json: exportJourneys(journeys), fingerprint: journeys.fingerprint }
}

async function load(file: string): Promise<object> {
  if (!existsSync(file))
    throw refusal('JOURNEYS_NO_MODULE', `there is no file ${file}`, 'name the module that has `defineJourneys`')
  try {
    const jiti = createJiti(resolve(file), { fsCache: false, moduleCache: false, interopDefault: false })
    return Object(await jiti.import(resolve(file)))
  } catch (error) {
    const message = `${file} cannot be run: ${error instanceof Error ? error.message : String(error)}`
    const hint = 'keep the journeys in a module of their own, which starts no server and opens no connection'
    throw new CliError(EXIT.usage, { code: 'JOURNEYS_MODULE_FAILED', message, hint }, [], { cause: error })
  }
}

function definitionsOf(module: object, name: string | undefined): readonly (readonly [string, Journeys])[] {
  const exports = Object.entries(module).flatMap(([key, value]: [string, unknown]) =>
    isJourneys(value) ? [[key, value] as const] : [],
  )
  const distinct = exports.filter(([, value], i) => exports.findIndex(([, other]) => other === value) === i)
  return name === undefined ? distinct : exports.filter(([key]) => key === name)
}

function isJourneys(value: unknown): value is Journeys {
  if (typeof value !== 'object' || value === null) return false
  return 'document' in value && 'fingerprint' in value && 'journeys' in value && typeof value.document === 'object'
}

function refusal(code: string, message: string, hint: string): CliError {
  return new CliError(EXIT.usage, { code, message, hint })
}
