import type { Command } from 'commander'
import type { Io } from '../terminal/io.ts'
import { keyArgument } from '../terminal/program.ts'
import { byOption, reasonOption, record } from '../terminal/session.ts'
import { incidentDetails as schema } from '../terminal/work-answers.ts'

const INCIDENT = 'INC-0007'

/** `tabiji incident join | leave`: which alerts it is about. */
export function addEpisodes(incident: Command, io: Io): void {
  incident
    .command('join')
    .description('Say that alerts are part of an incident; their journeys count as hurt.')
    .addArgument(keyArgument(INCIDENT))
    .argument('<alert...>', 'such as A-0042')
    .addOption(byOption())
    .action((key: string, episodes: readonly string[], _: object, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/join`,
        body: { episodes: episodes.map(upper) },
        schema,
        says: (details) => `${key} is about ${details.incident.episodes.join(', ')}`,
        next: () => `tabiji incident show ${key}`,
      }),
    )
  incident
    .command('leave')
    .description('Say that alerts are no part of an incident. They are not placed by themselves again.')
    .addArgument(keyArgument(INCIDENT))
    .argument('<alert...>', 'such as A-0042')
    .addOption(reasonOption())
    .addOption(byOption())
    .action((key: string, episodes: readonly string[], { reason }: { readonly reason: string }, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/leave`,
        body: { episodes: episodes.map(upper), reason },
        schema,
        says: (details) => `${key} is about ${details.incident.episodes.join(', ') || 'no alert'}`,
        next: () => `tabiji incident open "…" --episode ${episodes.map(upper).join(' --episode ')}`,
      }),
    )
}

const upper = (id: string) => id.toUpperCase()
