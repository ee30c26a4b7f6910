import type { Title } from '../journey/index.ts'

/** What users meet, in the words of a runbook; what they meet because of another service is `dependency:NAME`. */
export const OUTCOME_SYMPTOMS = ['error', 'slow', 'excluded', 'no-data'] as const
export type Symptom = (typeof OUTCOME_SYMPTOMS)[number] | `dependency:${string}`

/** Which alerts a page is written for. What is absent may be anything; a step is always of a journey. */
export type Scope = { readonly journey?: string; readonly step?: string; readonly symptom?: Symptom }

/** A page that says what to do, as its front matter describes it. */
export type Runbook = Scope & {
  /** The file below its folder, such as `checkout/slow.md`. */
  readonly file: string
  /** Where people read it; what alerts bring along. */
  readonly address: string
  readonly title?: Title
  readonly owner?: string
  /** The day when somebody last went through it, `2026-10-20`. */
  readonly reviewed?: string
}

/** How a scope is written in one line: `checkout/pay, slow`, or `any alert`. */
export function scopeText({ journey, step, symptom }: Scope): string {
  const where = journey === undefined ? undefined : step === undefined ? journey : `${journey}/${step}`
  return [where, symptom].filter((part) => part !== undefined).join(', ') || 'any alert'
}
