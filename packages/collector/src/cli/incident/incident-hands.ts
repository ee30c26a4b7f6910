import { ROLES, STATUSES } from '@tabiji/core/incident'
import { type Command, Option } from 'commander'
import type { Io } from '../terminal/io.ts'
import { keyArgument } from '../terminal/program.ts'
import { byOption, record } from '../terminal/session.ts'
import { incidentDetails as schema } from '../terminal/work-answers.ts'
import { cardPage, type Language, languageOption, shownCard } from './incident-card.ts'

const INCIDENT = 'INC-0007'
const DOES = {
  lead: 'Take the lead: you decide, others do. Taken in one step, also from somebody else.',
  comms: 'Take it on you to tell others how it stands.',
  scribe: 'Take it on you to write down what happens.',
} as const

/** `tabiji incident lead | comms | scribe | handover | status`: who does what, and how far they are. */
export function addHands(incident: Command, io: Io): void {
  for (const role of ROLES) {
    incident
      .command(role)
      .description(DOES[role])
      .addArgument(keyArgument(INCIDENT))
      .option('--name <name>', 'who has it, when it is not you')
      .addOption(byOption())
      .action((key: string, { name }: { readonly name?: string }, command: Command) =>
        record(command, io, {
          path: `/incidents/${key}/role`,
          body: { role, ...(name !== undefined && { name }) },
          schema,
          says: ({ incident }) => `${key}: ${incident.roles?.[role]?.name ?? '–'} has ${role}`,
          next: () => `tabiji incident show ${key}`,
        }),
      )
  }
  addHandover(incident, io)
  addStatus(incident, io)
}

type HandedOver = { readonly to: string; readonly note: string; readonly role: string; readonly lang: Language }

const handedOver = schema.extend({ card: shownCard })

function addHandover(incident: Command, io: Io): void {
  incident
    .command('handover')
    .description('Give a role to somebody else, and print the card with what they need to know.')
    .addArgument(keyArgument(INCIDENT))
    .requiredOption('--to <name>', 'who has it from now on')
    .requiredOption('--note <text>', 'what is known, what was tried, what is next')
    .addOption(new Option('--role <role>', 'which one').choices(ROLES).default('lead'))
    .addOption(languageOption())
    .addOption(byOption())
    .action((key: string, { to, note, role, lang }: HandedOver, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/handover`,
        body: { to, note, role },
        schema: handedOver,
        says: ({ incident, card }, output) => {
          const holder = incident.roles?.[role]?.name ?? '–'
          return `${key}: ${holder} has ${role} from now on\n\n${cardPage(card, lang, output).trimEnd()}`
        },
        next: () => `tabiji incident show ${key}`,
      }),
    )
}

function addStatus(incident: Command, io: Io): void {
  incident
    .command('status')
    .description('Say how far you are. The end is told with `tabiji incident resolve`.')
    .addArgument(keyArgument(INCIDENT))
    .argument('<status>', STATUSES.filter((status) => status !== 'resolved').join(', '))
    .option('--note <text>', 'what makes you think so')
    .addOption(byOption())
    .action((key: string, status: string, { note }: { readonly note?: string }, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/status`,
        body: { status, ...(note !== undefined && { note }) },
        schema,
        says: ({ incident }) => `${key} is ${incident.status}`,
        next: () => (status === 'monitoring' ? `tabiji incident resolve ${key}` : `tabiji incident show ${key}`),
      }),
    )
}
