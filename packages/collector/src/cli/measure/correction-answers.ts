import { z } from 'zod'
import { printable } from '../terminal/printable.ts'

const text = z.string().transform(printable)

const correction = z.object({
  key: text,
  state: text,
  category: text.default('other'),
  reason: text,
  author: text.optional(),
  createdAt: text,
  appliesTo: z.array(text),
  from: text,
  to: text,
  rrule: text.optional(),
  excluded: z.object({ from: text, to: text, slotSeconds: z.number() }),
  withdrawn: z.object({ at: text, by: text.optional(), reason: text }).optional(),
})

const tally = z.object({ bad: z.number(), valid: z.number() })
const spending = tally.extend({ leftPpm: z.number().optional() })

/** What the API answers about corrections, as far as it is shown. More keys of a newer collector do no harm. */
export const correctionList = z.object({ corrections: z.array(correction) })
export const correctionDetails = z.object({
  correction,
  preview: z.boolean().optional(),
  stretches: z.array(z.object({ from: text, to: text })),
  objectives: z.array(
    z.object({ id: text, inside: tally, raw: spending, adjusted: spending, before: spending.optional() }),
  ),
})

export type ShownCorrection = z.output<typeof correction>
export type ShownCorrectionDetails = z.output<typeof correctionDetails>
