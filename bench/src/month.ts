import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createApp, createLog } from '@tabiji/collector'
import { limitRow, type Row } from './result.ts'
import { fill } from './tick-fill.ts'
import { configOf, worldOf } from './tick-world.ts'

const DAY_SECONDS = 86_400
const END = Date.parse('2026-11-01T12:00:00+09:00')
const MONTH = '2026-10'

/** What an entry of a month's log may cost; most of it is reading and inflating its row, for the days and for the month's edges. */
const NS_PER_ENTRY = 250
/** How long nobody else may be served. */
const PAUSE_MS = 50

/** The facts of one month, and how long everything else has to wait for them. */
export async function month(options: ReadonlySet<string>): Promise<Row[]> {
  const [journeys, days] = options.has('--quick') ? [200, 3] : [200, 31]
  const folder = await mkdtemp(join(tmpdir(), 'tabiji-bench-'))
  const storeFile = join(folder, 'month.db')
  try {
    console.error(`month: booking ${days} days of ${journeys} objectives`)
    const history = days * DAY_SECONDS
    fill(storeFile, { journeys, targets: 1, history, until: END, detail: history })
    const rounds = await measure(storeFile, journeys, 5)
    const entries = journeys * (history / 15)
    const what = `facts of a month with ${journeys} objectives and ${entries} entries`
    const cost = rounds.map(({ cpuMs }) => (cpuMs * 1e6) / entries)
    const pauses = rounds.map(({ pauseMs }) => pauseMs)
    return [
      limitRow('month-entry', `ns of CPU per entry: ${what}`, cost, NS_PER_ENTRY),
      limitRow('month-pause', `ms at most in which nothing else was done: ${what}`, pauses, PAUSE_MS),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(storeFile: string, journeys: number, rounds: number) {
  const definition = worldOf(journeys)
  const app = createApp(configOf(storeFile, [], 15_000), definition, {
    ...{ now: () => END, log: createLog('silent') },
    loadDefinition: () => ({ ok: true, definition }),
  })
  const { api } = await app.open()
  const told: { readonly cpuMs: number; readonly pauseMs: number }[] = []
  try {
    for (let i = 0; i <= rounds; i++) {
      const delay = monitorEventLoopDelay({ resolution: 1 })
      const before = process.cpuUsage()
      delay.enable()
      const response = await fetch(`${api}/api/v1/months/${MONTH}/facts`)
      await response.arrayBuffer()
      delay.disable()
      const { user, system } = process.cpuUsage(before)
      if (!response.ok) throw new Error(`Expected the facts of ${MONTH}, got ${response.status}`)
      // The first round warms up.
      if (i > 0) told.push({ cpuMs: (user + system) / 1_000, pauseMs: delay.max / 1e6 })
    }
    return told
  } finally {
    await app.stop()
  }
}
