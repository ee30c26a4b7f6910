import type { ForeignAlerts } from '../../ports/foreign-alerts.ts'
import { readAlertmanagerDelivery } from '../../wire/alertmanager-webhook.ts'
import { bearerCheck } from '../bearer.ts'
import { type Hook, type HookAnswer, refusal } from '../hooks.ts'

export type AlertmanagerHookOptions = {
  readonly token: () => string
  readonly alerts: ForeignAlerts
  /** Is told what people should know: the sender shows an answer to nobody. */
  readonly warn: (message: string) => void
}

/** A thousand alerts with long annotations. */
const MAX_BYTES = 4 * 1024 * 1024

/**
 * Alerts that a Prometheus evaluates, as an Alertmanager posts them (webhook, version 4). It repeats what is answered 5xx and
 * nothing else. What cannot be taken is answered 422, though the rest was taken: the sender logs that, and tells all of it again.
 */
export function createAlertmanagerHook({ token, alerts, warn }: AlertmanagerHookOptions): Hook {
  const grants = bearerCheck([{ token, grants: true }])
  return {
    path: '/alertmanager/webhook',
    maxBytes: MAX_BYTES,
    admit: ({ authorization }) => {
      if (grants(authorization).length > 0) return undefined
      const refused = refusal(
        401,
        'ALERTMANAGER_TOKEN',
        'Expected the token of `hooks.alertmanager` as `Authorization: Bearer …`',
      )
      return { ...refused, headers: { 'WWW-Authenticate': 'Bearer' } }
    },
    receive: ({ body }) => receive(body, alerts, warn),
  }
}

function receive(body: Buffer, alerts: ForeignAlerts, warn: (message: string) => void): HookAnswer {
  const document = parse(body)
  if (document === undefined) return refusal(400, 'ALERTMANAGER_UNREADABLE', 'Expected a body in JSON')
  const read = readAlertmanagerDelivery(document)
  if (!read.ok) {
    const message = `Expected a webhook of an Alertmanager, version 4, with at most 1000 alerts; another value at \`${read.where}\``
    warn(message)
    return refusal(400, 'ALERTMANAGER_UNREADABLE', message, 'set `max_alerts` of the webhook where groups are larger')
  }
  const { truncated } = read.delivery
  const taken = alerts.take(read.delivery.alerts)
  const left = `${truncated} alerts were left out by \`max_alerts\` of the Alertmanager: nobody is told of them here`
  const warnings = [...taken.warnings, ...(truncated > 0 ? [left] : [])]
  for (const { why } of taken.refused) warn(why)
  for (const warning of warnings) warn(warning)
  const [first] = taken.refused
  if (first === undefined) return { status: 200, body: { ...taken, warnings } }
  const error = { code: 'ALERTMANAGER_REFUSED', message: first.why }
  return { status: 422, body: { error, ...taken, warnings } }
}

function parse(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body)) as unknown
  } catch {
    return undefined
  }
}
