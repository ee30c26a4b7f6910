import { type ChildProcess, spawn } from 'node:child_process'
import { type AddressInfo, createServer } from 'node:net'
import { createInterface } from 'node:readline'

/** The processes that the demo started; nothing of it may outlive the demo. */
export type Processes = {
  /** Starts a Node program. Its stderr goes to `onLog`, line by line; its stdout too, unless somebody reads it. */
  start(name: string, script: string, args: readonly string[], options?: StartOptions): ChildProcess
  /** Runs a Node program to its end. @throws Error with its last words when it fails. */
  run(name: string, script: string, args: readonly string[]): Promise<string>
  /** Ends all of them, politely and then not; the oldest first, so that the service can still hand its counters over. */
  stop(): Promise<void>
}

type StartOptions = {
  readonly env?: Readonly<Record<string, string>>
  readonly onLine?: (line: string) => void
}

/** How long a process may take to end by itself. */
const PATIENCE_MS = 8_000

export function createProcesses(cwd: string, onLog: (name: string, line: string) => void): Processes {
  const running: { name: string; child: ChildProcess }[] = []
  const start: Processes['start'] = (name, script, args, { env = {}, onLine } = {}) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.push({ name, child })
    if (child.stderr !== null) createInterface(child.stderr).on('line', (line) => onLog(name, line))
    if (child.stdout !== null) createInterface(child.stdout).on('line', onLine ?? ((line) => onLog(name, line)))
    return child
  }
  return {
    start,
    run: (name, script, args) =>
      new Promise((resolve, reject) => {
        const lines: string[] = []
        const child = start(name, script, args, { onLine: (line) => void lines.push(line) })
        child.once('error', reject)
        child.once('close', (code) => {
          if (code === 0) resolve(lines.join('\n'))
          else reject(new Error(`${name} ended with ${code}: ${lines.slice(-3).join(' ')}`))
        })
      }),
    stop: async () => {
      for (const { child } of running) await end(child)
    },
  }
}

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

/** A port that is free now: the wanted one when it is. */
export async function freePort(wanted: number): Promise<number> {
  return (await tryPort(wanted)) ?? (await tryPort(0)) ?? wanted
}

function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(undefined))
    probe.listen(port, '127.0.0.1', () => {
      const { port: free } = probe.address() as AddressInfo
      probe.close(() => resolve(free))
    })
  })
}
