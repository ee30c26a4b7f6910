import { z } from 'zod'
import { parseInstant } from './instant.ts'

/** What happened to an incident of PagerDuty. Times in milliseconds. */
export type PagerDutyEvent = {
  /** The same on every repetition. */
  readonly id: string
  /** Such as `incident.acknowledged`. */
  readonly type: string
  readonly at: number
  /** The person who did it; absent when it was no person: a rule of PagerDuty, or our own message. */
  readonly by?: string
  /** The key under which the incident was opened; absent when it was not opened by an event. */
  readonly dedupKey?: string
}

const reference = z.object({ type: z.string().max(100), summary: z.string().max(500).nullish() })

const document = z.object({
  event: z.object({
    id: z.string().min(1).max(100),
    event_type: z.string().min(1).max(100),
    occurred_at: z.string().transform((given, context): number => {
      const at = parseInstant(given)
      if (at !== undefined) return at
      context.issues.push({ code: 'custom', input: given, message: 'a time' })
      return z.NEVER
    }),
    agent: reference.nullish(),
    data: z.object({ incident_key: z.string().max(255).nullish() }),
  }),
})

/** Reads a webhook of version 3. @returns the event, or where it is not as it should be */
export function readPagerDutyEvent(
  given: unknown,
): { readonly ok: true; readonly event: PagerDutyEvent } | { readonly ok: false; readonly where: string } {
  const read = document.safeParse(given)
  if (!read.success) return { ok: false, where: read.error.issues[0]?.path.join('.') || 'the document' }
  const { id, event_type: type, occurred_at: at, agent, data } = read.data.event
  const isPerson = agent !== undefined && agent !== null && /^user(_reference)?$/.test(agent.type)
  return {
    ok: true,
    event: {
      ...{ id, type, at },
      ...(isPerson && { by: agent.summary ?? 'somebody' }),
      ...(typeof data.incident_key === 'string' && { dedupKey: data.incident_key }),
    },
  }
}
