import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { MonthFacts } from '@tabiji/core/report'
import { shopJourneys } from './shop-journeys.mjs'

const COMMAND = fileURLToPath(new URL('../../../../packages/collector/bin/tabiji.js', import.meta.url))
const SERVICE = fileURLToPath(new URL('./counting-service.mjs', import.meta.url))

/** Ports that were free a moment ago; all are held until all are known, so they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'))
  await Promise.all(servers.map((server) => once(server, 'listening')))
  const ports = servers.map((server) => (server.address() as { port: number }).port)
  await Promise.all(servers.map((server) => new Promise((done) => server.close(done))))
  return ports
}

/** A process that the test started; `end` sends the signal and waits until it is gone. */
export type Running = { readonly child: ChildProcess; end(signal: NodeJS.Signals): Promise<void> }

function running(child: ChildProcess): Running {
  const exited = once(child, 'exit')
  return {
    child,
    end: async (signal) => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal)
      await exited
    },
  }
}

type Doubt = {
  readonly process: string
  readonly from: string
  readonly to?: string
  readonly settledAt?: string
}

/** A collector and a service that share a folder, addresses, and nothing else. */
export async function setUp(folder: string) {
  const [apiPort, ingestPort, servicePort, workersPort] = await freePorts(4)
  const truth = join(folder, 'truth')
  writeFileSync(join(folder, 'journeys.yaml'), JSON.stringify(shopJourneys))
  const readBy = (sources: string) =>
    writeFileSync(
      join(folder, 'tabiji.yaml'),
      `journeys: journeys.yaml
store: tabiji.db
${sources}
listen: { api: { port: ${apiPort} }, ingest: { port: ${ingestPort} } }
`,
    )
  readBy(`scrape: { interval: 1s, timeout: 1s }
targets: [{ service: shop, url: 'http://127.0.0.1:${servicePort}/metrics' }]`)
  const api = async <Answer>(path: string): Promise<Answer> =>
    (await (await fetch(`http://127.0.0.1:${apiPort}/api/v1${path}`)).json()) as Answer
  const settings = {
    port: servicePort,
    workersPort,
    collector: `http://127.0.0.1:${ingestPort}`,
    truth,
    spool: join(folder, 'spool'),
  }
  const happened = () =>
    (existsSync(truth) ? readFileSync(truth, 'utf8') : '')
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [at, pid] = line.split(' ')
        return { at: Number(at), pid: Number(pid) }
      })
  return {
    url: `http://127.0.0.1:${servicePort}`,
    folder,
    /** Other sources than the target, as lines of the configuration; for the next start. */
    readBy,
    workersUrl: `http://127.0.0.1:${workersPort}`,
    spool: join(folder, 'spool'),
    startCollector: () => startCollector(join(folder, 'tabiji.yaml')),
    startService: (program = SERVICE) => startService(program, settings),
    /** All events that the service's processes know of: when they ended, milliseconds, and whose they were. */
    happened,
    /** How many those are once no more come: a response closes a moment after its client has the answer. */
    settled: async () => {
      for (let before = -1; ; ) {
        const now = happened().length
        if (now === before) return now
        before = now
        await pause(500)
      }
    },
    /** Every event in the books, whatever its outcome. */
    booked: async () => {
      const { current, latestComplete } = await api<Record<'current' | 'latestComplete', string>>('/months')
      const months = await Promise.all(
        [latestComplete, current].map((month) => api<MonthFacts>(`/months/${month}/facts`)),
      )
      const counts = months.flatMap(({ journeys }) =>
        journeys.flatMap(({ steps }) => steps.flatMap((step) => step.counts)),
      )
      return counts.reduce((sum, count) => sum + count, 0)
    },
    doubts: async (state: 'open' | 'all') =>
      (await api<{ readonly doubts: readonly Doubt[] }>(`/doubts?state=${state}&limit=1000`)).doubts,
  }
}

async function startCollector(config: string): Promise<Running> {
  const args = [COMMAND, 'up', '--config', config, '--json', '--log-level', 'error']
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  // It answers once its doors are open, that is after the ledger's birth was committed.
  await Promise.race([once(child.stdout, 'data'), failing(child, 'the collector')])
  return running(child)
}

async function startService(program: string, settings: object): Promise<Running> {
  const child = fork(program, [JSON.stringify(settings)], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
  await Promise.race([once(child, 'message'), failing(child, 'the service')])
  return running(child)
}

async function failing(child: ChildProcess, what: string): Promise<never> {
  const [code, signal] = await once(child, 'exit')
  throw new Error(`Expected ${what} to start, but it ended with ${code ?? signal}`)
}
