import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startService } from '../../../measurement/rules/testing/service.ts'
import { SECRET, startReceiver } from '../../../road/testing/receiver.ts'

const ONE_HOOK = `receivers: [{ name: hook, kind: webhook, urlFile: hook-url, secretFile: hook-secret }]
routes: { page: [hook], ticket: [hook], notice: [hook] }`

/**
 * A folder for the real daemon, which reads and judges several times a second. The eleventh failed event rings at level 1, the
 * sixth excluded one at level 3.
 *
 * @param more lines of the configuration
 * @param receivers who is told, and of what; `hook-url` and `hook-secret` are files of a receiver that is there
 */
export async function openHouse(more = '', receivers = ONE_HOOK) {
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
${receivers}
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
