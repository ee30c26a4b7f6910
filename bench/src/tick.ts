import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Cost } from './meter.ts'
import { limitRow, type Row, rowOf } from './result.ts'
import { measureDisk } from './tick-disk.ts'
import { measureEvaluation } from './tick-evaluation.ts'
import { fill } from './tick-fill.ts'
import { measureBare, runCollector } from './tick-process.ts'

const DAY_SECONDS = 86_400
const MIB = 1024 ** 2
const RECORDED = 'recorded 2026-11-24 with the Debian package prometheus 2.42 on two such cores, not run again here'

type Case = {
  readonly id: string
  readonly journeys: number
  readonly targets: number
  /** Seconds of history in the books when the collector starts. */
  readonly history: number
}

const SMALL: Case = { id: '100', journeys: 100, targets: 1, history: 30 * DAY_SECONDS }
const SMALL_YOUNG: Case = { id: '100-young', journeys: 100, targets: 1, history: 3_600 }
const MIDDLE: Case = { id: '1000', journeys: 1_000, targets: 1, history: DAY_SECONDS }
const SPREAD: Case = { id: '1000-100-targets', journeys: 1_000, targets: 100, history: 3_600 }
const LARGE: Case = { id: '10000-100-targets', journeys: 10_000, targets: 100, history: 3_600 }

/** Prometheus with Sloth's rules: CPU milliseconds of one evaluation each quarter minute. */
const PEER_MS = { 100: 5_834, 1000: 26_818 } as const

/** Ticks of a real collector process, pure evaluation, disk and memory. */
export async function tick(options: ReadonlySet<string>): Promise<Row[]> {
  const quick = options.has('--quick')
  const pace = quick ? { intervalMs: 3_000, ticks: 4 } : { intervalMs: 5_000, ticks: 9 }
  const folder = await mkdtemp(join(tmpdir(), 'tabiji-bench-'))
  try {
    const wide = { intervalMs: 15_000, ticks: 5 }
    const measured = new Map<Case, readonly Cost[]>()
    for (const one of quick ? [SMALL_YOUNG, MIDDLE] : [SMALL, SMALL_YOUNG, MIDDLE, SPREAD, LARGE]) {
      measured.set(one, await measure(folder, one, one === LARGE ? wide : pace))
    }
    return [
      ...tickRows(measured),
      ...(await measureEvaluation(folder, quick)),
      ...(await measureDisk(folder, quick)),
      ...memoryRows(measured),
      ...(quick ? [] : [await bareRow()]),
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function measure(
  folder: string,
  { id, journeys, targets, history }: Case,
  pace: { readonly intervalMs: number; readonly ticks: number },
): Promise<readonly Cost[]> {
  const storeFile = join(folder, `${id}.db`)
  say(`${journeys} objectives, ${targets} targets: booking ${history / 3_600} h of history`)
  fill(storeFile, { journeys, targets, history, until: Date.now(), detail: 3_600 })
  say(`${journeys} objectives, ${targets} targets: ${pace.ticks} ticks, ${pace.intervalMs / 1_000} s apart`)
  const { costs, read } = await runCollector({ journeys, targets, storeFile, folder: join(folder, id), ...pace })
  if (read !== journeys) throw new Error(`Expected ${journeys} objectives with events, the collector says ${read}`)
  return costs
}

function tickRows(measured: ReadonlyMap<Case, readonly Cost[]>): Row[] {
  const what = 'ms of CPU of the whole process per tick (read, parse, book, evaluate, persist)'
  return [...measured].map(([{ id, journeys, targets, history }, costs]) => {
    const ours = costs.map(({ cpuMs }) => cpuMs)
    const text = `${what}: ${journeys} objectives, ${targets} targets, ${history / 3_600} h of history`
    if (targets > 1) return limitRow(`tick-${id}`, `${text}; at most 1 % of a core at 15 s`, ours, 150)
    const peer = journeys === 100 ? PEER_MS[100] : PEER_MS[1000]
    return { ...rowOf(`tick-${id}`, text, ours, [peer], journeys === 100 ? 1_000 : 4_000), note: RECORDED }
  })
}

function memoryRows(measured: ReadonlyMap<Case, readonly Cost[]>): Row[] {
  const rss = (one: Case) => (measured.get(one) ?? []).map(({ rssBytes }) => rssBytes)
  const small = Math.min(...rss(SMALL_YOUNG))
  const [big, bytes] = measured.has(LARGE) ? [LARGE, rss(LARGE)] : [MIDDLE, rss(MIDDLE)]
  const added = bytes.map((each) => (each - small) / 1024 / (big.journeys - SMALL_YOUNG.journeys))
  const what = `kB of memory (RSS) added per objective from 100 to ${big.journeys} objectives, ${big.targets} targets`
  const peer = { ...rowOf('memory-added', what, added, [320 / 1.024], 160), note: RECORDED }
  if (big !== LARGE) return [peer]
  const inAll = bytes.map((each) => each / MIB)
  return [peer, limitRow('memory-in-all', 'MiB of memory (RSS) in all, 10000 objectives', inAll, 150)]
}

/** What reading adds by itself: no collector that reads over HTTP can be below it. */
async function bareRow(): Promise<Row> {
  say('reading the same targets in a process that forgets what it read')
  const [small, large] = [await measureBare(SMALL_YOUNG), await measureBare(LARGE)]
  const added = (large - small) / 1024 / (LARGE.journeys - SMALL_YOUNG.journeys)
  const what =
    'kB of memory (RSS) added per objective when a bare Node process reads the same targets and keeps nothing'
  return limitRow('memory-bare', what, [added], 2, 'not ours, but what the limit has to hold as well')
}

/** Progress goes to stderr, so that stdout holds the table alone. */
function say(text: string): void {
  console.error(`tick: ${text}`)
}
