import { createHmac } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startService } from '../../../measurement/rules/testing/service.ts'
import { SECRET, startReceiver } from '../../../road/testing/receiver.ts'

const GITHUB_SECRET = 'github-secret-0123456789'
export const ALERTMANAGER_TOKEN = 'alertmanager-token-0123456789'

const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://wiki.example.org/runbooks/checkout
    alerts: { excluded: false }
    objectives: { availability: { target: 99, policy: { milestones: [] } } }
    steps: { pay: { http: POST /orders, within: write } }
`

/**
 * A folder for the real daemon with a door for hooks, a service that it reads, and a receiver that it tells.
 *
 * @param more lines of the configuration
 * @param hooksPort where others tell; default: a free one of each start
 */
export async function openHouse(more = '', hooksPort = 0) {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-inbound-'))
  const [service, receiver] = await Promise.all([startService(), startReceiver()])
  mkdirSync(join(folder, 'runbooks'))
  const files = {
    'journeys.yaml': JOURNEYS,
    'runbooks/checkout.md': '# Check out\n\n1. Look at the [queue](https://grafana.example.org/queue)\n2. Roll back\n',
    'hook-url': receiver.url,
    'hook-secret': SECRET,
    'github-secret': GITHUB_SECRET,
    'alertmanager-token': ALERTMANAGER_TOKEN,
    'tabiji.yaml': `journeys: journeys.yaml
store: tabiji.db
scrape: { interval: 500ms, timeout: 500ms }
targets: [{ service: shop, url: '${service.url}' }]
evaluation: { interval: 200ms, grace: 1ms }
listen: { api: { port: 0 }, ingest: { port: 0 }, hooks: { port: ${hooksPort} } }
receivers: [{ name: hook, kind: webhook, urlFile: hook-url, secretFile: hook-secret }]
routes: { page: [hook], ticket: [hook], notice: [hook] }
hours: { opens: '00:00', weekdays: [mon, tue, wed, thu, fri, sat, sun] }
runbooks: [{ address: 'https://wiki.example.org/runbooks', folder: runbooks }]
${more}`,
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return {
    folder,
    counts: service.counts,
    messages: receiver.messages,
    /** Where a Prometheus finds the service. */
    target: new URL(service.url).host,
    close: async () => {
      service.close()
      await receiver.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Posts a document as GitHub does, signed. */
export async function deliverGithub(hooks: string, event: string, document: object, secret = GITHUB_SECRET) {
  const body = JSON.stringify(document)
  const response = await fetch(`${hooks}/github/webhook`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-github-event': event,
      'x-github-delivery': crypto.randomUUID(),
      'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    },
  })
  return { status: response.status, document: (await response.json()) as Record<string, unknown> }
}
