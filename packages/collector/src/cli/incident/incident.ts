import { MOMENTS } from '@tabiji/core/incident'
import { type Command, Option } from 'commander'
import type { Io } from '../terminal/io.ts'
import { collect, createCommand, examples, keyArgument } from '../terminal/program.ts'
import { ask, byOption, keyOption, reasonOption, record } from '../terminal/session.ts'
import { lasted, when } from '../terminal/when.ts'
import { incidentList, incidentDetails as schema } from '../terminal/work-answers.ts'
import { addCause } from './incident-cause.ts'
import { addEpisodes } from './incident-episodes.ts'
import { addHands } from './incident-hands.ts'
import { addHelped } from './incident-helped.ts'
import { addImports } from './incident-import.ts'
import { addLines } from './incident-lines.ts'
import { addMerge } from './incident-merge.ts'
import { addResponse } from './incident-response.ts'
import { addSteps } from './incident-steps.ts'
import { changesIn, incidentPage, incidentTable } from './incident-text.ts'

/** `tabiji incident …`: people working on one or more alert episodes. */
export function incidentCommand(io: Io): Command {
  const incident = createCommand('incident', io)
    .description('Open incidents, take roles, say how far you are, state times, resolve them.')
    .addHelpText(
      'before',
      examples(
        'tabiji incident open "Scans cannot be uploaded" --level 1 --journey measure-feet',
        'tabiji incident lead INC-0007',
        'tabiji incident time INC-0007 mitigated 13:40 --reason "rolled back"',
        'tabiji incident resolve INC-0007',
      ),
    )
  addOpen(incident, io)
  addReads(incident, io)
  addEdit(incident, io)
  addTime(incident, io)
  addEnds(incident, io)
  addHands(incident, io)
  addCause(incident, io)
  addResponse(incident, io)
  addLines(incident, io)
  addImports(incident, io)
  addEpisodes(incident, io)
  addHelped(incident, io)
  addSteps(incident, io)
  addMerge(incident, io)
  return incident
}

type Stated = {
  readonly level?: string
  readonly journey?: readonly string[]
  readonly episode?: readonly string[]
}

const INCIDENT = 'INC-0007'

function withStated(command: Command): Command {
  return command
    .addOption(new Option('--level <level>', '1 page now, 2 next business day, 3 make known').choices(['1', '2', '3']))
    .option('--journey <name>', 'a journey that is hurt; may be repeated', collect)
    .option('--episode <id>', 'an alert that it is about; may be repeated', collect)
}

function bodyOf({ level, journey, episode }: Stated) {
  return {
    ...(level !== undefined && { level: Number(level) }),
    ...(journey !== undefined && { journeys: journey }),
    ...(episode !== undefined && { episodes: episode }),
  }
}

type Opened = Stated & { readonly drill: boolean; readonly key?: string }

function addOpen(incident: Command, io: Io): void {
  withStated(incident.command('open'))
    .description('Open an incident.')
    .argument('<title>', 'what is wrong, in a few words')
    .option('--drill', 'practice; kept out of the numbers', false)
    .addOption(keyOption())
    .addOption(byOption())
    .action((title: string, { drill, key, ...stated }: Opened, command: Command) =>
      record(command, io, {
        path: '/incidents',
        body: { title, drill, ...bodyOf(stated) },
        key,
        schema,
        says: ({ incident: { key, openedAt, title } }) => `${key} opened at ${when(openedAt)}: ${title}`,
        next: ({ incident: { key } }) => `tabiji incident time ${key} impactStarted HH:MM --reason "…"`,
      }),
    )
}

function addReads(incident: Command, io: Io): void {
  incident
    .command('list')
    .description('List incidents, newest first.')
    .addOption(new Option('--state <state>', 'which ones').choices(['open', 'resolved', 'all']).default('open'))
    .action((options: { readonly state: string }, command: Command) =>
      ask(command, io, {
        path: '/incidents',
        query: options,
        schema: incidentList,
        shows: ({ incidents }, output) => incidentTable(incidents, output),
      }),
    )
  incident
    .command('show')
    .description('Show an incident with its timeline and its fixes.')
    .addArgument(keyArgument(INCIDENT))
    .action((key: string, _: object, command: Command) =>
      ask(command, io, { path: `/incidents/${key}`, schema, shows: incidentPage }),
    )
}

function addEdit(incident: Command, io: Io): void {
  withStated(incident.command('edit'))
    .description('Change what is known of an incident; journeys and episodes are replaced as a whole.')
    .addArgument(keyArgument(INCIDENT))
    .option('--title <text>', 'what is wrong, in a few words')
    .addOption(byOption())
    .action((key: string, { title, ...stated }: Stated & { readonly title?: string }, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/edit`,
        body: { ...(title !== undefined && { title }), ...bodyOf(stated) },
        schema,
        says: ({ timeline }) =>
          `${key} changed: ${timeline
            .filter(({ type }) => type === 'edited')
            .slice(-1)
            .map(changesIn)
            .join('')}`,
        next: () => `tabiji incident show ${key}`,
      }),
    )
}

function addTime(incident: Command, io: Io): void {
  incident
    .command('time')
    .description('State when something happened. Said again, the later statement holds; the timeline keeps both.')
    .addArgument(keyArgument(INCIDENT))
    .argument('<moment>', MOMENTS.join(', '))
    .argument('<time>', 'HH:MM today in the time zone of the journeys file, or ISO 8601')
    .addOption(reasonOption())
    .addOption(byOption())
    .action((key: string, moment: string, value: string, { reason }: { readonly reason: string }, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/time`,
        body: { moment, value, reason },
        schema,
        says: ({ timeline }) => `${key}: ${moment} at ${when(timeline.at(-1)?.value ?? '')}`,
        next: () => `tabiji incident show ${key}`,
      }),
    )
}

/** What the books do not say must be said by people, or the month does not know it. */
function whenMitigated(key: string): string {
  return `when were users hurt no more? The books may still say it; if not: tabiji incident time ${key} mitigated HH:MM --reason "…"`
}

function addEnds(incident: Command, io: Io): void {
  incident
    .command('resolve')
    .description('Say that an incident is over.')
    .addArgument(keyArgument(INCIDENT))
    .addOption(byOption())
    .action((key: string, _: object, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/resolve`,
        body: {},
        schema,
        says: ({ incident: { openedAt, mitigatedAt, resolvedAt = '' } }, output) => {
          if (mitigatedAt === undefined) output.note(whenMitigated(key))
          return `${key} resolved at ${when(resolvedAt)}, ${lasted(openedAt, resolvedAt)} after it was opened`
        },
        next: () => `tabiji incident helped ${key} yes | partly | no | none (did the runbook help?)`,
      }),
    )
  incident
    .command('reopen')
    .description('Say that a resolved incident is back.')
    .addArgument(keyArgument(INCIDENT))
    .addOption(reasonOption())
    .addOption(byOption())
    .action((key: string, { reason }: { readonly reason: string }, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/reopen`,
        body: { reason },
        schema,
        says: () => `${key} is open again`,
        next: () => `tabiji incident resolve ${key}`,
      }),
    )
}
