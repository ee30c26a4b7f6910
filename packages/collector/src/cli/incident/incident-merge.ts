import { type Command, Option } from 'commander'
import type { z } from 'zod'
import type { Io } from '../terminal/io.ts'
import { keyArgument } from '../terminal/program.ts'
import { byOption, reasonOption, record } from '../terminal/session.ts'
import { incidentMerged as schema } from '../terminal/work-answers.ts'

/** `tabiji incident merge`: two incidents turn out to be one. */
export function addMerge(incident: Command, io: Io): void {
  incident
    .command('merge')
    .description(
      'Say that an incident is part of another one, which takes its alerts, journeys, lines, ticks, free roles, updates and fixes; not its title, status or postmortem. Not undone.',
    )
    .addArgument(keyArgument('INC-0008'))
    .addOption(new Option('--into <key>', 'the incident that goes on, such as INC-0007').makeOptionMandatory())
    .addOption(reasonOption())
    .addOption(byOption())
    .action((key: string, { into, reason }: { readonly into: string; readonly reason: string }, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/merge`,
        body: { into: into.toUpperCase(), reason },
        schema,
        says: ({ incident: { key: stays, episodes, journeys }, left }) =>
          `${key} is part of ${stays}, which is about ${[...episodes, ...journeys].join(', ') || 'no alert yet'}${leftBehind(left, stays)}`,
        next: ({ incident: { key: stays } }) => `tabiji incident timeline ${stays}`,
      }),
    )
}

function leftBehind(left: z.output<typeof schema>['left'], stays: string): string {
  if (left === undefined) return ''
  const { state, file } = left.postmortem
  const where = file === undefined ? '' : `, ${file}`
  return `\nthe postmortem of ${left.incident} (${state}${where}) stays behind: take over by hand into that of ${stays} what it says`
}
