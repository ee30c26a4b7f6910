import { z } from 'zod'
import { printable } from '../terminal/printable.ts'

const text = z.string().transform(printable)
const optional = text.optional()

const runbook = z.object({
  file: text,
  address: text,
  journey: optional,
  step: optional,
  symptom: optional,
  owner: optional,
  reviewed: optional,
})

/** What the API answers about runbooks, as far as it is shown. */
export const choiceAnswer = z.object({
  choices: z.array(
    z.object({
      alert: text,
      rule: text,
      about: text,
      address: optional,
      from: text,
      considered: z.array(z.object({ runbook, fits: z.boolean(), why: text })),
    }),
  ),
})

export const rankAnswer = z.object({
  for: text,
  rules: z.array(
    z.object({
      rule: text,
      pages: z.number(),
      useful: z.number(),
      useless: z.number(),
      unanswered: z.number(),
      lastAt: text,
    }),
  ),
})
