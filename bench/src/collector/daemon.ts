import { createApp, createLog, keepYoungGenerationSmall } from '@tabiji/collector'
import { configOf, worldOf } from '../tick-world.ts'

export type DaemonJob = { readonly journeys: number; readonly url: string; readonly storeFile: string }

/** What the process has needed since it began, and holds now. */
export type DaemonCost = { readonly cpuMs: number; readonly rssBytes: number }

const INTERVAL_MS = 15_000

/** A real collector in a process of its own. It tells its API's address, then what it cost, as often as it is asked. */
process.once('message', async ({ journeys, url, storeFile }: DaemonJob) => {
  const definition = worldOf(journeys, false)
  const surroundings = {
    now: Date.now,
    log: createLog('warn'),
    loadDefinition: () => ({ ok: true, definition }) as const,
  }
  keepYoungGenerationSmall()
  const app = createApp(configOf(storeFile, [url], INTERVAL_MS), definition, surroundings)
  const { api } = await app.start()
  process.on('message', () => {
    const { user, system } = process.cpuUsage()
    const cost: DaemonCost = { cpuMs: (user + system) / 1_000, rssBytes: process.memoryUsage.rss() }
    process.send?.(cost)
  })
  process.on('disconnect', () => process.exit())
  process.send?.(api)
})
