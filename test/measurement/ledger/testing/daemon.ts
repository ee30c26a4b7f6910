import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const TABIJI = join(import.meta.dirname, '../../../../packages/collector/bin/tabiji.js')

const JOURNEYS = `
timeZone: Asia/Tokyo
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    objectives: { availability: 99 }
    steps:
      pay: { http: POST /orders, within: 1s }
      cart: { http: POST /cart, within: 1s }
`

/** A service that knows what it has counted, and says so to who reads it. */
export async function startCounter(journey = 'checkout', step = 'pay') {
  const counter = { good: 0 }
  const startedAt = new Date().toISOString()
  const server = createServer((_request, response) => {
    response.setHeader('content-type', 'text/plain; version=0.0.4')
    response.end(
      `journey_step_events_total{journey="${journey}",step="${step}",outcome="good"} ${counter.good}\n` +
        `journey_definition_info{process_id="p-1",fingerprint="f",sdk_version="0",started_at="${startedAt}"} 1\n`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/metrics`
  const close = () => {
    server.close()
    server.closeAllConnections()
  }
  return Object.assign(counter, { url, close })
}

/** Writes a configuration and a journeys file into the folder; everything happens many times a second. */
export function writeConfig(folder: string, target: string): void {
  writeFileSync(join(folder, 'journeys.yaml'), JOURNEYS)
  writeFileSync(
    join(folder, 'tabiji.yaml'),
    `
journeys: journeys.yaml
store: tabiji.db
scrape: { interval: 200ms, timeout: 150ms }
targets: [{ service: shop, url: '${target}' }]
evaluation: { interval: 200ms, grace: 1ms }
listen: { api: { port: 0 }, ingest: { port: 0 } }
`,
  )
}

type Checks = readonly { readonly name: string; readonly status: string; readonly message: string }[]

export type Daemon = {
  readonly log: string[]
  readonly child: ChildProcess
  readonly api: string
  readonly ingest: string
  /** Where other systems tell, when the configuration has such a door. */
  readonly hooks: string
  /** The status of `/readyz`, and what it says is wrong. */
  ready(): Promise<{ readonly status: number; readonly failed: Checks }>
  /** Good events of the month that the daemon has in its books. */
  booked(): Promise<number>
  /** Ends it by SIGTERM. @returns its exit code */
  end(): Promise<number | null>
}

/** Starts the real daemon in a folder. Rejects with what it complained of when it does not come up. */
export async function startDaemon(folder: string, env: Record<string, string> = {}): Promise<Daemon> {
  const child = spawn(process.execPath, [TABIJI, 'up', '--json'], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log: string[] = []
  createInterface(child.stderr).on('line', (line) => log.push(line))
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  const first = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    void closed.then((code) => reject(new Error(`tabiji up ended with ${code}: ${log.join('\n')}`)))
  })
  const { api, ingest, hooks = '' } = JSON.parse(first) as { api: string; ingest: string; hooks?: string }
  return {
    log,
    child,
    api,
    ingest,
    hooks,
    ready: async () => {
      const response = await fetch(`${api}/readyz`)
      const { checks } = (await response.json()) as { checks: Checks }
      return { status: response.status, failed: checks.filter(({ status }) => status === 'failed') }
    },
    booked: async () => {
      const { current } = (await (await fetch(`${api}/api/v1/months`)).json()) as { current: string }
      const facts = (await (await fetch(`${api}/api/v1/months/${current}/facts`)).json()) as {
        journeys: readonly { steps: readonly { counts: readonly number[] }[] }[]
      }
      return facts.journeys[0]?.steps[0]?.counts[0] ?? 0
    },
    end: async () => {
      if (child.exitCode === null) child.kill('SIGTERM')
      return closed
    },
  }
}

/** Runs another command of `tabiji` to its end. */
export async function runTabiji(folder: string, ...words: readonly string[]) {
  const child = spawn(process.execPath, [TABIJI, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk) => {
    said.stdout += String(chunk)
  })
  child.stderr.on('data', (chunk) => {
    said.stderr += String(chunk)
  })
  const exit = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { exit, ...said }
}
