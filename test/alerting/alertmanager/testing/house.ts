import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A service of which, while `fails` is true, everything fails. */
async function startService() {
  const state = { fails: false, errors: 0 }
  const startedAt = new Date().toISOString()
  const info = `journey_definition_info{process_id="p-1",fingerprint="f",sdk_version="0",started_at="${startedAt}"} 1\n`
  const server = createServer((_request, response) => {
    if (state.fails) state.errors += 20
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(`journey_step_events_total{journey="checkout",step="pay",outcome="error"} ${state.errors}\n${info}`)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return { state, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`, close }
}

/** A folder for the real daemon that tells an Alertmanager of a rule that ends soon after its cause. */
export async function openHouse(alertmanager: string) {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-alertmanager-'))
  const service = await startService()
  const files = {
    'journeys.yaml': `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://wiki.example.org/runbooks/checkout
    alerts: { errors > 10 in 15s: { level: 1, name: errors }, excluded: false }
    objectives: {}
    steps: { pay: { http: POST /orders, within: write } }
`,
    'tabiji.yaml': `journeys: journeys.yaml
store: tabiji.db
scrape: { interval: 500ms, timeout: 500ms }
targets: [{ service: shop, url: '${service.url}' }]
evaluation: { interval: 200ms, grace: 1ms }
listen: { api: { port: 0 }, ingest: { port: 0 } }
receivers: [{ name: am, kind: alertmanager, urls: ['${alertmanager}'] }]
routes: { page: [am], ticket: [am], notice: [am] }
`,
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return {
    folder,
    service: service.state,
    close: async () => {
      service.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
