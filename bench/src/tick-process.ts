import { setTimeout as pause } from 'node:timers/promises'
import type { Overview } from '@tabiji/collector'
import { startChild, told } from './child.ts'
import { startDaemon } from './daemon.ts'
import type { Cost } from './meter.ts'
import { documentOf } from './tick-world.ts'

export type TickJob = {
  readonly journeys: number
  readonly targets: number
  readonly storeFile: string
  /** Where the daemon's files are put. */
  readonly folder: string
  readonly intervalMs: number
  readonly ticks: number
}

/**
 * Ticks that warm up: the first one parses whole bodies and looks all accounts up, and for half a minute the garbage
 * collector tidies up after the start and code is compiled that runs for weeks.
 */
const WARM_UP = 6

/**
 * Runs the services and a real daemon, each in a process of its own, and ends both. Everything that the daemon's process does from
 * one tick to the next is counted.
 */
export async function runCollector(job: TickJob): Promise<{ readonly costs: readonly Cost[]; readonly read: number }> {
  const { journeys, storeFile, folder, intervalMs, ticks } = job
  return besideServices(job, async (urls) => {
    const daemon = await startDaemon(folder, { journeys: documentOf(journeys), urls, storeFile, intervalMs })
    try {
      const costs: Cost[] = []
      for (let tick = 0; tick < WARM_UP + ticks; tick++) {
        await pause(intervalMs)
        costs.push(await daemon.cost())
      }
      return { costs: costs.slice(WARM_UP), read: await countRead(daemon.api) }
    } finally {
      daemon.end()
    }
  })
}

/** How many objectives have events by what the collector itself says: a cheap tick that booked nothing is worth nothing. */
async function countRead(api: string): Promise<number> {
  const answer = (await (await fetch(`${api}/api/v1/journeys`)).json()) as Overview
  return answer.journeys.flatMap(({ objectives }) => objectives).filter(({ valid, fresh }) => valid > 0 && fresh).length
}

/**
 * The memory (RSS, bytes) of a process that only reads the targets and forgets what it read, at the end of as many rounds as warm the
 * collector up.
 */
export async function measureBare(size: Size): Promise<number> {
  return besideServices(size, async (urls) => {
    const bare = startChild('tick-bare', [String(BARE_MS), ...urls])
    try {
      let bytes = 0
      for (let round = 0; round < WARM_UP; round++) bytes = await told<number>(bare)
      return bytes
    } finally {
      bare.kill()
    }
  })
}

/** More often than the collector: what is measured is its memory. */
const BARE_MS = 3_000

type Size = Pick<TickJob, 'journeys' | 'targets'>

/** Runs the services, in a process of their own, for as long as `use` needs them. */
async function besideServices<Result>(
  { journeys, targets }: Size,
  use: (urls: readonly string[]) => Promise<Result>,
): Promise<Result> {
  const services = startChild('tick-targets', [String(journeys), String(targets)])
  try {
    return await use(await told<readonly string[]>(services))
  } finally {
    services.kill()
  }
}
