import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { vi } from 'vitest'

const DEMO = join(import.meta.dirname, '../../../examples/body-measurement/dist/demo.js')

export type Demo = {
  /** Where its pages are. */
  readonly url: string
  /** Everything that it has said. */
  readonly said: readonly string[]
  /** Waits for a line that it says. */
  hears(text: string, withinMs: number): Promise<void>
  end(): Promise<void>
}

/** What `npm start` runs: sample months, a real service with real requests, and a fault that rings level 1. */
export async function startDemo(): Promise<Demo> {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-dashboard-'))
  const child = spawn(process.execPath, [DEMO], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: string[] = []
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', (line) => said.push(line))
  const hears = async (text: string, timeout: number) => {
    await vi
      .waitUntil(() => said.some((line) => line.includes(text)), { timeout })
      .catch(() => {
        throw new Error(`The demo did not say "${text}" but:\n${said.join('\n')}`)
      })
  }
  await hears('dashboard  http', 60_000)
  const [url = ''] = /http:\/\/[\d.:]+/.exec(said.find((line) => line.includes('dashboard  http')) ?? '') ?? []
  return { url, said, hears, end: () => end(child, folder) }
}

async function end(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const closed = new Promise((done) => child.once('close', done))
    child.kill('SIGTERM')
    await closed
  }
  rmSync(folder, { recursive: true, force: true })
}
