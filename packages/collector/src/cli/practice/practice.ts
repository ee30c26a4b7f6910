import { DEFAULT_PRACTICE } from '@tabiji/core/practice'
import { renderProblems } from '@tabiji/core/problem'
import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import stringWidth from 'string-width'
import { openBounded } from '../../config/checklist-file.ts'
import { readPracticeList } from '../../config/practice-file.ts'
import { CliExit, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { outputOf } from '../terminal/output.ts'
import { createCommand, examples } from '../terminal/program.ts'
import { ask, byOption, keyOption, record } from '../terminal/session.ts'
import { memberDetails, memberPage, practiceOverview, practicePage, practiceYaml } from './practice-text.ts'

/** `tabiji practice …`: who led how often, which drills are due, and what new members do. */
export function practiceCommand(io: Io): Command {
  const practice = createCommand('practice', io)
    .description('See who led how often, who should lead next, and which drills are due. Nothing of it is in a report.')
    .addHelpText(
      'before',
      examples(
        'tabiji practice',
        'tabiji practice --journey checkout',
        'tabiji practice member suzuki',
        'tabiji practice read suzuki checkout/slow.md',
        'tabiji practice tick suzuki access',
        'tabiji practice checklist new > new-member.yaml',
      ),
    )
    .option('--journey <name>', 'propose who leads the next drill of this journey (default: any)')
    .action((query: { readonly journey?: string }, command: Command) =>
      ask(command, io, { path: '/practice', query, schema: practiceOverview, shows: practicePage }),
    )
  addMember(practice, io)
  addSaying(practice, io)
  return practice.addCommand(checklistCommand(io))
}

function nameArgument(): Argument {
  return new Argument('<name>', 'a member, as the configuration names them').argParser((text: string) => {
    const name = text.trim()
    // Two dots would lead to another address.
    if (name !== '' && name.length <= 100 && !/^\.{1,2}$/.test(name)) return name
    throw new InvalidArgumentError('Expected a name of 1 to 100 characters')
  })
}

const pathOf = (name: string) => `/practice/members/${encodeURIComponent(name)}`

function addMember(practice: Command, io: Io): void {
  practice
    .command('member')
    .description('Show what somebody led, how far their checklist is, and which runbooks they have read.')
    .addArgument(nameArgument())
    .addOption(new Option('--lang <language>', 'the language of the items').choices(['en', 'ja']).default('en'))
    .action((name: string, { lang }: { readonly lang: 'en' | 'ja' }, command: Command) =>
      ask(command, io, { path: pathOf(name), schema: memberDetails, shows: (told) => memberPage(told, lang) }),
    )
}

type Said = { readonly key?: string }

function addSaying(practice: Command, io: Io): void {
  for (const verb of ['tick', 'untick'] as const) {
    practice
      .command(verb)
      .description(
        verb === 'tick'
          ? 'Say that something of the checklist is done.'
          : 'Say that it is not done, whatever the record has seen.',
      )
      .addArgument(nameArgument())
      .argument('<item>', 'its id, as `tabiji practice member` shows it')
      .addOption(byOption())
      .addOption(keyOption())
      .action((name: string, item: string, { key }: Said, command: Command) =>
        record(command, io, {
          path: `${pathOf(name)}/${verb}`,
          body: { item },
          key,
          schema: memberDetails,
          says: ({ member: { checklist } }) =>
            `${name}: ${item} is ${verb}ed, ${checklist.done} of ${checklist.of} done`,
          next: () => `tabiji practice member ${name}`,
        }),
      )
  }
  practice
    .command('read')
    .description('Say that somebody has read a runbook.')
    .addArgument(nameArgument())
    .argument('<runbook>', 'its file, such as checkout/slow.md, or its address')
    .addOption(byOption())
    .addOption(keyOption())
    .action((name: string, runbook: string, { key }: Said, command: Command) =>
      record(command, io, {
        path: `${pathOf(name)}/read`,
        body: { runbook },
        key,
        schema: memberDetails,
        says: ({ runbooks }) => {
          const read = runbooks.filter(({ readAt }) => readAt !== undefined).length
          return `${name} has read ${runbook}; ${read} of ${runbooks.length} of their runbooks are read`
        },
        next: ({ runbooks }) => {
          const unread = runbooks.find(({ readAt }) => readAt === undefined)
          return unread === undefined ? `tabiji practice member ${name}` : `tabiji practice read ${name} ${unread.file}`
        },
      }),
    )
}

function checklistCommand(io: Io): Command {
  const checklist = createCommand('checklist', io).description('Write and check what a new member does, as a file.')
  checklist
    .command('new')
    .description('Print the list that comes with Tabiji, as a file to begin with.')
    .action((_: object, command: Command) =>
      outputOf(command, io).answer({ items: DEFAULT_PRACTICE }, () => practiceYaml(DEFAULT_PRACTICE)),
    )
  checklist
    .command('check')
    .description('Say everything that is wrong with such a file.')
    .argument('<file>', 'YAML or JSON')
    .action((file: string, _: object, command: Command) => {
      const read = readPracticeList(openBounded(file), file)
      const problems = read.ok ? read.warnings : read.problems
      outputOf(command, io).answer({ ok: read.ok, file, problems }, () => {
        const fine = read.ok ? `No problems in ${file}: ${read.items.length} items.\n` : ''
        const sources = read.ok ? {} : { [file]: read.text }
        return problems.length === 0 ? fine : `${fine}${renderProblems(problems, sources, stringWidth, false)}\n`
      })
      const isUnread = problems.some(({ code }) => code === 'FILE_UNREADABLE')
      if (!read.ok) throw new CliExit(isUnread ? EXIT.usage : EXIT.no)
    })
  return checklist
}
