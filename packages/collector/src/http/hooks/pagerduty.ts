import type { Acknowledging } from '../../ports/acknowledging.ts'
import type { HookLog } from '../../ports/hook-log.ts'
import type { PagerIncidents } from '../../ports/pager-incidents.ts'
import { type PagerDutyEvent, readPagerDutyEvent } from '../../wire/pagerduty-webhook.ts'
import { type Hook, type HookAnswer, type HookRequest, refusal } from '../hooks.ts'
import { isSignedBy } from '../signature.ts'

export type PagerDutyHookOptions = {
  /** One key, or several while they are exchanged, separated by spaces or lines. */
  readonly secret: () => string
  readonly acknowledging: Acknowledging
  /** The open episode that was told under a dedup key. */
  readonly episodeOf: (dedupKey: string) => string | undefined
  readonly incidents: PagerIncidents
  readonly log: HookLog
  /** Milliseconds. */
  readonly now: () => number
}

const MAX_BYTES = 1024 * 1024

/** PagerDuty repeats for two days; what is older is somebody's recording. Its signature holds no time, but the body does. */
const OLDEST_MS = 3 * 86_400_000

/** As many as a header may have while keys are exchanged; more is no mistake of PagerDuty. */
const MAX_SIGNATURES = 10

const VIA = 'pagerduty'

/** What people do in PagerDuty, by its webhooks of version 3: who takes an incident has taken the alert. */
export function createPagerDutyHook(options: PagerDutyHookOptions): Hook {
  return { path: '/pagerduty/webhook', maxBytes: MAX_BYTES, receive: (request) => receive(options, request) }
}

function receive(options: PagerDutyHookOptions, { headers, body }: HookRequest): HookAnswer {
  if (!isSigned(options.secret(), String(headers['x-pagerduty-signature'] ?? ''), body)) {
    const hint = 'put the secret that PagerDuty showed when the webhook was made into `hooks.pagerduty`'
    return refusal(401, 'PAGERDUTY_SIGNATURE', 'Expected `X-PagerDuty-Signature` over the body', hint)
  }
  const document = parse(body)
  const read = document === undefined ? undefined : readPagerDutyEvent(document)
  if (read === undefined) return refusal(400, 'PAGERDUTY_UNREADABLE', 'Expected a body in JSON')
  // A ping has no incident; who makes a webhook sends one to try it.
  if (!read.ok) return isPing(document) ? ignored('it is a ping') : unreadable(read.where)
  const { event } = read
  if (event.at < options.now() - OLDEST_MS)
    return refusal(401, 'PAGERDUTY_STALE', 'Expected an event of the last 3 days')
  if (options.log.knows(VIA, event.id)) return { status: 200, body: { repeated: true } }
  const answer = act(options, event)
  options.log.remember(VIA, [event.id], options.now())
  return answer
}

/**
 * - acknowledged: the alert is taken by that person; unacknowledged (also when the time is over): it is given back;
 * - resolved by a person: the alert is taken, not over. Only what is measured ends it; when it still rings once the time is over,
 *   people are told again. Our own end comes back as well, and says nothing new.
 * - given to others, or noted: a line of the alert's history says so.
 */
function act({ acknowledging, episodeOf, incidents, now }: PagerDutyHookOptions, event: PagerDutyEvent): HookAnswer {
  const { type, by, at, incident } = event
  if (incident !== undefined && event.dedupKey !== undefined) incidents.remember(incident, event.dedupKey, now())
  const dedupKey = event.dedupKey ?? (incident === undefined ? undefined : incidents.dedupKeyOf(incident))
  const episode = dedupKey === undefined ? undefined : episodeOf(dedupKey)
  if (episode === undefined) return ignored('no open alert was told under this incident key')
  const said = { at, via: VIA, ...(by !== undefined && { by }) }
  if (type === 'incident.acknowledged') return told(acknowledging.acknowledge(episode, said))
  if (type === 'incident.unacknowledged') return told(acknowledging.unacknowledge(episode, said))
  if (type === 'incident.resolved' && by !== undefined) {
    return told(acknowledging.acknowledge(episode, { ...said, note: 'resolved in PagerDuty' }))
  }
  const note = noteOf(event)
  if (note !== undefined) return told(acknowledging.note(episode, { ...said, note }))
  return ignored(`the event ${type.slice(0, 50)} changes nothing here`)
}

const GIVEN: Readonly<Record<string, string>> = {
  'incident.reassigned': 'reassigned',
  'incident.escalated': 'escalated',
  'incident.delegated': 'delegated',
}

/** What an event that changes nothing here adds to the history, if anything. */
function noteOf({ type, to = [], content }: PagerDutyEvent): string | undefined {
  if (type === 'incident.annotated') return content === undefined || content.trim() === '' ? undefined : content
  const given = Object.hasOwn(GIVEN, type) ? GIVEN[type] : undefined
  if (given === undefined) return undefined
  return to.length === 0 ? `${given} in PagerDuty` : `${given} in PagerDuty to ${to.join(', ')}`
}

function told(result: ReturnType<Acknowledging['acknowledge']>): HookAnswer {
  if (result.ok) return { status: 200, body: { episode: result.value.id, state: result.value.episode.state } }
  // What came too late is no fault of the sender, who would be switched off after a few refusals.
  return ignored(result.problems[0]?.message ?? 'it was refused')
}

function isSigned(secret: string, header: string, body: Buffer): boolean {
  const keys = secret.split(/\s+/).filter((key) => key !== '')
  const signatures = header
    .split(',')
    .slice(0, MAX_SIGNATURES)
    .flatMap((part) => /^\s*v1=([0-9a-f]{64})\s*$/i.exec(part)?.[1] ?? [])
  return keys.some((key) => signatures.some((signature) => isSignedBy(key, body, signature)))
}

function isPing(document: unknown): boolean {
  const { event } = document as { event?: { event_type?: unknown } | null }
  return event?.event_type === 'pagey.ping'
}

function unreadable(where: string): HookAnswer {
  return refusal(400, 'PAGERDUTY_UNREADABLE', `Expected another value at \`${where}\``)
}

function ignored(why: string): HookAnswer {
  return { status: 202, body: { ignored: why } }
}

function parse(body: Buffer): unknown {
  try {
    const document = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown
    return typeof document === 'object' && document !== null ? document : undefined
  } catch {
    return undefined
  }
}
