import type { Command } from 'commander'
import type { Io } from '../terminal/io.ts'
import { keyArgument } from '../terminal/program.ts'
import { ask, byOption, record } from '../terminal/session.ts'
import { when } from '../terminal/when.ts'
import { incidentDetails } from '../terminal/work-answers.ts'
import {
  cardPage,
  itemLines,
  type Language,
  languageOption,
  type ShownChecklist,
  shownCard,
  shownChecklist,
} from './incident-card.ts'

const INCIDENT = 'INC-0007'
/** `tabiji incident checklist | tick | untick | update | card`: what is done first, and what others are told. */
export function addResponse(incident: Command, io: Io): void {
  incident
    .command('checklist')
    .description('Show what is to be done first, and what is done.')
    .addArgument(keyArgument(INCIDENT))
    .addOption(languageOption())
    .action((key: string, { lang }: { readonly lang: Language }, command: Command) =>
      ask(command, io, {
        path: `/incidents/${key}/checklist`,
        schema: shownChecklist,
        shows: (it) => checklistPage(it, lang),
      }),
    )
  addTicks(incident, io)
  addUpdate(incident, io)
  incident
    .command('card')
    .description('Show what somebody needs who takes over: what is done, what nobody knows yet, the next update.')
    .addArgument(keyArgument(INCIDENT))
    .addOption(languageOption())
    .action((key: string, { lang }: { readonly lang: Language }, command: Command) =>
      ask(command, io, {
        path: `/incidents/${key}/card`,
        schema: shownCard,
        shows: (it, output) => cardPage(it, lang, output),
      }),
    )
}

function addTicks(incident: Command, io: Io): void {
  const DOES = { tick: 'Say that something on the checklist is done.', untick: 'Say that it is not done after all.' }
  for (const verb of ['tick', 'untick'] as const) {
    incident
      .command(verb)
      .description(DOES[verb])
      .addArgument(keyArgument(INCIDENT))
      .argument('<item>', 'such as stop-bleeding')
      .addOption(byOption())
      .action((key: string, item: string, _: object, command: Command) =>
        record(command, io, {
          path: `/incidents/${key}/${verb}`,
          body: { item, via: 'cli' },
          schema: shownChecklist,
          says: ({ done, items }) =>
            `${key}: ${item} is ${verb === 'tick' ? 'done' : 'open'} (${done} of ${items.length})`,
          next: ({ items }) => nextOf(key, items),
        }),
      )
  }
}

function nextOf(key: string, items: ShownChecklist['items']): string {
  const open = items.find(({ ticked }) => !ticked)
  return open === undefined ? `tabiji incident update ${key} "…"` : `tabiji incident tick ${key} ${open.id}`
}

function addUpdate(incident: Command, io: Io): void {
  incident
    .command('update')
    .description('Say how it stands. After that the next update is due as usual at the level, or when you say.')
    .addArgument(keyArgument(INCIDENT))
    .argument('<text>', 'how it stands, for people who do not work on it')
    .option('--next <duration>', 'when the next one is due, such as 30m, or off')
    .addOption(byOption())
    .action((key: string, said: string, { next }: { readonly next?: string }, command: Command) =>
      record(command, io, {
        path: `/incidents/${key}/update`,
        body: { text: said, ...(next !== undefined && { next }) },
        schema: incidentDetails,
        says: ({ timeline }) => {
          const due = timeline.findLast(({ type }) => type === 'updated')?.due
          return `${key}: told${due === undefined ? '; no next update is expected' : `; the next update is due at ${when(due)}`}`
        },
        next: () => `tabiji incident card ${key}`,
      }),
    )
}

function checklistPage({ incident, done, items }: ShownChecklist, language: Language): string {
  if (items.length === 0) return `${incident} has no checklist: it was opened before there were any.\n`
  return `${incident}: ${done} of ${items.length} done\n${itemLines(items, language)}`
}
