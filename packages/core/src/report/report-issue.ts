import { z } from 'zod'
import { count, instant, text } from './shapes.ts'

/** One figure that differs between two issues of the same month. */
export type IssueChange = {
  /** Where it stands in the facts: `journeys.checkout.objectives.availability.bad`. */
  readonly path: string
  /** As JSON; absent where there was nothing. */
  readonly before?: string
  readonly after?: string
}

/**
 * The stamp of a report that was issued. It is not part of the facts: `sha256` is that of their canonical text, and would
 * otherwise have to contain itself.
 */
export type ReportIssue = {
  /** 1 for the first, one more for each that was issued again. */
  readonly revision: number
  readonly issuedAt: string
  readonly by?: string
  /** Hexadecimal, of the facts' canonical text. */
  readonly sha256: string
  /** The version that rendered and froze it. */
  readonly version: string
  /** Why it was issued again; absent for the first. */
  readonly reason?: string
  /** What differs from the revision before. */
  readonly changes?: readonly IssueChange[]
  /** How many more figures differ than are told. */
  readonly moreChanges?: number
  /** What was missing when it was issued, and why it was issued all the same. */
  readonly despite?: { readonly what: 'part_month' | 'incomplete'; readonly reason: string }
}

export const reportIssue = z.object({
  revision: z.int().positive(),
  issuedAt: instant,
  by: text.exactOptional(),
  sha256: text.regex(/^[0-9a-f]{64}$/),
  version: text,
  reason: text.exactOptional(),
  changes: z.array(z.object({ path: text, before: text.exactOptional(), after: text.exactOptional() })).exactOptional(),
  moreChanges: count.exactOptional(),
  despite: z.object({ what: z.literal(['part_month', 'incomplete']), reason: text }).exactOptional(),
})
