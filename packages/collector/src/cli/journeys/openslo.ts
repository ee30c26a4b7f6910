import {
  exportOpenSlo,
  importOpenSlo,
  type Located,
  readOpenSlo,
  writeJourneys,
  writeOpenSlo,
} from '@tabiji/core/openslo'
import { hasErrors, type Problem } from '@tabiji/core/problem'
import type { Command } from 'commander'
import { readDefinition } from '../../config/definition.ts'
import { openText, unreadable } from '../../config/read.ts'
import { CliError, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { placed } from '../terminal/load.ts'
import { type Output, outputOf } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { JOURNEYS_DEFAULT, readJourneysFile } from './journeys-file.ts'

/** `tabiji openslo …`: the journeys file and OpenSLO v1, there and back. */
export function openSloCommand(io: Io): Command {
  return createCommand('openslo', io)
    .description('Exchange objectives with other tools as OpenSLO v1.')
    .addHelpText(
      'before',
      examples(
        'tabiji openslo export > slo.yaml',
        'tabiji openslo import slo.yaml > journeys.yaml',
        'tabiji openslo convert sloth.yaml pyrra.yaml > slo.yaml',
      ),
    )
    .addCommand(exportCommand(io))
    .addCommand(importCommand(io))
    .addCommand(convertCommand(io))
}

function exportCommand(io: Io): Command {
  return createCommand('export', io)
    .description('Write the journeys file as OpenSLO v1.')
    .argument('[journeys]', JOURNEYS_DEFAULT)
    .action((named: string | undefined, _: unknown, command: Command) => {
      const { documents, notes } = exportOpenSlo(readJourneysFile(named).definition)
      const output = outputOf(command, io)
      output.answer({ documents, notes }, () => writeOpenSlo(documents))
      for (const note of notes) output.note(`note: ${note}`)
    })
}

function importCommand(io: Io): Command {
  return createCommand('import', io)
    .description('Write the journeys file that OpenSLO documents speak of, and say what they hold besides.')
    .argument('<files...>', 'documents of OpenSLO v1')
    .action((files: readonly string[], _: unknown, command: Command) => {
      const output = outputOf(command, io)
      const { documents, warnings } = readAll(files)
      const { document, journeys, problems } = importOpenSlo(documents)
      if (hasErrors(problems)) throw refused(problems)
      tell([...warnings, ...problems], output)
      if (journeys === 0) {
        const hint = 'only what `tabiji openslo export` wrote has them; see docs/guides/openslo.md'
        const message = 'none of the documents says which steps a journey has'
        throw new CliError(EXIT.no, { code: 'CLI_NO_JOURNEYS', message, hint }, problems.map(complaint))
      }
      const text = writeJourneys(document)
      const read = readDefinition(text, 'the imported journeys')
      if (!read.ok) throw refused(read.problems)
      output.answer({ journeys: document, problems: [...warnings, ...problems] }, () => text)
    })
}

function convertCommand(io: Io): Command {
  return createCommand('convert', io)
    .description(
      'Read OpenSLO v1, Sloth or Pyrra leniently and write OpenSLO v1 strictly; what was forgiven or lost is told.',
    )
    .argument('<files...>', 'documents of OpenSLO v1, of Sloth or of Pyrra')
    .action((files: readonly string[], _: unknown, command: Command) => {
      const output = outputOf(command, io)
      const { documents, warnings } = readAll(files)
      tell(warnings, output)
      const strict = documents.map(({ document }) => document)
      output.answer({ documents: strict, problems: warnings }, () => writeOpenSlo(strict))
    })
}

/** @throws CliError with everything that is wrong with any of the files */
function readAll(files: readonly string[]): {
  readonly documents: readonly Located[]
  readonly warnings: readonly Problem[]
} {
  const read = files.map((file) => {
    const opened = openText(file)
    return 'failure' in opened
      ? ({ ok: false, problems: [unreadable(file, opened.failure)] } as const)
      : readOpenSlo(opened.text, file)
  })
  const problems = read.flatMap((each) => (each.ok ? each.warnings : each.problems))
  if (hasErrors(problems)) throw refused(problems)
  const documents = read.flatMap((each) => (each.ok ? each.documents : []))
  return { documents: withoutRepeats(documents), warnings: problems }
}

/** Files of one tool each speak of the same service and of the same people to tell. */
function withoutRepeats(documents: readonly Located[]): readonly Located[] {
  const first = new Map(documents.toReversed().map((each) => [JSON.stringify(each.document), each]))
  return documents.filter((each) => first.get(JSON.stringify(each.document)) === each)
}

function tell(problems: readonly Problem[], output: Output): void {
  for (const problem of problems) {
    output.note(`warning: ${placed(problem)}${problem.hint === undefined ? '' : ` (${problem.hint})`}`)
  }
}

function refused(problems: readonly Problem[]): CliError {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const message = `${errors.length} mistake${errors.length === 1 ? '' : 's'}, nothing was written`
  return new CliError(EXIT.usage, { code: 'CLI_REFUSED', message }, errors.map(complaint))
}

function complaint(problem: Problem) {
  return { code: problem.code, message: placed(problem), ...(problem.hint !== undefined && { hint: problem.hint }) }
}
