import { z } from 'zod'
import { type LoopbackReceiver, type Received, type Reply, startReceiver } from './receiver.ts'

const points = (max: number) =>
  z
    .string()
    .min(1)
    .refine((text) => [...text].length <= max, `more than ${max} characters`)
const routingKey = z.string().regex(/^[0-9a-zA-Z]{32}$/)
const dedupKey = points(255)

/** An event by "Send an alert event" of the Events API v2 (developer.pagerduty.com). */
const EVENT = z.discriminatedUnion('event_action', [
  z.strictObject({
    routing_key: routingKey,
    event_action: z.literal('trigger'),
    dedup_key: dedupKey,
    client: z.string().optional(),
    client_url: z.url().optional(),
    links: z
      .array(z.strictObject({ href: z.url(), text: z.string() }))
      .min(1)
      .optional(),
    payload: z.strictObject({
      summary: points(1024),
      source: z.string().min(1),
      severity: z.enum(['critical', 'error', 'warning', 'info']),
      timestamp: z.iso.datetime({ offset: true }).optional(),
      component: z.string().optional(),
      group: z.string().optional(),
      class: z.string().optional(),
      custom_details: z.record(z.string(), z.unknown()).optional(),
    }),
  }),
  z.strictObject({ routing_key: routingKey, event_action: z.literal('resolve'), dedup_key: dedupKey }),
])

/** A change by "Send a change event" of the same API: it has no dedup key, and calls nobody. */
const CHANGE = z.strictObject({
  routing_key: routingKey,
  payload: z.strictObject({
    summary: points(1024),
    timestamp: z.iso.datetime({ offset: true }).optional(),
    source: z.string().optional(),
    custom_details: z.record(z.string(), z.unknown()).optional(),
  }),
  links: z
    .array(z.strictObject({ href: z.url(), text: z.string() }))
    .min(1)
    .optional(),
})

type PagerDutyEvent = z.infer<typeof EVENT>

export type ScriptedAnswer = Reply | 'usual' | 'lost'

export type FakePagerDuty = LoopbackReceiver & {
  readonly routingKey: string
  readonly events: readonly PagerDutyEvent[]
  readonly changes: readonly z.infer<typeof CHANGE>[]
  readonly faults: readonly string[]
  /** How often somebody was called, by dedup key: once for each alert that is opened. */
  readonly calls: ReadonlyMap<string, number>
  /** Dedup keys of alerts that are open. */
  readonly open: ReadonlySet<string>
  /**
   * Answers that come before the usual ones, one for each request. `usual` is the usual one, and `lost` as well, but it
   * never arrives.
   */
  readonly script: ScriptedAnswer[]
}

const INVALID = { status: 'invalid event', message: 'Event object is invalid' }

/**
 * PagerDuty's event endpoint: a second trigger of an open alert is a line in its log, and a resolve of an alert that is
 * not open is dropped in silence, so that a wrong order shows as an alert that stays open.
 */
export async function startFakePagerDuty(): Promise<FakePagerDuty> {
  const routingKeyOfService = 'pdroutingkeypdroutingkeypdroutin'
  const events: PagerDutyEvent[] = []
  const changes: z.infer<typeof CHANGE>[] = []
  const faults: string[] = []
  const calls = new Map<string, number>()
  const open = new Set<string>()
  const script: ScriptedAnswer[] = []
  const refuse = (fault: string): Reply => {
    faults.push(fault)
    return { status: 400, body: JSON.stringify({ ...INVALID, errors: [fault] }) }
  }
  const keepChange = (body: string): Reply => {
    const change = CHANGE.safeParse(JSON.parse(body))
    if (!change.success) return refuse(z.prettifyError(change.error))
    if (change.data.routing_key !== routingKeyOfService) return refuse('unknown routing key')
    changes.push(change.data)
    return { status: 202, body: JSON.stringify({ status: 'success', message: 'Change event processed' }) }
  }
  const judge = ({ method, path, headers, body }: Received): Reply => {
    if (method !== 'POST' || !['/v2/enqueue', '/v2/change/enqueue'].includes(path)) return { status: 404 }
    if (headers['content-type'] !== 'application/json') return refuse('not JSON')
    if (Buffer.byteLength(body) > 512_000) return { status: 413 }
    if (path === '/v2/change/enqueue') return keepChange(body)
    const event = EVENT.safeParse(JSON.parse(body))
    if (!event.success) return refuse(z.prettifyError(event.error))
    const { dedup_key: key, event_action: action, routing_key: asked } = event.data
    if (asked !== routingKeyOfService) return refuse('unknown routing key')
    events.push(event.data)
    if (action === 'resolve') open.delete(key)
    else if (!open.has(key)) {
      open.add(key)
      calls.set(key, (calls.get(key) ?? 0) + 1)
    }
    return { status: 202, body: JSON.stringify({ status: 'success', message: 'Event processed', dedup_key: key }) }
  }
  const receiver = await startReceiver((received) => {
    const scripted = script.shift() ?? 'usual'
    if (scripted !== 'usual' && scripted !== 'lost') return scripted
    const usual = judge(received)
    return scripted === 'usual' ? usual : 'reset'
  })
  return { ...receiver, routingKey: routingKeyOfService, events, changes, faults, calls, open, script }
}
