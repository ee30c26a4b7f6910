import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startService } from '../../../measurement/rules/testing/service.ts'
import { SECRET, startReceiver } from '../../../road/testing/receiver.ts'

const journey = (name: string, en: string, ja: string) => `  ${name}:
    title: { en: ${en}, ja: ${ja} }
    owner: shop-team
    runbook: https://wiki.example.org/runbooks/${name}
    alerts: { excluded: false }
    objectives: { availability: { target: 99, policy: { milestones: [] } } }
    steps: { pay: { http: POST /${name}, within: write } }
`

/**
 * A folder for the real daemon, which reads and judges several times a second: a service for each of two journeys, and a pager.
 *
 * @param more lines of the configuration
 */
export async function openHouse(more = '') {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-incidents-'))
  const [checkout, browse, pager] = await Promise.all([startService(), startService('browse'), startReceiver()])
  browse.counts.good = 5
  const files = {
    'journeys.yaml': `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
${journey('checkout', 'Check out', '購入')}${journey('browse', 'Browse', '閲覧')}`,
    'pager-url': pager.url,
    secret: SECRET,
    'tabiji.yaml': `journeys: journeys.yaml
store: tabiji.db
language: ja
scrape: { interval: 500ms, timeout: 500ms }
targets: [{ service: shop, url: '${checkout.url}' }, { service: catalogue, url: '${browse.url}' }]
evaluation: { interval: 200ms, grace: 1ms }
listen:
  api: { port: 0, tokens: [{ name: aoi, may: write, tokenEnv: TABIJI_AOI }] }
  ingest: { port: 0 }
receivers: [{ name: pager, kind: webhook, urlFile: pager-url, secretFile: secret }]
routes: { page: [pager] }
${more}
`,
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return {
    folder,
    /** What the services have counted: of checkout, and of browse. */
    counts: checkout.counts,
    other: browse.counts,
    pager: pager.messages,
    close: async () => {
      checkout.close()
      browse.close()
      await pager.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
