import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

export type Prometheus = {
  readonly pid: number
  /** The first value that an expression gives at a time (seconds); `undefined` where there is none. */
  ask(query: string, time: number): Promise<number | undefined>
  /** Labels of every alert that fires. */
  firing(): Promise<readonly Readonly<Record<string, string>>[]>
  /** How many evaluations of rule groups were missed, because the one before was not over. */
  missed(): Promise<number>
  close(): Promise<void>
}

/** Makes blocks of an OpenMetrics file with times. One pass over the file for each block: few long ones. */
export async function createBlocks(file: string, data: string): Promise<void> {
  const words = ['create-blocks-from', '--max-block-duration=8760h', 'openmetrics', '--quiet', file, data]
  const child = spawn('promtool', ['tsdb', ...words], { stdio: ['ignore', 'ignore', 'inherit'] })
  const [status] = (await once(child, 'exit')) as [number | null]
  if (status !== 0) throw new Error(`Expected promtool to make blocks, but it exited with ${status}`)
}

/** Starts the Debian package's Prometheus on loopback. @param config the text of its configuration file */
export async function startPrometheus(folder: string, data: string, config: string): Promise<Prometheus> {
  const file = join(folder, 'prometheus.yaml')
  await writeFile(file, config)
  const port = await freePort()
  const words = [
    `--config.file=${file}`,
    `--storage.tsdb.path=${data}`,
    '--storage.tsdb.retention.time=100y',
    `--web.listen-address=127.0.0.1:${port}`,
    '--log.level=error',
  ]
  const child = spawn('prometheus', words, { stdio: ['ignore', 'inherit', 'inherit'] })
  const exited = once(child, 'exit')
  const url = `http://127.0.0.1:${port}`
  while (!(await isReady(url))) {
    if (child.exitCode !== null) throw new Error('Expected Prometheus to start; what it said stands above')
    await pause(100)
  }
  return {
    pid: child.pid as number,
    ask: (query, time) => ask(url, query, String(time)),
    missed: async () => (await ask(url, 'sum(prometheus_rule_group_iterations_missed_total)')) ?? 0,
    firing: async () => {
      type Alert = { readonly state: string; readonly labels: Record<string, string> }
      const { data } = (await (await fetch(`${url}/api/v1/alerts`)).json()) as { data: { alerts: readonly Alert[] } }
      return data.alerts.filter(({ state }) => state === 'firing').map(({ labels }) => labels)
    },
    close: async () => {
      child.kill('SIGTERM')
      await exited
    },
  }
}

async function ask(url: string, query: string, time?: string): Promise<number | undefined> {
  const words = new URLSearchParams({ query, ...(time !== undefined && { time }) })
  const answer = await fetch(`${url}/api/v1/query?${words}`)
  const { data } = (await answer.json()) as { data: { result: readonly { value: readonly [number, string] }[] } }
  const [first] = data.result
  return first === undefined ? undefined : Number(first.value[1])
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
