import type { PostmortemLanguage, PostmortemRecord } from '@tabiji/core/postmortem'
import { z } from 'zod'
import type { Client } from './client.ts'
import { readDocument } from './client.ts'
import { printable } from './printable.ts'

const text = z.string().transform(printable)
const optional = text.optional()
const share = { valid: z.number(), bad: z.number(), badPpm: z.number(), budgetPpm: z.number() }

/** What the API answers about an incident, as far as a postmortem tells it. */
const details = z.object({
  incident: z.object({
    key: text,
    title: text,
    level: z.number().optional(),
    journeys: z.array(text),
    openedAt: text,
    resolvedAt: optional,
    times: z.record(z.string(), z.object({ at: text })).optional(),
    roles: z.record(z.string(), z.object({ name: text })).optional(),
    causes: z.array(z.object({ id: text, text, bone: text, fix: optional })).optional(),
    postmortem: z.object({ state: text, owner: optional }).optional(),
  }),
  timeline: z.array(
    z.object({
      ...{ type: text, at: text, by: optional, reason: optional, moment: optional, value: optional, status: optional },
      ...{ note: optional, text: optional, knew: optional, choice: optional, why: optional },
    }),
  ),
  fixes: z.array(
    z.object({ key: text, title: text, kind: text, state: text, owner: optional, due: optional, cause: optional }),
  ),
  impact: z.object({ from: text, to: text, journeys: z.array(z.object({ objective: text, ...share })) }).optional(),
})
type Details = z.output<typeof details>
type Entry = Details['timeline'][number]

/** Asks the collector for everything that a postmortem is made of. Names of people stay out of what is written. */
export async function recordOf(client: Client, key: string, language: PostmortemLanguage): Promise<PostmortemRecord> {
  const { incident, timeline, fixes, impact } = readDocument(await client.get(`/incidents/${key}`), details)
  const { times = {}, roles = {}, causes = [], postmortem: _, ...told } = incident
  const names = [...Object.values(roles).map(({ name }) => name), ...timeline.flatMap(({ by }) => by ?? [])]
  const words = WORDS[language]
  return {
    incident: {
      ...told,
      causes,
      times: Object.fromEntries(Object.entries(times).map(([moment, { at }]) => [moment, at])),
      people: [...new Set(names)],
    },
    ...(impact !== undefined && { impact }),
    timeline: timeline.flatMap((entry) => {
      const said = words[entry.type]?.(entry)
      return said === undefined ? [] : [{ at: entry.at, text: said }]
    }),
    decisions: timeline
      .filter(({ type }) => type === 'decided')
      .map((entry) => ({ at: entry.at, text: choiceOf(entry) })),
    fixes,
  }
}

const choiceOf = ({ knew, choice, why }: Entry) => [knew, choice, why].filter((part) => part !== undefined).join(' → ')

type Told = Readonly<Record<string, (entry: Entry) => string>>

/** What becomes a line, by the type of what was recorded; who did it is not told. */
const WORDS: Readonly<Record<PostmortemLanguage, Told>> = {
  en: {
    opened: () => 'The incident was opened',
    statusSet: ({ status, note }) => `Status: ${status}${note === undefined ? '' : `, ${note}`}`,
    resolved: () => 'Resolved',
    reopened: ({ reason }) => `Open again: ${reason}`,
    noted: ({ text }) => text ?? '',
    decided: ({ choice }) => `Decision: ${choice}`,
  },
  ja: {
    opened: () => 'インシデントを開始',
    statusSet: ({ status, note }) =>
      `状態：${STATUS_JA[status ?? ''] ?? status}${note === undefined ? '' : `（${note}）`}`,
    resolved: () => '解決',
    reopened: ({ reason }) => `再開：${reason}`,
    noted: ({ text }) => text ?? '',
    decided: ({ choice }) => `判断：${choice}`,
  },
}

const STATUS_JA: Readonly<Record<string, string>> = {
  investigating: '調査中',
  identified: '原因特定',
  monitoring: '経過観察',
}
