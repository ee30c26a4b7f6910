import { type PostmortemLanguage, type PostmortemRecord, recordFrom } from '@tabiji/core/postmortem'
import { z } from 'zod'
import type { Client } from '../terminal/client.ts'
import { readDocument } from '../terminal/client.ts'
import { printable } from '../terminal/printable.ts'

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
    causes: z.array(z.object({ id: text, text, bone: text, fix: optional, under: optional })).optional(),
  }),
  timeline: z.array(z.object({ by: optional })),
  fixes: z.array(
    z.object({
      key: text,
      title: text,
      kind: text,
      state: text,
      owner: optional,
      due: optional,
      cause: optional,
      ticket: z.object({ url: text }).optional(),
    }),
  ),
  impact: z.object({ from: text, to: text, journeys: z.array(z.object({ objective: text, ...share })) }).optional(),
})

const assembled = z.object({
  lines: z.array(
    z.object({
      at: text,
      kind: text,
      by: optional,
      starred: z.boolean(),
      text: z.object({ en: text, ja: text }),
      struck: z.object({}).optional(),
    }),
  ),
})

/** Asks the collector for everything that a postmortem is made of. Names of people stay out of what is written. */
export async function recordOf(client: Client, key: string, language: PostmortemLanguage): Promise<PostmortemRecord> {
  const told = readDocument(await client.get(`/incidents/${key}`), details)
  const { lines } = readDocument(await client.get(`/incidents/${key}/timeline`), assembled)
  return recordFrom(told, lines, language)
}
