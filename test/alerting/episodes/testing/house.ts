import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startService } from '../../../measurement/rules/testing/service.ts'
import { SECRET, startReceiver } from '../../../road/testing/receiver.ts'

export const TOKENS = { TABIJI_AOI: 'write-write-write-write', TABIJI_WALL: 'read-read-read-read-read' } as const

/**
 * A folder for the real daemon, which reads and judges several times a second, with two receivers on loopback: the eleventh
 * failed payment pages `pager`, and `second` stands behind it.
 *
 * @param unanswered lines of the configuration about pages that nobody takes
 */
export async function openHouse(unanswered: string) {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-episodes-'))
  const [service, pager, second] = await Promise.all([startService(), startReceiver(), startReceiver()])
  writeFileSync(
    join(folder, 'journeys.yaml'),
    `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    runbook: https://wiki.example.org/runbooks/checkout
    alerts: { errors > 10 in 1h: 1, excluded: false }
    objectives: {}
    steps: { pay: { http: POST /orders, within: write } }
`,
  )
  for (const [name, { url }] of Object.entries({ pager, second })) writeFileSync(join(folder, `${name}-url`), url)
  writeFileSync(join(folder, 'secret'), SECRET)
  writeFileSync(
    join(folder, 'tabiji.yaml'),
    `journeys: journeys.yaml
store: tabiji.db
scrape: { interval: 500ms, timeout: 500ms }
targets: [{ service: shop, url: '${service.url}' }]
evaluation: { interval: 200ms, grace: 1ms }
listen:
  api:
    port: 0
    tokens:
      - { name: aoi, may: write, tokenEnv: TABIJI_AOI }
      - { name: wall, may: read, tokenEnv: TABIJI_WALL }
  ingest: { port: 0 }
receivers:
  - { name: pager, kind: webhook, urlFile: pager-url, secretFile: secret }
  - { name: second, kind: webhook, urlFile: second-url, secretFile: secret }
routes: { page: [pager] }
fallback: second
${unanswered}
`,
  )
  return {
    folder,
    counts: service.counts,
    pager: pager.messages,
    second: second.messages,
    close: async () => {
      service.close()
      await Promise.all([pager.close(), second.close()])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const TABIJI = join(import.meta.dirname, '../../../../packages/collector/bin/tabiji.js')

/** Runs another command of `tabiji` to its end, as somebody. */
export async function runTabiji(folder: string, env: Record<string, string>, ...words: readonly string[]) {
  const child = spawn(process.execPath, [TABIJI, ...words], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].on('data', (chunk) => {
      said[name] += String(chunk)
    })
  }
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { exit, ...said }
}
