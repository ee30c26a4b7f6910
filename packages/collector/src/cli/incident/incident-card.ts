import { Option } from 'commander'
import { z } from 'zod'
import type { Output } from '../terminal/output.ts'
import { printable } from '../terminal/printable.ts'
import { fields, section } from '../terminal/table.ts'
import { when } from '../terminal/when.ts'
import { incidentDetails } from '../terminal/work-answers.ts'

const text = z.string().transform(printable)
const optional = text.optional()

export const shownChecklist = z.object({
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
export type ShownChecklist = z.output<typeof shownChecklist>

/** What somebody needs who takes over. */
export const shownCard = z.object({
  incident: incidentDetails.shape.incident,
  checklist: shownChecklist,
  questions: z.array(text),
  decisions: z.array(z.object({ at: text, by: optional, choice: text, why: text })),
  lastUpdate: z.object({ at: text, by: optional, text }).optional(),
  nextUpdateAt: optional,
})
type ShownCard = z.output<typeof shownCard>
export type Language = 'en' | 'ja'

export function languageOption(): Option {
  return new Option('--lang <language>', 'the language of the items').choices(['en', 'ja']).default('en')
}

export function itemLines(items: ShownChecklist['items'], language: Language): string {
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

export function cardPage(
  { incident, checklist: list, questions, decisions, lastUpdate, nextUpdateAt }: ShownCard,
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
  const decided = decisions.map(({ at, by, choice, why }) => [when(at), by ?? '', `${choice}, because: ${why}`])
  return [
    `${output.style('bold', `${incident.key}  ${incident.title}`)}\n${facts}${done}`,
    section('Decisions', decided),
    section('Open questions', asked),
  ].join('')
}
