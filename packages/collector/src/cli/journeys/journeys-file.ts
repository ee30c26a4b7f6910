import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { Definition } from '@tabiji/core/journey'
import { entriesOf } from '@tabiji/core/problem'
import { readText } from '@tabiji/core/problem/document'
import { readDefinition } from '../../config/definition.ts'
import { openText, unreadable } from '../../config/read.ts'
import { DEFAULT_CONFIG, refused } from '../terminal/load.ts'

/** What the argument says in the help of commands that need no more than the journeys file. */
export const JOURNEYS_DEFAULT = `the journeys file (default: the one that ${DEFAULT_CONFIG} names, or else journeys.yaml)`

/**
 * Reads a journeys file without a configuration.
 *
 * @param named absent: the one that the configuration names, or else journeys.yaml
 * @throws CliError with everything that is wrong with it
 */
export function readJourneysFile(named: string | undefined): {
  readonly file: string
  readonly definition: Definition
} {
  const file = named ?? journeysFile()
  return { file, definition: read(file) }
}

/** The configuration is looked at for this name only: where rules are written, its secrets are seldom at hand. */
function journeysFile(): string {
  if (!existsSync(DEFAULT_CONFIG)) return 'journeys.yaml'
  const opened = openText(DEFAULT_CONFIG)
  if ('failure' in opened) throw refused(DEFAULT_CONFIG, [unreadable(DEFAULT_CONFIG, opened.failure)])
  const config = readText(opened.text, DEFAULT_CONFIG)
  if (!config.ok) throw refused(DEFAULT_CONFIG, config.problems)
  const journeys = entriesOf(config.value).get('journeys')
  if (typeof journeys !== 'string') return 'journeys.yaml'
  return isAbsolute(journeys) ? journeys : join(dirname(DEFAULT_CONFIG), journeys)
}

function read(file: string): Definition {
  const opened = openText(file)
  if ('failure' in opened) throw refused(file, [unreadable(file, opened.failure)])
  const definition = readDefinition(opened.text, file)
  if (!definition.ok) throw refused(file, definition.problems)
  return definition.definition
}
