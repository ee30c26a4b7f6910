import { existsSync } from 'node:fs'
import { DEFAULT_CHECKLISTS } from '@tabiji/core/incident'
import type { Level } from '@tabiji/core/journey'
import { renderProblems } from '@tabiji/core/problem'
import { type Command, Option } from 'commander'
import stringWidth from 'string-width'
import { readChecklist } from '../../config/checklist-file.ts'
import type { Checklist } from '../../config/checklists.ts'
import { CliExit, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { DEFAULT_CONFIG, loadConfig } from '../terminal/load.ts'
import { outputOf } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { checklistLines, checklistYaml } from './checklist-text.ts'

/** `tabiji checklist …`: what to do first, as files in your repository. */
export function checklistCommand(io: Io): Command {
  return createCommand('checklist', io)
    .description('Write, check and show what to do first when something breaks.')
    .addHelpText(
      'before',
      examples(
        'tabiji checklist new > first-response.yaml',
        'tabiji checklist check first-response.yaml',
        'tabiji checklist show --level 1 --lang ja',
      ),
    )
    .addCommand(newCommand(io))
    .addCommand(checkCommand(io))
    .addCommand(showCommand(io))
}

function levelOption(): Option {
  return new Option('--level <level>', '1 page now, 2 next business day, 3 make known')
    .choices(['1', '2', '3'])
    .default('1')
}

function newCommand(io: Io): Command {
  return createCommand('new', io)
    .description('Print the checklist that comes with Tabiji, as a file to begin with.')
    .addOption(levelOption())
    .action(({ level }: { readonly level: string }, command: Command) => {
      const items = DEFAULT_CHECKLISTS[Number(level) as Level]
      outputOf(command, io).answer({ items }, () => checklistYaml(items, Number(level)))
    })
}

function checkCommand(io: Io): Command {
  return createCommand('check', io)
    .description('Say everything that is wrong with checklists.')
    .argument('<files...>', 'YAML or JSON')
    .action((files: readonly string[], _: object, command: Command) => {
      const found = files.map((file) => ({ file, read: readChecklist(file) }))
      const problems = found.flatMap(({ read }) => (read.ok ? read.warnings : read.problems))
      const sources = Object.fromEntries(found.map(({ file, read }) => [file, read.ok ? '' : read.text]))
      const counted = found.map(({ file, read }) => ({ file, items: read.ok ? read.items.length : 0 }))
      const isFine = found.every(({ read }) => read.ok)
      outputOf(command, io).answer({ ok: isFine, files: counted, problems }, () => {
        const fine = found.flatMap(({ file, read }) =>
          read.ok ? [`No problems in ${file}: ${read.items.length} items.\n`] : [],
        )
        const wrong = problems.length === 0 ? '' : `${renderProblems(problems, sources, stringWidth)}\n`
        return `${fine.join('')}${wrong}`
      })
      const isUnread = problems.some(({ code }) => code === 'FILE_UNREADABLE')
      if (!isFine) throw new CliExit(isUnread ? EXIT.usage : EXIT.no)
    })
}

type ShowOptions = { readonly level: string; readonly lang: 'en' | 'ja'; readonly config?: string }

function showCommand(io: Io): Command {
  return createCommand('show', io)
    .description('Show what to do first at a level: the list of the configuration, or else the one of Tabiji.')
    .addOption(levelOption())
    .addOption(new Option('--lang <language>', 'the language of the items').choices(['en', 'ja']).default('en'))
    .option('-c, --config <file>', `the configuration (default: ${DEFAULT_CONFIG} if there is one)`)
    .action(({ level, lang, config }: ShowOptions, command: Command) => {
      const { items, file } = checklistOf(Number(level) as Level, config, io)
      const output = outputOf(command, io)
      output.answer({ level: Number(level), ...(file !== undefined && { file }), items }, () =>
        checklistLines(items, lang),
      )
      output.note(file === undefined ? 'this list comes with Tabiji; tabiji checklist new writes it' : `from ${file}`)
    })
}

function checklistOf(level: Level, named: string | undefined, io: Io): Checklist {
  if (named === undefined && !existsSync(DEFAULT_CONFIG)) return { items: DEFAULT_CHECKLISTS[level] }
  return loadConfig(named ?? DEFAULT_CONFIG, io).checklists()[level]
}
