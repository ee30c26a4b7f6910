import {
  type Fishbone,
  ishikawaOf,
  type LintHint,
  lintPostmortem,
  outlineOf,
  POSTMORTEM_LANGUAGES,
  type PostmortemLanguage,
  readFishbone,
} from '@tabiji/core/postmortem'
import { fishboneSvg } from '@tabiji/report'
import { type Command, InvalidArgumentError, Option } from 'commander'
import type { Io } from '../terminal/io.ts'
import { outputOf } from '../terminal/output.ts'
import { printable } from '../terminal/printable.ts'
import { collect, createCommand, examples } from '../terminal/program.ts'
import { addDraft, addStates } from './postmortem-draft.ts'
import { readFileOf, refusedFile } from './postmortem-file.ts'
import { addList } from './postmortem-list.ts'

/** `tabiji postmortem …`: what is written after an incident; the files stay where they are written. */
export function postmortemCommand(io: Io): Command {
  const postmortem = createCommand('postmortem', io)
    .description('Write postmortems: a draft from the record, causes as a fishbone, words that blame nobody.')
    .addHelpText(
      'before',
      examples(
        'tabiji postmortem draft INC-0007 --lang ja --out postmortems/INC-0007.md',
        'tabiji postmortem list --state overdue',
        'tabiji postmortem check postmortems/INC-0007.md',
        'tabiji postmortem lint postmortems/INC-0007.md --person suzuki',
        'tabiji postmortem fishbone causes.yaml --as svg > causes.svg',
      ),
    )
  addList(postmortem, io)
  addDraft(postmortem, io)
  addStates(postmortem, io)
  addLint(postmortem, io)
  addFishbone(postmortem, io)
  return postmortem
}

function addLint(postmortem: Command, io: Io): void {
  postmortem
    .command('lint')
    .description(
      'Hint at wordings that speak of people instead of the situation, in English and Japanese. Never blocks.',
    )
    .argument('<file>', 'a postmortem in Markdown')
    .option('--person <name>', 'somebody who was there and need not be named; may be repeated', collect)
    .action((file: string, { person = [] }: { readonly person?: readonly string[] }, command: Command) => {
      const output = outputOf(command, io)
      const hints = lintPostmortem(readFileOf(file), file, person)
      output.answer({ hints }, () => hints.map(hintLine).join('') || 'Nothing to hint at.\n')
    })
}

function hintLine({ at, found, instead, rule }: LintHint): string {
  return `${printable(`${at.file}:${at.line}:${at.column}  ${found}  (${rule})`)}\n    instead: ${printable(instead)}\n`
}

const FORMS = {
  svg: (fishbone, language, width) => fishboneSvg(fishbone, { language, ...(width !== undefined && { width }) }),
  outline: outlineOf,
  mermaid: ishikawaOf,
} as const satisfies Record<string, (fishbone: Fishbone, language: PostmortemLanguage, width?: number) => string>

type Drawn = { readonly as: keyof typeof FORMS; readonly lang: PostmortemLanguage; readonly width?: number }

function addFishbone(postmortem: Command, io: Io): void {
  postmortem
    .command('fishbone')
    .description('Draw the causes of an incident from a file, as a picture or as a list.')
    .argument('<file>', 'YAML or JSON: effect, and bones with their causes; docs/guides/postmortems.md')
    .addOption(new Option('--as <form>', 'what to write').choices(Object.keys(FORMS)).default('outline'))
    .addOption(languageOption())
    .option('--width <pixels>', 'of the picture (default: 960)', pixels)
    .action((file: string, { as, lang, width }: Drawn, command: Command) => {
      const read = readFishbone(readFileOf(file), file)
      if (!read.ok) throw refusedFile(read.problems)
      const text = FORMS[as](read.fishbone, lang, width)
      outputOf(command, io).answer({ fishbone: read.fishbone, text }, () => text)
    })
}

/** In which language it is written. */
function languageOption(): Option {
  return new Option('--lang <language>', 'of the headings').choices(POSTMORTEM_LANGUAGES).default('en')
}

function pixels(text: string): number {
  if (/^[1-9]\d{2,3}$/.test(text)) return Number(text)
  throw new InvalidArgumentError('Expected a whole number of pixels from 100 to 9999.')
}
