import { type Command, Option } from 'commander'
import { maskSecrets } from '../../app/incident-import.ts'
import { CliError, EXIT } from '../terminal/exit.ts'
import type { Io } from '../terminal/io.ts'
import { collect, keyArgument } from '../terminal/program.ts'
import { ask, byOption, keyOption, reasonOption, record } from '../terminal/session.ts'
import { readDecision } from './decision-file.ts'
import { newestOf, timelineAnswer as schema, timelinePage } from './timeline-answers.ts'

const INCIDENT = 'INC-0007'
const AT = 'when it was: HH:MM today in the time zone of the journeys file, or ISO 8601 (default: now)'

/** `tabiji incident timeline | note | decide | star | unstar | strike`: what happened, and what people write of it. */
export function addLines(incident: Command, io: Io): void {
  incident
    .command('timeline')
    .description('Show everything that happened: alerts, notifications, changes, notes, decisions, impact.')
    .addArgument(keyArgument(INCIDENT))
    .option('--before <duration>', 'how long before the impact it begins', '1h')
    .addOption(new Option('--language <language>', 'of the lines').choices(['en', 'ja']).default('en'))
    .action((key: string, { before, language }: { before: string; language: 'en' | 'ja' }, command: Command) =>
      ask(command, io, {
        path: `/incidents/${key}/timeline`,
        query: { before },
        schema,
        shows: (answer, output) => timelinePage(answer, output, language),
      }),
    )
  addNote(incident, io)
  addDecide(incident, io)
  addMarks(incident, io)
}

function addNote(incident: Command, io: Io): void {
  incident
    .command('note')
    .description('Write down what happened or what you saw. Secrets in it are masked before they leave this machine.')
    .addArgument(keyArgument(INCIDENT))
    .argument('<text>', 'what happened')
    .option('--at <time>', AT)
    .addOption(keyOption())
    .addOption(byOption())
    .action(async (incident: string, text: string, { at, key }: { at?: string; key?: string }, command: Command) =>
      record(command, io, {
        path: `/incidents/${incident}/note`,
        body: { text: await maskSecrets(text), ...(at !== undefined && { at }) },
        key,
        schema,
        says: newestOf,
        next: () => `tabiji incident timeline ${incident}`,
      }),
    )
}

type Stated = {
  readonly knew?: string
  readonly option?: readonly string[]
  readonly choice?: string
  readonly why?: string
  readonly at?: string
  readonly file?: string
  readonly key?: string
}

function addDecide(incident: Command, io: Io): void {
  incident
    .command('decide')
    .description('Write down a decision: what was known, what could be done, what was chosen, and why.')
    .addArgument(keyArgument(INCIDENT))
    .option('--knew <text>', 'what was known by then')
    .option('--option <text>', 'what could have been done; may be repeated', collect)
    .option('--choice <text>', 'what was chosen')
    .option('--why <text>', 'why it was chosen')
    .option('--at <time>', AT)
    .option('--file <file>', 'YAML or JSON with knew, options, choice, why and at, instead of the options')
    .addOption(keyOption())
    .addOption(byOption())
    .action(async (incident: string, stated: Stated, command: Command) => {
      const { at, options, ...said } = decisionOf(stated)
      const [knew, choice, why] = await Promise.all([said.knew, said.choice, said.why].map(maskSecrets))
      const body = { knew, options: await Promise.all(options.map(maskSecrets)), choice, why }
      return record(command, io, {
        path: `/incidents/${incident}/decide`,
        body: { ...body, ...(at !== undefined && { at }) },
        key: stated.key,
        schema,
        says: newestOf,
        next: () => `tabiji incident timeline ${incident}`,
      })
    })
}

function decisionOf({ knew, option = [], choice, why, at, file }: Stated) {
  const time = at === undefined ? {} : { at }
  if (file !== undefined) return { ...readDecision(file), ...time }
  if (knew !== undefined && choice !== undefined && why !== undefined)
    return { knew, options: option, choice, why, ...time }
  const lacking = Object.entries({ '--knew': knew, '--choice': choice, '--why': why }).filter(
    ([, text]) => text === undefined,
  )
  const message = `Expected ${lacking.map(([name]) => `\`${name}\``).join(', ')}, or a decision in \`--file\``
  throw new CliError(EXIT.usage, { code: 'CLI_USAGE', message })
}

function addMarks(incident: Command, io: Io): void {
  for (const [type, does] of [
    ['star', 'Mark a line as one to look at again, whatever its source.'],
    ['unstar', 'Take the star off a line.'],
  ] as const) {
    incident
      .command(type)
      .description(does)
      .addArgument(keyArgument(INCIDENT))
      .argument('<line>', 'its id, such as L-0003 or A-0042.1')
      .addOption(byOption())
      .action((key: string, line: string, _: object, command: Command) =>
        record(command, io, {
          path: `/incidents/${key}/${type}`,
          body: { line },
          schema,
          says: () => `${line} of ${key} ${type === 'star' ? 'has a star' : 'has no star'}`,
          next: () => `tabiji incident timeline ${key}`,
        }),
      )
  }
  incident
    .command('strike')
    .description(
      'Strike out a line that somebody wrote. It stays, shown as struck out; to correct it, write another one.',
    )
    .addArgument(keyArgument(INCIDENT))
    .argument('<line>', 'its id, such as L-0003')
    .addOption(reasonOption())
    .addOption(byOption())
    .action(async (key: string, line: string, { reason }: { readonly reason: string }, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/strike`,
        body: { line, reason: await maskSecrets(reason) },
        schema,
        says: () => `${line} of ${key} is struck out`,
        next: () => `tabiji incident note ${key} "…"`,
      }),
    )
}
