import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SECRET, startReceiver } from '../../../road/testing/receiver.ts'

/** A service that says what it has counted of one step. */
async function startService() {
  const counts = { good: 0, error: 0, excluded: 0 }
  const startedAt = new Date().toISOString()
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    const lines = Object.entries(counts).map(
      ([outcome, count]) => `journey_step_events_total{journey="checkout",step="pay",outcome="${outcome}"} ${count}\n`,
    )
    const info = `journey_definition_info{process_id="p-1",fingerprint="f",sdk_version="0",started_at="${startedAt}"} 1\n`
    response.end(lines.join('') + info)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { counts, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`, close }
}

/**
 * A folder for the real daemon, which reads and judges several times a second. The eleventh failed event rings at level 1, the
 * sixth excluded one at level 3.
 *
 * @param more lines of the configuration
 */
export async function openHouse(more = '') {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-gates-'))
  const [service, receiver] = await Promise.all([startService(), startReceiver()])
  writeFileSync(
    join(folder, 'journeys.yaml'),
    `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://wiki.example.org/runbooks/checkout
    alerts:
      errors > 10 in 1h: { level: 1, name: broken }
      excluded > 5 in 1h: { level: 3, name: refused }
      excluded: false
    objectives: {}
    steps: { pay: { http: POST /orders, within: write } }
`,
  )
  writeFileSync(join(folder, 'hook-url'), receiver.url)
  writeFileSync(join(folder, 'hook-secret'), SECRET)
  writeFileSync(
    join(folder, 'tabiji.yaml'),
    `journeys: journeys.yaml
store: tabiji.db
scrape: { interval: 500ms, timeout: 500ms }
targets: [{ service: shop, url: '${service.url}' }]
evaluation: { interval: 200ms, grace: 1ms }
listen: { api: { port: 0 }, ingest: { port: 0 } }
receivers: [{ name: hook, kind: webhook, urlFile: hook-url, secretFile: hook-secret }]
routes: { page: [hook], ticket: [hook], notice: [hook] }
${more}
`,
  )
  return {
    folder,
    counts: service.counts,
    messages: receiver.messages,
    close: async () => {
      service.close()
      await receiver.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
