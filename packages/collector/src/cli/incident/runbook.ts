import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Journey } from '@tabiji/core/journey'
import { hintFor } from '@tabiji/core/problem'
import { isSymptom, OUTCOME_SYMPTOMS, outlineOf, runbookTemplate, type Symptom } from '@tabiji/core/runbook'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { pagesOf } from '../../app/parts.ts'
import { CliError, CliExit, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { DEFAULT_CONFIG } from '../terminal/load.ts'
import { outputOf } from '../terminal/output.ts'
import { createCommand, examples, keyArgument } from '../terminal/program.ts'
import { ask } from '../terminal/session.ts'
import { choiceAnswer, rankAnswer } from './runbook-answers.ts'
import { checkRunbooks, isFine } from './runbook-check.ts'
import { type RunbookPlaces, readRunbookPlaces } from './runbook-places.ts'
import { choiceText, findingsText, rankTable, runbookPage, runbookTable } from './runbook-text.ts'

/** `tabiji runbook …`: pages that say what to do, which alert brings which, and whether they help. */
export function runbookCommand(io: Io): Command {
  const runbook = createCommand('runbook', io)
    .description('Write runbooks, check them, see which alert brings which, and whether they help.')
    .addHelpText(
      'before',
      examples(
        'tabiji runbook new checkout pay --symptom slow --language ja',
        'tabiji runbook check --offline --strict',
        'tabiji runbook for A-0042',
        'tabiji runbook rank',
      ),
    )
  addReads(runbook, io)
  addCheck(runbook, io)
  addNew(runbook, io)
  addAsks(runbook, io)
  return runbook
}

type Where = { readonly config?: string }

function configOption(): Option {
  return new Option('-c, --config <file>', `the configuration that says where they lie (default: ${DEFAULT_CONFIG})`)
}

function addReads(runbook: Command, io: Io): void {
  runbook
    .command('list')
    .description('List the runbooks of the folders, and what each is for.')
    .addOption(configOption())
    .action(({ config }: Where, command: Command) => {
      const runbooks = allPages(readRunbookPlaces(config)).flatMap((page) => page.runbook ?? [])
      outputOf(command, io).answer({ runbooks }, () => runbookTable(runbooks))
    })
  runbook
    .command('show')
    .description('Show what a runbook is for, its headings and its steps.')
    .argument('<file>', 'below its folder, such as checkout/slow.md')
    .addOption(configOption())
    .action((file: string, { config }: Where, command: Command) => {
      const pages = allPages(readRunbookPlaces(config)).filter((page) => page.runbook !== undefined)
      const page = pages.find((each) => each.file === file || each.file === `${file}.md`)
      if (page?.runbook === undefined)
        throw unknown(
          'runbook',
          file,
          pages.map((each) => each.file),
        )
      const { runbook: found, text, matter } = page
      const outline = outlineOf(text.split(/\r?\n/).slice(matter.lines).join('\n'), matter.lines)
      outputOf(command, io).answer({ runbook: found, ...outline }, () => runbookPage(found, outline))
    })
}

function allPages({ places }: RunbookPlaces) {
  return places.flatMap(pagesOf)
}

type CheckOptions = Where & { readonly offline?: boolean; readonly strict?: boolean }

function addCheck(runbook: Command, io: Io): void {
  runbook
    .command('check')
    .description('Check what runbooks say of themselves, their links, owners and age; name journeys without any.')
    .addOption(configOption())
    .option('--offline', 'do not ask for the addresses that they link to')
    .option('--strict', 'let warnings and journeys without a runbook fail, too')
    .action(async ({ config, offline = false, strict = false }: CheckOptions, command: Command) => {
      const findings = await checkRunbooks(readRunbookPlaces(config), offline, io.now())
      const fine = isFine(findings, strict)
      const { sources: _, ...told } = findings
      outputOf(command, io).answer({ ok: fine, ...told }, () => findingsText(findings))
      if (!fine) throw new CliExit(EXIT.no)
    })
}

type NewOptions = Where & { readonly symptom?: Symptom; readonly language: 'en' | 'ja'; readonly out?: string }

function addNew(runbook: Command, io: Io): void {
  runbook
    .command('new')
    .description('Write a runbook to fill in. A file that is there already is never touched.')
    .argument('<journey>', 'the journey that it is for')
    .argument('[step]', 'the step that it is for (default: all)')
    .option('--symptom <what>', `${OUTCOME_SYMPTOMS.join(', ')} or dependency:NAME (default: any)`, symptomOf)
    .addOption(new Option('--language <language>', 'of the page').choices(['en', 'ja']).default('en'))
    .option('-o, --out <file>', 'where to (default: below the first folder of runbooks)')
    .addOption(configOption())
    .action((name: string, step: string | undefined, options: NewOptions, command: Command) => {
      const { symptom, language, config } = options
      const read = readRunbookPlaces(config)
      const { title, owner } = journeyOf(name, step, read)
      const about = [...(step === undefined ? [] : [step]), ...(symptom === undefined ? [] : [symptom])].join(' ')
      const named = about === '' ? title : { en: `${title.en}: ${about}`, ja: `${title.ja}:${about}` }
      const text = runbookTemplate({
        language,
        journey: name,
        title: named,
        ...(step !== undefined && { step }),
        ...(symptom !== undefined && { symptom }),
        ...(owner !== undefined && { owner }),
      })
      const file =
        options.out ?? join(read.places[0]?.folder ?? '.', name, `${about.replace(/[: ]/g, '-') || 'README'}.md`)
      writeNew(file, text)
      outputOf(command, io).answer({ file }, () => `${file} is there to be filled in\n`)
      outputOf(command, io).note('next: tabiji runbook check')
    })
}

function journeyOf(name: string, step: string | undefined, { definition }: RunbookPlaces): Journey {
  const { journeys } = definition
  const journey = journeys.find((each) => each.name === name)
  if (journey === undefined)
    throw unknown(
      'journey',
      name,
      journeys.map((each) => each.name),
    )
  const steps = journey.steps.map((each) => each.name)
  if (step !== undefined && !steps.includes(step)) throw unknown(`step of ${name}`, step, steps)
  return journey
}

function unknown(what: string, name: string, known: readonly string[]): CliError {
  const hint = hintFor(name, known)
  const message = `there is no ${what} ${name}`
  return new CliError(EXIT.usage, { code: 'CLI_UNKNOWN', message, ...(hint !== undefined && { hint }) })
}

function symptomOf(text: string): Symptom {
  if (isSymptom(text)) return text
  throw new InvalidArgumentError(`Expected ${OUTCOME_SYMPTOMS.join(', ')} or dependency:NAME`)
}

function writeNew(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true })
    const handle = openSync(file, 'wx')
    writeSync(handle, text)
    closeSync(handle)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const message = code === 'EEXIST' ? `${file} is there already` : `cannot write ${file} (${code})`
    throw new CliError(EXIT.usage, { code: 'CLI_WRITE', message, hint: 'name another file with `--out`' }, [], {
      cause: error,
    })
  }
}

function addAsks(runbook: Command, io: Io): void {
  runbook
    .command('for')
    .description('Show which runbook an alert, or each alert of an incident, brings along, and why no other.')
    .addArgument(keyArgument('A-0042 or INC-0007'))
    .action((key: string, _: object, command: Command) =>
      ask(command, io, { path: `/runbooks/for/${key}`, schema: choiceAnswer, shows: choiceText }),
    )
  runbook
    .command('rank')
    .description('Rank the rules that paged people by how many pages had no useful runbook.')
    .option('--for <duration>', 'how far back', '90d')
    .action((query: { readonly for: string }, command: Command) =>
      ask(command, io, { path: '/runbooks/rank', query, schema: rankAnswer, shows: rankTable }),
    )
}
