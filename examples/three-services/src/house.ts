import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { exportJourneys } from '@tabiji/core/journey'
import { journeys } from './journeys.ts'

const TABIJI = fileURLToPath(import.meta.resolve('@tabiji/collector/command'))

export type House = {
  readonly webUrl: string
  readonly measurementUrl: string
  readonly storageUrl: string
  /** The collector's API. */
  readonly api: string
  /** Runs another command of `tabiji` against this collector. @returns what it printed */
  tabiji(...words: readonly string[]): Promise<string>
  /** Ends everything, the services first, so that they can hand their counters over. */
  stop(): Promise<void>
}

/**
 * Starts three services and the collector, each a process of its own, on loopback.
 *
 * @param program the compiled `main.js`, which runs a service
 * @param folder where the configuration and the store go
 */
export async function openHouse(program: string, folder: string): Promise<House> {
  const running: ChildProcess[] = []
  const env = { JOURNEY_KEY: randomBytes(24).toString('base64') }
  const start = (args: readonly string[], more: Readonly<Record<string, string>> = {}) =>
    firstLine(running, args, folder, { ...env, ...more })
  const storageUrl = await start([program, 'storage'])
  const measurementUrl = await start([program, 'measurement'], { NEXT_URL: storageUrl })
  const webUrl = await start([program, 'web'], { NEXT_URL: measurementUrl })
  writeFileSync(join(folder, 'journeys.json'), exportJourneys(journeys))
  const urls = { web: webUrl, measurement: measurementUrl, storage: storageUrl }
  writeFileSync(join(folder, 'tabiji.yaml'), configText(urls))
  const { api } = JSON.parse(await start([TABIJI, 'up', '--json'])) as { api: string }
  await untilRead(api, Object.keys(urls).length)
  return {
    webUrl,
    measurementUrl,
    storageUrl,
    api,
    tabiji: (...words) => output([TABIJI, ...words, '--url', api], folder),
    stop: async () => {
      for (const child of running) await end(child)
    },
  }
}

/**
 * Waits until every service was read. The first reading of one that is older than the ledger only says where its counters
 * stand, so what customers do before it would not be in the books.
 */
async function untilRead(api: string, services: number): Promise<void> {
  for (;;) {
    const told = await (await fetch(`${api}/metrics`)).text()
    const read = told.match(/^tabiji_source_reads_total\{[^}]*result="ok"[^}]*\} [1-9]/gm) ?? []
    if (read.length >= services) return
    await delay(200)
  }
}

function configText(urls: Readonly<Record<string, string>>): string {
  const targets = Object.entries(urls).map(([service, url]) => `  - { service: ${service}, url: '${url}/metrics' }\n`)
  return `journeys: journeys.json
store: tabiji.db
scrape: { interval: 1s, timeout: 1s }
targets:
${targets.join('')}evaluation: { interval: 1s, grace: 2s }
listen: { api: { port: 0 }, ingest: { port: 0 } }
`
}

/** Starts a program and waits for the first line that it prints, which says where it listens. */
function firstLine(
  running: ChildProcess[],
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.push(child)
  const complaints: string[] = []
  createInterface(child.stderr).on('line', (line) => void (complaints.length < 20 && complaints.push(line)))
  return new Promise((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    child.once('close', (code) => reject(new Error(`${args.join(' ')} ended with ${code}: ${complaints.join('\n')}`)))
  })
}

function output(args: readonly string[], cwd: string): Promise<string> {
  const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += String(chunk)
  })
  return new Promise((resolve) => child.once('close', () => resolve(text)))
}

/** How long a process may take to end by itself. */
const PATIENCE_MS = 10_000

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    const late = setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS)
    child.once('close', () => {
      clearTimeout(late)
      resolve()
    })
    child.kill('SIGTERM')
  })
}
