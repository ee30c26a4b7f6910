import { type Command, Option } from 'commander'
import type { Io } from '../terminal/io.ts'
import { createCommand, examples, keyArgument } from '../terminal/program.ts'
import { ask, byOption, reasonOption, record } from '../terminal/session.ts'
import { when } from '../terminal/when.ts'
import { silenceDetails as schema, silenceList } from './gate-answers.ts'
import { matchLines, silencePage, silenceTable } from './silence-text.ts'

/** `tabiji silence …`: what is not to be told of for a while, whose wish that is, and why. */
export function silenceCommand(io: Io): Command {
  const silence = createCommand('silence', io)
    .description('Keep alerts quiet for a while, with an owner, a reason and an end. What still rings then is told.')
    .addHelpText(
      'before',
      examples(
        'tabiji silence add journey=checkout level!=1 --for 2h --owner shop-team --reason "index rebuild"',
        'tabiji silence add "rule=~checkout/*" --until-idle 30m --owner suzuki --reason "known: INC-0007"',
        'tabiji silence preview journey=checkout --for 2h',
        'tabiji silence list',
        'tabiji silence extend SIL-0001 --for 1h --reason "it takes longer"',
        'tabiji silence end SIL-0001 --reason "done"',
      ),
    )
  addAdding(silence, io, 'add', 'Begin a silence, or plan one.')
  addAdding(silence, io, 'preview', 'Say what a silence would match now and in the last 7 days, and record nothing.')
  addReads(silence, io)
  addChanges(silence, io)
  return silence
}

const SILENCE = 'SIL-0001'

type Added = {
  /** Absent of a preview only. */
  readonly owner?: string
  readonly reason?: string
  readonly from?: string
  readonly to?: string
  readonly for?: string
  readonly untilIdle?: string
}

function addAdding(silence: Command, io: Io, verb: 'add' | 'preview', description: string): void {
  silence
    .command(verb)
    .description(description)
    .argument(
      '<matchers...>',
      'LABEL=VALUE, LABEL!=VALUE or LABEL=~PATTERN (* ? |), all of which must be true; labels: journey, step, objective, rule, level, owner, cause',
    )
    .addOption(new Option('--owner <name>', 'whom to ask about it').makeOptionMandatory(verb === 'add'))
    .addOption(reasonOption().makeOptionMandatory(verb === 'add'))
    .option('--for <duration>', 'how long, such as 2h; 30d at most')
    .option('--to <time>', 'its end instead: HH:MM today in the time zone of the journeys file, or ISO 8601')
    .option('--from <time>', 'its beginning (default: now)')
    .option('--until-idle <duration>', 'end by itself when nothing that it matches was open for so long')
    .addOption(byOption())
    .action(
      (matchers: readonly string[], { owner, reason, from, to, for: length, untilIdle }: Added, command: Command) =>
        record(command, io, {
          path: '/silences',
          body: {
            matchers,
            ...(owner !== undefined && { owner }),
            ...(reason !== undefined && { reason }),
            ...(from !== undefined && { from }),
            ...(to !== undefined && { to }),
            ...(length !== undefined && { for: length }),
            ...(untilIdle !== undefined && { untilIdle }),
            ...(verb === 'preview' && { preview: true }),
          },
          schema,
          says: (details) => {
            const { key, from: begins, to: ends } = details.silence
            const what = details.preview === true ? 'nothing is recorded; it would be' : `${key} is`
            return [`${what} in force from ${when(begins)} to ${when(ends)}`, ...matchLines(details)].join('\n')
          },
          next: ({ silence: { key }, preview }) =>
            preview === true
              ? 'the same with add, --owner and --reason'
              : `tabiji silence end ${key} --reason …, as soon as it may`,
        }),
    )
}

function addReads(silence: Command, io: Io): void {
  silence
    .command('list')
    .description('List silences, newest first.')
    .addOption(
      new Option('--state <state>', 'which ones; live: planned and active')
        .choices(['live', 'planned', 'active', 'ended', 'expired', 'all'])
        .default('live'),
    )
    .action((options: { readonly state: string }, command: Command) =>
      ask(command, io, {
        path: '/silences',
        query: options,
        schema: silenceList,
        shows: ({ silences }, output) => silenceTable(silences, output),
      }),
    )
  silence
    .command('show')
    .description('Show a silence, what it matches, and everything that was recorded about it.')
    .addArgument(keyArgument(SILENCE))
    .action((key: string, _: object, command: Command) =>
      ask(command, io, { path: `/silences/${key}`, schema, shows: silencePage }),
    )
}

type Extended = { readonly reason: string; readonly to?: string; readonly for?: string }

function addChanges(silence: Command, io: Io): void {
  silence
    .command('extend')
    .description('Move the end of a silence to a later time. The list keeps who did and why.')
    .addArgument(keyArgument(SILENCE))
    .option('--for <duration>', 'how long from now')
    .option('--to <time>', 'its end instead')
    .addOption(reasonOption())
    .addOption(byOption())
    .action((key: string, { reason, to, for: length }: Extended, command: Command) =>
      record(command, io, {
        path: `/silences/${key}/extend`,
        body: { reason, ...(to !== undefined && { to }), ...(length !== undefined && { for: length }) },
        schema,
        says: ({ silence: { to: ends } }) => `${key} is in force until ${when(ends)}`,
        next: () => `tabiji silence show ${key}`,
      }),
    )
  silence
    .command('end')
    .description('End a silence now: what it kept quiet and still rings is told at once.')
    .addArgument(keyArgument(SILENCE))
    .addOption(reasonOption())
    .addOption(byOption())
    .action((key: string, { reason }: { readonly reason: string }, command: Command) =>
      record(command, io, {
        path: `/silences/${key}/end`,
        body: { reason },
        schema,
        says: () => `${key} ended; what it kept quiet and still rings is told`,
        next: () => 'tabiji alerts list',
      }),
    )
}
