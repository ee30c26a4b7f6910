import { existsSync, writeFileSync } from 'node:fs'
import type { Command } from 'commander'
import { CliError, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { DEFAULT_CONFIG, loadConfig } from '../terminal/load.ts'
import { outputOf } from '../terminal/output.ts'
import { placesOf } from '../terminal/places.ts'
import { collect, createCommand, examples } from '../terminal/program.ts'
import { readCandidates } from './journeys-candidates.ts'
import { candidatesText } from './journeys-candidates-text.ts'
import { exportModule } from './journeys-export.ts'
import { JOURNEYS_DEFAULT, readJourneysFile } from './journeys-file.ts'
import { readLearned } from './journeys-learn.ts'
import { learnedText } from './journeys-text.ts'

type ExportOptions = { readonly name?: string; readonly out?: string }
type CandidateOptions = { readonly config?: string; readonly journeys?: string; readonly target: readonly string[] }
type LearnOptions = { readonly journeys?: string; readonly write?: boolean }

/** `tabiji journeys …`: the journeys file, made from code and from traffic. */
export function journeysCommand(io: Io): Command {
  const journeys = createCommand('journeys', io).description('Make the journeys file from code and from traffic.')
  journeys.addHelpText(
    'before',
    examples(
      'tabiji journeys export src/journeys.ts --out journeys.json',
      'tabiji journeys learn observations.jsonl',
      'tabiji journeys candidates',
    ),
  )
  return journeys.addCommand(exportCommand(io)).addCommand(learnCommand(io)).addCommand(candidatesCommand(io))
}

function exportCommand(io: Io): Command {
  return createCommand('export', io)
    .description(
      'Write the journeys of a TypeScript or JavaScript module as JSON, with the same fingerprint. It runs the module.',
    )
    .argument('<module>', 'the file that has `defineJourneys`')
    .option('--name <export>', 'which of its exports, when several are journeys')
    .option('--out <file>', 'where to (default: print it)')
    .action(async (module: string, { name, out }: ExportOptions, command: Command) => {
      const output = outputOf(command, io)
      const { json, fingerprint } = await exportModule(module, name)
      if (out === undefined) return void io.stdout.write(json)
      writeOrTell(out, json)
      output.answer(
        { file: out, fingerprint },
        () => `${out} has the journeys of ${module}, fingerprint ${fingerprint}\n`,
      )
      output.note(`next: tabiji check ${out}`)
    })
}

function learnCommand(io: Io): Command {
  return createCommand('learn', io)
    .description('Propose steps and promised times from what services saw during a test run, as a patch.')
    .argument('<observations...>', 'files that services wrote with TABIJI_LEARN')
    .option('--journeys <file>', JOURNEYS_DEFAULT)
    .option('--write', 'change the journeys file instead of printing the patch')
    .action((files: readonly string[], { journeys: named, write = false }: LearnOptions, command: Command) => {
      const output = outputOf(command, io)
      const learned = readLearned(named, files)
      const { journeysFile: journeys } = learned
      for (const { file, line, message } of learned.refused) output.note(`${file}:${line} is left out: ${message}`)
      const written = write && learned.patch !== ''
      if (written) writeOrTell(journeys, learned.patched)
      const { observations, proposal, patch, refused } = learned
      output.answer({ journeys, observations, ...proposal, patch, written, refused }, () =>
        learnedText(learned, written, output),
      )
      if (written) output.note(`next: look at the names, then tabiji check ${journeys}`)
      else if (patch !== '') output.note('next: the same with --write, or the patch into `git apply`')
    })
}

function candidatesCommand(io: Io): Command {
  return createCommand('candidates', io)
    .description('Show what the budgets would be by the candidate times, as services counted since they started.')
    .option(
      '-c, --config <file>',
      `the configuration, whose targets are asked (default: ${DEFAULT_CONFIG} if there is one)`,
    )
    .option('--journeys <file>', 'the journeys file (default: that of the configuration, else journeys.yaml)')
    .option('--target <address>', 'the /metrics of a running service; may be given several times', collect, [])
    .action(async ({ config: file, journeys, target }: CandidateOptions, command: Command) => {
      const output = outputOf(command, io)
      const config =
        file === undefined && !existsSync(DEFAULT_CONFIG) ? undefined : loadConfig(file ?? DEFAULT_CONFIG, io)
      const { places, lists } = await placesOf(target, config)
      for (const { name, troubles } of lists) {
        for (const trouble of troubles) output.note(`discovery ${name}: ${trouble}`)
      }
      if (places.length === 0) {
        const hint = 'name one with `--target http://127.0.0.1:3000/metrics`, or a configuration with targets'
        throw new CliError(EXIT.usage, { code: 'CLI_NO_TARGETS', message: 'there is no service to ask', hint })
      }
      const { definition } = readJourneysFile(journeys ?? config?.journeysFile)
      const read = await readCandidates(definition, places)
      for (const { target: unread, message } of read.unread) output.note(`${unread} is left out: ${message}`)
      output.answer(read, () => candidatesText(read))
    })
}

function writeOrTell(file: string, text: string): void {
  try {
    writeFileSync(file, text)
  } catch (error) {
    const message = `cannot write ${file} (${(error as NodeJS.ErrnoException).code})`
    throw new CliError(
      EXIT.usage,
      { code: 'CLI_WRITE', message, hint: 'name a file in a folder that you may write' },
      [],
      { cause: error },
    )
  }
}
