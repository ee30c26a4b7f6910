import { createApp, createLog, keepYoungGenerationSmall, type Overview } from '@tabiji/collector'
import { configOf, worldOf } from './tick-world.ts'

/** What the collector's own process needed from one tick to the next. */
export type TickCost = { readonly cpuMs: number; readonly rssBytes: number }

export type TickJob = {
  readonly journeys: number
  readonly urls: readonly string[]
  readonly storeFile: string
  readonly intervalMs: number
  readonly ticks: number
}

/**
 * Ticks that warm up: the first one parses whole bodies and looks all accounts up, and for half a minute the garbage
 * collector tidies up after the start and code is compiled that runs for weeks.
 */
const WARM_UP = 6

/** A real collector in a process of its own: everything that this process does between two ticks is counted. */
process.once('message', async (job: TickJob) => {
  keepYoungGenerationSmall()
  const { journeys, urls, storeFile, intervalMs, ticks } = job
  const definition = worldOf(journeys)
  const surroundings = {
    now: Date.now,
    log: createLog('warn'),
    loadDefinition: () => ({ ok: true, definition }) as const,
  }
  const app = createApp(configOf(storeFile, urls, intervalMs), definition, surroundings)
  const { api } = await app.start()
  const costs: TickCost[] = []
  let before = process.cpuUsage()
  let left = WARM_UP + ticks
  const timer = setInterval(() => {
    const { user, system } = process.cpuUsage(before)
    costs.push({ cpuMs: (user + system) / 1000, rssBytes: process.memoryUsage.rss() })
    before = process.cpuUsage()
    if (--left > 0) return
    clearInterval(timer)
    void finish()
  }, intervalMs)

  const finish = async () => {
    const read = await countRead(api)
    await app.stop()
    process.send?.({ costs: costs.slice(WARM_UP), read })
    process.disconnect?.()
  }
})

/** How many objectives have events by what the collector itself says: a cheap tick that booked nothing is worth nothing. */
async function countRead(api: string): Promise<number> {
  const answer = (await (await fetch(`${api}/api/v1/journeys`)).json()) as Overview
  return answer.journeys.flatMap(({ objectives }) => objectives).filter(({ valid, fresh }) => valid > 0 && fresh).length
}
