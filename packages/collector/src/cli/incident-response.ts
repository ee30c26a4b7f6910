import { type Command, Option } from 'commander'
import { z } from 'zod'
import type { Io } from './io.ts'
import type { Output } from './output.ts'
import { printable } from './printable.ts'
import { keyArgument } from './program.ts'
import { ask, byOption, record } from './session.ts'
import { fields, section } from './table.ts'
import { when } from './when.ts'
import { incidentDetails } from './work-answers.ts'

const INCIDENT = 'INC-0007'
const text = z.string().transform(printable)
const optional = text.optional()

const checklist = z.object({
  incident: text,
  done: z.number(),
  items: z.array(
    z.object({
      id: text,
      text: z.object({ en: text, ja: text }),
      ticked: z.boolean(),
      at: optional,
      by: optional,
      via: optional,
      detail: optional,
      dueAt: optional,
      link: optional,
    }),
  ),
})
type ShownChecklist = z.output<typeof checklist>

const card = z.object({
  incident: incidentDetails.shape.incident,
  checklist,
  questions: z.array(text),
  lastUpdate: z.object({ at: text, by: optional, text }).optional(),
  nextUpdateAt: optional,
})
type ShownCard = z.output<typeof card>
type Language = 'en' | 'ja'

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
        schema: checklist,
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
        schema: card,
        shows: (it, output) => cardPage(it, lang, output),
      }),
    )
}

function languageOption(): Option {
  return new Option('--lang <language>', 'the language of the items').choices(['en', 'ja']).default('en')
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
          schema: checklist,
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

function itemLines(items: ShownChecklist['items'], language: Language): string {
  const width = Math.max(...items.map(({ id }) => id.length))
  return items
    .map(({ id, text: said, ticked, at, by, via, detail, dueAt, link }) => {
      const mark = ticked
        ? [at === undefined ? '' : when(at), by ?? (via === 'record' ? 'from the record' : ''), detail ?? '']
        : [dueAt === undefined ? '' : `by ${when(dueAt)}`, link ?? '']
      const more = mark.filter((each) => each !== '').join(', ')
      return `[${ticked ? 'x' : ' '}] ${id.padEnd(width)}  ${said[language]}${more === '' ? '' : ` (${more})`}\n`
    })
    .join('')
}

const ASKED: Readonly<Record<string, string>> = {
  lead: 'Who leads?',
  comms: 'Who tells others?',
  journeys: 'Which journeys are hurt?',
  impactStarted: 'Since when are users hurt?',
  mitigated: 'When will users be hurt no more?',
  update: 'Nobody has said yet how it stands.',
  updateOverdue: 'The next update is overdue.',
}

function cardPage(
  { incident, checklist: list, questions, lastUpdate, nextUpdateAt }: ShownCard,
  language: Language,
  output: Output,
): string {
  const roles = Object.entries(incident.roles ?? {}).map(([role, { name }]) => [role, name] as const)
  const facts = fields([
    ['status', incident.status],
    ['level', incident.level === undefined ? undefined : String(incident.level)],
    ['journeys', incident.journeys.join(', ') || undefined],
    ...roles,
    ['last update', lastUpdate === undefined ? undefined : `${when(lastUpdate.at)}: ${lastUpdate.text}`],
    ['next update', nextUpdateAt === undefined ? undefined : when(nextUpdateAt)],
  ])
  const done =
    list.items.length === 0
      ? ''
      : `\nChecklist, ${list.done} of ${list.items.length} done\n${itemLines(list.items, language)}`
  const asked = questions.map((question) => [ASKED[question] ?? question])
  return `${output.style('bold', `${incident.key}  ${incident.title}`)}\n${facts}${done}${section('Open questions', asked)}`
}
