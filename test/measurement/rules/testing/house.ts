import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { heldIn } from '../../../../packages/collector/src/testing/held.ts'
import { SECRET, startReceiver } from '../../../road/testing/receiver.ts'
import { startService } from './service.ts'

/** A folder for the real daemon, which reads and judges several times a second, and everything around it. */
export async function openHouse(rules: string, ofFile = '') {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-simple-rules-'))
  const [service, receiver] = await Promise.all([startService(), startReceiver()])
  const write = (stated: string) =>
    writeFileSync(
      join(folder, 'journeys.yaml'),
      `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
${ofFile}
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://wiki.example.org/runbooks/checkout
    alerts: { ${stated} }
    objectives: {}
    steps: { pay: { http: POST /orders, within: write } }
`,
    )
  write(rules)
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
hours: { opens: '00:00', weekdays: [mon, tue, wed, thu, fri, sat, sun] }
`,
  )
  return {
    folder,
    counts: service.counts,
    /** The service answers with 503 while it is silent. */
    mood: service.mood,
    messages: receiver.messages,
    write,
    /** Since when conditions have held, by the store of a daemon that has ended. */
    held: () => heldIn(join(folder, 'tabiji.db')),
    close: async () => {
      service.close()
      await receiver.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
