import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, expect } from 'vitest'
import { type Running, setUp } from './processes.ts'

/** Many kills and long plays, with the closing figures printed. */
export const FULL = process.env['TABIJI_FULL'] === '1'

const started: Running[] = []
const folders: string[] = []

afterEach(async () => {
  await Promise.all(started.splice(0).map((each) => each.end('SIGKILL')))
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

/** A collector and a service for one test; whatever was started is gone after it. */
export async function openHouse() {
  const folder = mkdtempSync(join(tmpdir(), 'tabiji-kill-'))
  folders.push(folder)
  const { startCollector, startService, ...rest } = await setUp(folder)
  const keep = async (starting: Promise<Running>) => {
    const running = await starting
    started.push(running)
    return running
  }
  return {
    ...rest,
    startCollector: () => keep(startCollector()),
    startService: (program?: string) => keep(startService(program)),
    /** Waits until the books hold so many events, and sees at every look that they never hold more. */
    untilBooked: async (events: number) => {
      for (const until = Date.now() + 20_000; ; await pause(100)) {
        const booked = await rest.booked()
        expect(booked).toBeLessThanOrEqual(events)
        if (booked === events || Date.now() > until) return booked
      }
    },
  }
}

/** In the long run the closing figures are of interest, not only that they agree. */
export function tellFigures(figures: Readonly<Record<string, number>>): void {
  if (FULL) process.stdout.write(`${JSON.stringify(figures)}\n`)
}

export const random = (from: number, to: number) => from + Math.random() * (to - from)
