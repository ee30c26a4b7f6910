import { z } from 'zod'
import { printable } from '../terminal/printable.ts'

const text = z.string().transform(printable)

const silence = z.object({
  key: text,
  state: text,
  version: z.number(),
  matchers: z.array(text),
  owner: text,
  reason: text,
  from: text,
  to: text,
  idleMs: z.number().optional(),
  createdAt: text,
  createdBy: text.optional(),
  ended: z.object({ at: text, by: text.optional(), why: text, reason: text.optional() }).optional(),
})

const matched = z.object({ id: text, rule: text, level: z.number(), state: text, startedAt: text })

/** What the API answers about silences and maintenance, as far as it is shown. More keys of a newer collector do no harm. */
export const silenceList = z.object({ silences: z.array(silence) })
export const silenceDetails = z.object({
  silence,
  preview: z.boolean().optional(),
  matches: z.object({ now: z.array(matched), lastWeek: z.array(matched) }),
  history: z.array(
    z.object({ at: text, by: text.optional(), what: text, to: text.optional(), reason: text.optional() }),
  ),
})

export const maintenanceAnswer = z.object({
  key: text,
  state: text,
  from: text,
  to: text,
  rrule: text.optional(),
  stretch: z.object({ from: text, to: text }).optional(),
  journeys: z.array(text),
  reason: text,
  announced: text,
})
export const maintenanceList = z.object({ maintenance: z.array(maintenanceAnswer) })

export type ShownSilence = z.output<typeof silence>
export type ShownSilenceDetails = z.output<typeof silenceDetails>
export type ShownMaintenance = z.output<typeof maintenanceAnswer>
