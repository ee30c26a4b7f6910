import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const isInstalled = spawnSync('promtool', ['--version']).status === 0

/** A machine of a person may lack Prometheus, and the test is seen to be skipped; where all is judged it may not. */
export const WITHOUT_PROMETHEUS = !isInstalled && process.env['CI'] !== 'true'

export type Prometheus = {
  readonly url: string
  /** The samples that an expression gives now. */
  query(expr: string): Promise<readonly { readonly metric: Readonly<Record<string, string>>; readonly value: number }[]>
  /** What rings, as an Alertmanager would be told. */
  alerts(): Promise<
    readonly { readonly labels: Record<string, string>; readonly annotations: Record<string, string> }[]
  >
  close(): Promise<void>
}

/**
 * Starts a real Prometheus on loopback that scrapes the target and evaluates the folder's rules every second.
 *
 * @param others further `scrape_configs`, as YAML
 * @param port that of one that ran on the folder before; default: a free one
 */
export async function startPrometheus(folder: string, target: string, others = '', port?: number): Promise<Prometheus> {
  writeFileSync(
    join(folder, 'prometheus.yaml'),
    `global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }
rule_files: ['rules/*.rules.yaml']
scrape_configs:
  - { job_name: shop, static_configs: [{ targets: ['${target}'] }] }
${others}`,
  )
  const listen = `127.0.0.1:${port ?? (await freePort())}`
  const words = [
    `--config.file=${join(folder, 'prometheus.yaml')}`,
    `--storage.tsdb.path=${join(folder, 'tsdb')}`,
    `--web.listen-address=${listen}`,
    // Blocks that a test writes are of any time.
    '--storage.tsdb.retention.time=10y',
    '--log.level=warn',
  ]
  const child = spawn('prometheus', words, { stdio: ['ignore', 'ignore', 'pipe'] })
  let log = ''
  child.stderr.on('data', (chunk) => {
    log += String(chunk)
  })
  const exited = once(child, 'exit')
  const url = `http://${listen}`
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error(`Expected Prometheus to start, but it ended: ${log}`)
    await pause(100)
  }
  return {
    url,
    query: async (expr) => {
      type Result = { readonly metric: Record<string, string>; readonly value: readonly [number, string] }
      const { data } = await ask<{ result: readonly Result[] }>(`${url}/api/v1/query?query=${encodeURIComponent(expr)}`)
      return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }))
    },
    alerts: async () => {
      type Alert = Awaited<ReturnType<Prometheus['alerts']>>[number] & { readonly state: string }
      const { data } = await ask<{ alerts: readonly Alert[] }>(`${url}/api/v1/alerts`)
      // What has not held for long enough is pending: nobody is told of it.
      return data.alerts.filter(({ state }) => state === 'firing')
    },
    close: async () => {
      if (child.exitCode === null) child.kill('SIGTERM')
      await exited
    },
  }
}

async function ask<Data>(url: string): Promise<{ readonly data: Data }> {
  return (await (await fetch(url)).json()) as { data: Data }
}

async function isReady(url: string): Promise<boolean> {
  return fetch(`${url}/-/ready`).then(
    ({ ok }) => ok,
    () => false,
  )
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return port
}
