import { readJourneys } from '@tabiji/core/journey/document'
import {
  type Proposal,
  patchJourneys,
  proposeSteps,
  readObservations,
  sumObservations,
} from '@tabiji/core/journey/learning'
import { createTwoFilesPatch } from 'diff'
import { openText } from '../../config/read.ts'
import { CliError, EXIT } from '../terminal/exit.ts'
import { placed } from '../terminal/load.ts'
import { readJourneysFile } from './journeys-file.ts'

/** What a test run's traffic says about a journeys file. */
export type Learned = {
  readonly journeysFile: string
  /** Lines that were read. */
  readonly observations: number
  readonly refused: readonly { readonly file: string; readonly line: number; readonly message: string }[]
  readonly proposal: Proposal
  /** The journeys file with the proposal in it. */
  readonly patched: string
  /** The difference as a unified diff; empty when there is none. */
  readonly patch: string
}

/**
 * @param named the journeys file; absent: the usual one
 * @throws CliError when a file cannot be read, or nothing was observed
 */
export function readLearned(named: string | undefined, files: readonly string[]): Learned {
  const { file: journeysFile, definition } = readJourneysFile(named)
  const text = readOrTell(journeysFile)
  const lines = files.map((file) => ({ file, ...readObservations(readOrTell(file)) }))
  const observations = lines.flatMap((each) => each.observations)
  const refused = lines.flatMap((each) => each.refused.map((line) => ({ file: each.file, ...line })))
  if (observations.length === 0) {
    const message = `nothing was observed in ${files.join(', ')}`
    const hint = 'start the services with TABIJI_LEARN=observations.jsonl, then run the test'
    throw new CliError(EXIT.noData, { code: 'LEARN_NOTHING', message, hint })
  }
  const proposal = proposeSteps(definition, sumObservations(observations))
  const patched = patchJourneys(text, proposal)
  assertSound(patched, journeysFile)
  const patch = patched === text ? '' : createTwoFilesPatch(journeysFile, journeysFile, text, patched)
  return { journeysFile, observations: observations.length, refused, proposal, patched, patch }
}

/** A patch that breaks the file would be a mistake of ours: better none. */
function assertSound(patched: string, file: string): void {
  const read = readJourneys(patched, file)
  if (read.ok) return
  const [problem] = read.problems
  throw new Error(`the patch of ${file} could not be read: ${problem === undefined ? '' : placed(problem)}`)
}

function readOrTell(file: string): string {
  const opened = openText(file)
  if (!('failure' in opened)) return opened.text
  const message = `cannot read ${file} (${opened.failure})`
  throw new CliError(EXIT.usage, { code: 'CLI_UNREADABLE', message, hint: 'name a file that exists' })
}
