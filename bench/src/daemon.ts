import { type ChildProcess, fork } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { JourneysDocument } from '@tabiji/core/journey'
import { told } from './child.ts'
import type { Cost } from './meter.ts'

export type Daemon = {
  /** Where its API listens. */
  readonly api: string
  /** What its process needed since it was asked the last time. */
  cost(): Promise<Cost>
  end(): void
}

export type DaemonSetup = {
  readonly journeys: JourneysDocument
  readonly urls: readonly string[]
  readonly storeFile: string
  readonly intervalMs: number
}

/** The real daemon, started by its command on files, as its users do. @param folder may be made for it */
export async function startDaemon(
  folder: string,
  { journeys, urls, storeFile, intervalMs }: DaemonSetup,
): Promise<Daemon> {
  const interval = `${intervalMs / 1_000}s`
  const config = {
    journeys: 'journeys.yaml',
    store: storeFile,
    scrape: { interval, timeout: interval },
    targets: urls.map((url, i) => ({ service: `service-${i}`, url })),
    evaluation: { interval },
    listen: { api: { port: 0 }, ingest: { port: 0 } },
  }
  await mkdir(folder, { recursive: true })
  // JSON is YAML, and read by the same reader.
  await writeFile(join(folder, 'journeys.yaml'), JSON.stringify(journeys))
  await writeFile(join(folder, 'tabiji.yaml'), JSON.stringify(config))
  const command = fileURLToPath(import.meta.resolve('@tabiji/collector/command'))
  const child = fork(command, ['up', '--json', '--log-level', 'error'], {
    cwd: folder,
    execArgv: ['--import', new URL('./meter.js', import.meta.url).href],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const { api } = JSON.parse(await firstLine(child)) as { readonly api: string }
  return {
    api,
    cost: () => {
      child.send('cost')
      return told<Cost>(child)
    },
    end: () => {
      child.kill()
      child.disconnect()
    },
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new Error('Expected the daemon to have been started with a pipe')
    createInterface(child.stdout).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`Expected the daemon to come up, but it ended with status ${code}`)))
  })
}
