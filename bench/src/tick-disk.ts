import { statSync } from 'node:fs'
import { join } from 'node:path'
import { type Row, rowOf } from './result.ts'
import { fill } from './tick-fill.ts'

const DAY = 86_400
const JOURNEYS = 100
/** Prometheus blocks after compaction, bytes per objective and day: the 17 series of Sloth's rules, and two raw counters. */
const PEER = { rules: 435_000, raw: 20_600, month: 13_000_000 }
const RECORDED = 'recorded 2026-11-24 with Debian prometheus 2.42'

/** What the store's file grows by, tables, indices and all, with a hundred objectives on one target. */
export async function measureDisk(folder: string, quick: boolean): Promise<Row[]> {
  const sizeOf = (days: number) => {
    console.error(`tick: booking ${days} days of ${JOURNEYS} objectives for the size of the store`)
    const file = join(folder, `disk-${days}.db`)
    fill(file, { journeys: JOURNEYS, targets: 1, history: days * DAY, until: Date.now() })
    return statSync(file).size
  }
  const one = sizeOf(1)
  const perDay = (sizeOf(2) - one) / JOURNEYS / 1000
  const what = 'kB of disk per objective and day in quarter-minute slots; about 150 events a slot'
  const rows = [
    { ...rowOf('disk-day', `${what}; peer: Sloth's 17 series`, [perDay], [PEER.rules / 1000], 25), note: RECORDED },
    {
      ...rowOf('disk-day-raw', `${what}; peer: two raw counters`, [perDay], [PEER.raw / 1000], 1 / 0.85),
      note: RECORDED,
    },
  ]
  if (quick) return rows
  const month = sizeOf(30) / JOURNEYS / 1000
  const text = 'kB of disk per objective for 30 days: three of quarter minutes, 27 of minutes'
  const note = `${RECORDED}, times 30; booked at the widths that keeping leaves, since the bench does not wait for a compaction`
  return [...rows, { ...rowOf('disk-30d', text, [month], [PEER.month / 1000], 100), note }]
}
