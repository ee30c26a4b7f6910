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
  /** PagerDuty's own id of the incident; a note names it by nothing else. */
  readonly incident?: string
  /** Who has it now: people and schedules, as PagerDuty names them. */
  readonly to?: readonly string[]
  /** The text of a note. */
  readonly content?: string
}

const reference = z.object({ type: z.string().max(100), summary: z.string().max(500).nullish() })

/** A note on an incident is read by people; its beginning is enough. */
const MOST_TEXT = 500
const MOST_NAMES = 10

const id = z.string().min(1).max(100)

const document = z.object({
  event: z.object({
    id,
    event_type: z.string().min(1).max(100),
    occurred_at: z.string().transform((given, context): number => {
      const at = parseInstant(given)
      if (at !== undefined) return at
      context.issues.push({ code: 'custom', input: given, message: 'a time' })
      return z.NEVER
    }),
    agent: reference.nullish(),
    data: z.object({
      id: id.nullish(),
      type: z.string().max(100).nullish(),
      incident_key: z.string().max(255).nullish(),
      assignees: z.array(reference).max(1_000).nullish(),
      escalation_policy: reference.nullish(),
      incident: z.object({ id }).nullish(),
      content: z.string().nullish(),
    }),
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
      id,
      type,
      at,
      ...(isPerson && { by: agent.summary ?? 'somebody' }),
      ...(typeof data.incident_key === 'string' && { dedupKey: data.incident_key }),
      ...incidentOf(data),
      ...takersOf(data),
      ...(typeof data.content === 'string' && { content: clipped(data.content) }),
    },
  }
}

type Data = z.output<typeof document>['event']['data']

/** Most events are about an incident itself; a note is about another thing that names it. */
function incidentOf({ id: own, type, incident }: Data): Pick<PagerDutyEvent, 'incident'> {
  const found = incident?.id ?? (type === 'incident' ? own : undefined)
  return typeof found === 'string' ? { incident: found } : {}
}

function takersOf({ assignees, escalation_policy: policy }: Data): Pick<PagerDutyEvent, 'to'> {
  const names = [...(assignees ?? []), ...(policy === null || policy === undefined ? [] : [policy])]
  const to = names.flatMap(({ summary }) => (typeof summary === 'string' && summary !== '' ? [summary] : []))
  return to.length === 0 ? {} : { to: to.slice(0, MOST_NAMES) }
}

function clipped(text: string): string {
  const points = [...text.slice(0, 2 * MOST_TEXT)]
  return points.length > MOST_TEXT ? `${points.slice(0, MOST_TEXT - 1).join('')}…` : text
}
