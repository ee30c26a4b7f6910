import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/** How long a process may take to end by itself. */
const PATIENCE_MS = 10_000
const LAST_WORDS = 20

/** Processes on a clock of their own; nothing of them outlives the story. */
export type Processes = {
  /** Starts a program. @returns the first line that it prints, which says where it listens */
  start(offsetMs: number, script: string, args: readonly string[], env?: Env): Promise<string>
  /** Runs a program to its end. @returns what it printed. @throws Error with its complaints when it fails */
  run(offsetMs: number, script: string, args: readonly string[], env?: Env): Promise<string>
  /** Ends what runs now, the first one first; more may be started afterwards. */
  end(): Promise<void>
  /** Ends everything, and lets nothing start any more. */
  stop(): Promise<void>
}

type Env = Readonly<Record<string, string>>

export function createProcesses(cwd: string): Processes {
  let running: ChildProcess[] = []
  let isStopped = false
  const open = (offsetMs: number, script: string, args: readonly string[], env: Env = {}) => {
    if (isStopped) throw new Error('The story was stopped.')
    const clock = ['--import', new URL('./clock.js', import.meta.url).href]
    const child = spawn(process.execPath, [...clock, script, ...args], {
      cwd,
      env: { ...process.env, ...env, STORY_CLOCK_OFFSET_MS: String(offsetMs) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.push(child)
    const complaints: string[] = []
    createInterface(child.stderr).on('line', (line) => {
      complaints.push(line)
      if (complaints.length > LAST_WORDS) complaints.shift()
    })
    const failure = (code: number | null) =>
      new Error(`${args.join(' ')} ended with ${code}:\n${complaints.join('\n')}`)
    return { child, failure }
  }
  const end = async () => {
    const ending = running
    running = []
    for (const child of ending) await endOne(child)
  }
  return {
    start: async (...asked) => {
      const { child, failure } = open(...asked)
      return new Promise((resolve, reject) => {
        // All of it is read, so that the process never waits for somebody who listens.
        createInterface(child.stdout).on('line', resolve)
        child.once('close', (code) => reject(failure(code)))
      })
    },
    run: async (...asked) => {
      const { child, failure } = open(...asked)
      let text = ''
      child.stdout.on('data', (chunk) => {
        text += String(chunk)
      })
      return new Promise((resolve, reject) => {
        child.once('close', (code) => {
          running = running.filter((one) => one !== child)
          if (code === 0) resolve(text)
          else reject(failure(code))
        })
      })
    },
    end,
    stop: async () => {
      isStopped = true
      await end()
    },
  }
}

function endOne(child: ChildProcess): Promise<void> {
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
