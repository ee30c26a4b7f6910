import { z } from 'zod'
import { parseInstant } from './instant.ts'

/** One alert of a delivery. Times in milliseconds. */
type DeliveredAlert = {
  readonly fingerprint: string
  readonly isFiring: boolean
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: Readonly<Record<string, string>>
  readonly startsAt: number
  readonly generatorUrl?: string
}

/** What an Alertmanager posts to a webhook receiver, version 4. */
type Delivery = {
  readonly alerts: readonly DeliveredAlert[]
  /** How many alerts of the group were left out (`max_alerts`). */
  readonly truncated: number
}

const words = z.record(z.string().max(1_000), z.string().max(20_000))
const instant = z.string().transform((given, context): number => {
  const at = parseInstant(given)
  if (at !== undefined) return at
  context.issues.push({ code: 'custom', input: given, message: 'a time' })
  return z.NEVER
})

/** Of everything that is sent only this is looked at: `notification_reason` and what may come later do no harm. */
const delivery = z.object({
  version: z.literal('4'),
  truncatedAlerts: z.int().min(0).default(0),
  alerts: z
    .array(
      z.object({
        status: z.literal(['firing', 'resolved']),
        labels: words,
        annotations: words,
        startsAt: instant,
        generatorURL: z.string().max(4_000).default(''),
        fingerprint: z.string().regex(/^[0-9A-Za-z_-]{1,64}$/),
      }),
    )
    .max(1_000),
})

/** @returns the delivery, or where it is not as it should be */
export function readAlertmanagerDelivery(
  document: unknown,
): { readonly ok: true; readonly delivery: Delivery } | { readonly ok: false; readonly where: string } {
  const read = delivery.safeParse(document)
  if (!read.success) return { ok: false, where: read.error.issues[0]?.path.join('.') || 'the document' }
  const alerts = read.data.alerts.map(({ status, generatorURL, ...alert }) => ({
    ...alert,
    isFiring: status === 'firing',
    ...(/^https?:\/\/\S+$/.test(generatorURL) && { generatorUrl: generatorURL }),
  }))
  return { ok: true, delivery: { alerts, truncated: read.data.truncatedAlerts } }
}
