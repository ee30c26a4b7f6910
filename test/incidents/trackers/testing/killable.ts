import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const CHILD = join(import.meta.dirname, 'killable-collector.mjs')

const JOURNEYS = `timeZone: Asia/Tokyo
classes: { read: 300ms, write: 1s, heavy: 20s }
journeys:
  checkout:
    title: { en: Check out, ja: 購入 }
    owner: shop-team
    alerts: { excluded: false }
    steps:
      pay: { http: POST /pay, within: write }
`

/** A collector in a process of its own, which does nothing but when it is told to. */
export type Killable = {
  /** `http://127.0.0.1:…` */
  readonly api: string
  /** Sets its clock and has it read each tracker once. Resolves when that is over; never when it is killed meanwhile. */
  follow(now: number): Promise<void>
  /** Ends it without goodbye. */
  kill(): Promise<void>
}

/** @param trackers as they stand in the configuration, YAML */
export function writeFiles(folder: string, trackers: string): void {
  writeFileSync(join(folder, 'journeys.yaml'), JOURNEYS)
  writeFileSync(
    join(folder, 'tabiji.yaml'),
    `journeys: journeys.yaml
store: tabiji.db
listen: { api: { port: 0 }, ingest: { port: 0 } }
trackers:
${trackers}`,
  )
}

/** Starts it on what is in the folder. */
export async function startKillable(folder: string, now: number, env: Record<string, string>): Promise<Killable> {
  const child = fork(CHILD, {
    env: { ...process.env, ...env, COLLECTOR_FOLDER: folder, COLLECTOR_NOW: String(now) },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [told] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`the collector ended with ${code}`))),
  ])) as [{ readonly api: string }]
  return {
    api: told.api,
    follow: async (at) => {
      const done = once(child, 'message')
      child.send(at)
      await done
    },
    kill: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
