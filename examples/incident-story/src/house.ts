import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { exportJourneys } from '@tabiji/core/journey'
import type { GithubStandIn } from './github.ts'
import { journeys } from './journeys.ts'
import type { Processes } from './processes.ts'

const TABIJI = fileURLToPath(import.meta.resolve('@tabiji/collector/command'))
const SHOP = fileURLToPath(new URL('./shop.js', import.meta.url))
const POLL_MS = 300
/** On a busy machine everything takes longer, and nothing is wrong yet. */
const PATIENCE_MS = 120_000

/** The shop and its collector while one act is played. */
export type House = {
  readonly shopUrl: string
  readonly api: string
  /** Switches the fault. */
  breakShop(on: boolean): Promise<void>
  get<Answer>(path: string): Promise<Answer>
  /** Asks until the answer is there. @throws Error when it takes too long */
  until<Answer>(what: string, ask: () => Promise<Answer | undefined>): Promise<Answer>
  /** Runs a command against the collector. @returns what it printed */
  tabiji(...words: readonly string[]): Promise<string>
}

/**
 * Starts the shop and the collector, as `tabiji up` does, on a clock. The store stays from act to act.
 *
 * @param offsetMs how far their clock is off
 */
export async function openHouse(
  folder: string,
  offsetMs: number,
  github: GithubStandIn,
  processes: Processes,
): Promise<House> {
  const shopUrl = await processes.start(offsetMs, SHOP, [])
  writeFileSync(join(folder, 'journeys.json'), exportJourneys(journeys))
  writeFileSync(join(folder, 'github-token'), `${github.token}\n`, { mode: 0o600 })
  writeFileSync(join(folder, 'tabiji.yaml'), configText(shopUrl, github.url))
  const told = await processes.start(offsetMs, TABIJI, ['up', '--json'])
  const { api } = JSON.parse(told) as { readonly api: string }
  const until: House['until'] = async (what, ask) => {
    const late = performance.now() + PATIENCE_MS
    while (performance.now() < late) {
      const answer = await ask()
      if (answer !== undefined) return answer
      await pause(POLL_MS)
    }
    throw new Error(`Expected ${what} within ${PATIENCE_MS / 1000} s.`)
  }
  // Of a service that is older than the ledger, what was counted before the first reading is not in the books.
  await until('the shop to be read', async () => {
    const metrics = await (await fetch(`${api}/metrics`)).text()
    return /^tabiji_source_reads_total\{[^}]*result="ok"[^}]*\} [1-9]/m.test(metrics) ? true : undefined
  })
  return {
    ...{ shopUrl, api, until },
    breakShop: async (on) => {
      const headers = { 'content-type': 'application/json' }
      await fetch(`${shopUrl}/fault`, { method: 'PUT', headers, body: JSON.stringify({ on }) })
    },
    get: async <Answer>(path: string) => {
      const answer = await fetch(`${api}/api/v1${path}`)
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
      return (await answer.json()) as Answer
    },
    tabiji: (...words) =>
      processes.run(offsetMs, TABIJI, [...words, '--url', api, '--timeout', '60s'], { TABIJI_BY: 'aoi' }),
  }
}

/** Only times are shorter than in a real configuration, and the tracker is a stand-in. */
function configText(shopUrl: string, githubUrl: string): string {
  return `journeys: journeys.json
store: tabiji.db
scrape: { interval: 1s, timeout: 1s }
targets: [{ service: shop, url: '${shopUrl}/metrics' }]
ledger:
  slots: [{ width: 1s }, { width: 1m, from: 15m }, { width: 5m, from: 1d }]
evaluation: { interval: 1s, grace: 2s }
listen: { api: { port: 0 }, ingest: { port: 0 } }
trackers:
  - { name: github, kind: github, url: '${githubUrl}', repositories: [acme/shop], interval: 1m, tokenFile: github-token }
`
}
