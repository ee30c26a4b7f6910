import { z } from 'zod'
import type { IncidentSummary, Role } from '../incident/index.ts'
import { POSTMORTEM_STATES } from '../incident/index.ts'
import { count, instant, level, text, texts } from './shapes.ts'

/** What an incident cost one objective while it hurt, whatever month that was in. */
export type IncidentCost = {
  readonly journey: string
  /** `checkout/availability`. */
  readonly objective: string
  readonly bad: number
  readonly valid: number
  /** The share of the objective's whole budget, in parts per million. */
  readonly budgetPpm: number
}

/** An incident as a report tells it. */
export type IncidentMonth = IncidentSummary & {
  readonly acknowledgedAt?: string
  /** Incidents that turned out to be part of it, and when the last of them was merged. */
  readonly absorbed?: readonly string[]
  readonly absorbedAt?: string
  /** Absent: not known to whoever wrote the facts. Empty: it hurt no objective. */
  readonly cost?: readonly IncidentCost[]
  /** Why it happened, in the words of those who looked. */
  readonly causes?: readonly { readonly id: string; readonly text: string; readonly bone: string }[]
  /** Keys of its fixes. */
  readonly fixes?: readonly string[]
  readonly postmortem?: (typeof POSTMORTEM_STATES)[number]
  /** Names of people. */
  readonly roles?: { readonly [role in Role]?: string }
}

export const incidentMonth = z.object({
  key: text,
  title: text,
  level: level.exactOptional(),
  journeys: texts,
  episodes: texts,
  drill: z.boolean(),
  openedAt: instant,
  impactStartedAt: instant.exactOptional(),
  detectedAt: instant.exactOptional(),
  acknowledgedAt: instant.exactOptional(),
  absorbed: texts.exactOptional(),
  absorbedAt: instant.exactOptional(),
  mitigatedAt: instant.exactOptional(),
  resolvedAt: instant.exactOptional(),
  cost: z
    .array(z.object({ journey: text, objective: text, bad: count, valid: count, budgetPpm: count }))
    .exactOptional(),
  causes: z.array(z.object({ id: text, text, bone: text })).exactOptional(),
  fixes: texts.exactOptional(),
  postmortem: z.literal(POSTMORTEM_STATES).exactOptional(),
  roles: z
    .object({ lead: text.exactOptional(), comms: text.exactOptional(), scribe: text.exactOptional() })
    .exactOptional(),
})
