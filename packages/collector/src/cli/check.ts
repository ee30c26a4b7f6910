import { existsSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import { entriesOf, hasErrors } from '@tabiji/core/problem'
import { readText } from '@tabiji/core/problem/document'
import type { Command } from 'commander'
import { isForbiddenAddress } from '../app/app.ts'
import type { Config } from '../config/config.ts'
import { readDefinition } from '../config/definition.ts'
import { openText, readConfig, UNREADABLE, unreadable } from '../config/read.ts'
import { mayHoldSecret } from '../config/secret.ts'
import { checkJson, checkText } from './check-text.ts'
import { CliExit, EXIT } from './exit.ts'
import { type Findings, merge, NOTHING } from './findings.ts'
import type { Io } from './io.ts'
import { createCommand, examples } from './program.ts'

type CheckOptions = { readonly json?: boolean; readonly strict?: boolean }

/** 0 fine, 1 something is wrong (with `--strict`: or could be better), 2 a file cannot be read. */
type CheckExit = typeof EXIT.fine | typeof EXIT.no | typeof EXIT.usage

/** `tabiji check`: reads configurations and journeys files and says what is wrong, and what rings when. */
export function checkCommand(io: Io): Command {
  return createCommand('check', io)
    .description('Check configurations and journeys files, and say what rings when.')
    .addHelpText('before', examples('tabiji check', 'tabiji check journeys.yaml --strict', 'tabiji check --json'))
    .argument('[files...]', 'default: tabiji.yaml if there is one, else journeys.yaml')
    .option('--strict', 'let warnings fail, too')
    .action((files: readonly string[], _: unknown, command: Command) => {
      const exit = checkFiles(files, command.optsWithGlobals<CheckOptions>(), io)
      if (exit !== EXIT.fine) throw new CliExit(exit)
    })
}

/** Prints what was found and says how it ended. */
function checkFiles(files: readonly string[], { json = false, strict = false }: CheckOptions, io: Io): CheckExit {
  const asked = files.length > 0 ? files : [existsSync('tabiji.yaml') ? 'tabiji.yaml' : 'journeys.yaml']
  const findings = asked.reduce((found, file) => {
    const isKnown = found.files.some((known) => resolve(known.file) === resolve(file))
    return isKnown ? found : merge([found, checkFile(file, io.env)])
  }, NOTHING)
  const { problems } = findings
  const isFine = strict ? problems.length === 0 : !hasErrors(problems)
  io.stdout.write(json ? checkJson(findings, isFine) : checkText(findings))
  if (problems.some(({ code }) => code === UNREADABLE)) return EXIT.usage
  return isFine ? EXIT.fine : EXIT.no
}

function checkFile(file: string, env: Io['env']): Findings {
  const opened = openText(file)
  if ('failure' in opened) return { ...NOTHING, problems: [unreadable(file, opened.failure)] }
  const read = readText(opened.text, file)
  if (!read.ok) {
    const sources = { [file]: read.conceal(mayHoldSecret) }
    return { ...NOTHING, files: [{ file, kind: 'unclear' }], problems: read.problems, sources }
  }
  const document = entriesOf(read.value)
  const journeys = document.get('journeys')
  if (typeof journeys !== 'string' && !document.has('store') && !document.has('targets')) {
    return checkJourneys(file, opened.text)
  }
  return checkConfig(file, journeys, env)
}

function checkConfig(file: string, journeys: unknown, env: Io['env']): Findings {
  const read = readConfig(file, env, isForbiddenAddress)
  const own: Findings = {
    ...NOTHING,
    files: [{ file, kind: 'configuration' }],
    problems: read.ok ? read.warnings : read.problems,
    sources: { [file]: read.shown },
  }
  if (typeof journeys !== 'string') return own
  const named = isAbsolute(journeys) ? journeys : join(dirname(file), journeys)
  const opened = openText(named)
  if ('failure' in opened) return merge([own, { ...NOTHING, problems: [unreadable(named, opened.failure)] }])
  return merge([own, checkJourneys(named, opened.text, read.ok ? read.config.ledger : undefined)])
}

function checkJourneys(file: string, text: string, ledger?: Config['ledger']): Findings {
  const read = readDefinition(text, file, ledger)
  const sources = { [file]: text }
  if (!read.ok) return { ...NOTHING, files: [{ file, kind: 'journeys' }], problems: read.problems, sources }
  const { definition, warnings, advice } = read
  const checked = { file, kind: 'journeys', fingerprint: definition.fingerprint } as const
  return { files: [checked], problems: warnings, advice, sources }
}
