import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import type { Definition } from '@tabiji/core/journey'
import { checkShape, entriesOf, locateProblems } from '@tabiji/core/problem'
import { readText } from '@tabiji/core/problem/document'
import { z } from 'zod'
import { openText, unreadable } from '../../config/read.ts'
import { resolveRunbooks, runbooksSchema } from '../../config/runbooks.ts'
import { readJourneysFile } from '../journeys/journeys-file.ts'
import { CliError, EXIT } from '../terminal/exit.ts'
import { DEFAULT_CONFIG, refused } from '../terminal/load.ts'

const placesSchema = z.strictObject({ runbooks: runbooksSchema })

/** Where runbooks lie, and the journeys that they are for. */
export type RunbookPlaces = {
  readonly places: ReturnType<typeof resolveRunbooks>
  readonly definition: Definition
}

/**
 * Reads of a configuration only where runbooks lie: where they are checked, secrets are seldom at hand.
 *
 * @throws CliError with everything that is wrong with it
 */
export function readRunbookPlaces(file: string = DEFAULT_CONFIG): RunbookPlaces {
  if (!existsSync(file)) {
    const message = `there is no configuration ${file}`
    throw new CliError(EXIT.usage, { code: 'CLI_NO_CONFIG', message, hint: 'name one with `--config FILE`' })
  }
  const opened = openText(file)
  if ('failure' in opened) throw refused(file, [unreadable(file, opened.failure)])
  const read = readText(opened.text, file)
  if (!read.ok) throw refused(file, read.problems)
  const document = entriesOf(read.value)
  const checked = checkShape(placesSchema, { runbooks: document.get('runbooks') ?? [] }, 'CONFIG')
  if (!checked.ok) throw refused(file, locateProblems(checked.problems, read.locate))
  const places = resolveRunbooks(checked.value.runbooks, dirname(file))
  if (places.length === 0) {
    const message = `${file} says nowhere where runbooks are kept`
    const hint = 'runbooks: [{ address: "https://wiki.example.com/runbooks", folder: runbooks }]'
    throw new CliError(EXIT.usage, { code: 'CLI_NO_RUNBOOKS', message, hint })
  }
  const journeys = document.get('journeys')
  const path = typeof journeys === 'string' ? journeys : 'journeys.yaml'
  const named = isAbsolute(path) ? path : join(dirname(file), path)
  return { places, definition: readJourneysFile(named).definition }
}
