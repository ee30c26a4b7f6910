import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pageByPreact } from './pages-peer.ts'
import { type House, openHouse, type Size } from './pages-world.ts'
import { limitRow, type Row, rowOf } from './result.ts'

const GOAL_MS = 50

/**
 * What a look at a page costs the daemon, from the request to the last byte, beside Preact that prints the same page: on a day on
 * which one journey in twenty fails, and on one on which all do.
 */
export async function pages(options: ReadonlySet<string>): Promise<Row[]> {
  const isQuick = options.has('--quick')
  const size = isQuick ? { journeys: 20, fixes: 60, lines: 100 } : { journeys: 100, fixes: 300, lines: 500 }
  const rounds = isQuick ? 40 : 200
  return [
    ...(await rowsOf('pages', { ...size, failing: size.journeys / 20 }, rounds)),
    ...(await rowsOf('pages-emergency', { ...size, failing: size.journeys }, rounds)),
  ]
}

async function rowsOf(name: string, size: Size, rounds: number): Promise<readonly Row[]> {
  const { journeys, failing, fixes, lines } = size
  const folder = await mkdtemp(join(tmpdir(), 'tabiji-bench-'))
  console.error(`${name}: making ${journeys} journeys, of which ${failing} fail, ${fixes} fixes and ${lines} lines`)
  const house = await openHouse(join(folder, 'pages.db'), size)
  try {
    const looks = [
      ['overview', '/journeys', `the overview of ${journeys} journeys with thirty days each`],
      ['journey', '/journeys/journey-0', 'a journey with its month'],
      ['alerts', '/alerts', 'the board of alerts'],
      ['fixes', '/fixes', `the board of ${fixes} fixes with the statistics of the month`],
      ['incident', '/incidents/INC-0001', `an incident of ${lines} lines`],
    ] as const
    await settled(house)
    const rows: Row[] = []
    for (const [id, path, what] of looks)
      rows.push(
        ...(await measure(house, `${name}-${id}`, path, `${what}, ${failing} of ${journeys} journeys fail`, rounds)),
      )
    return rows
  } finally {
    await house.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** The days of all journeys are counted at the first look, beside everything else. */
async function settled(house: House): Promise<void> {
  for (let i = 0; i < 600; i++) if ((await house.page('/journeys')).includes('<svg class="days"')) return
  throw new Error('Expected the days of the journeys to be counted by now')
}

async function measure(house: House, id: string, path: string, what: string, rounds: number): Promise<readonly Row[]> {
  const [ours, peers]: [number[], number[]] = [[], []]
  const page = await house.page(path)
  const byPreact = pageByPreact(page)
  for (let round = -20; round < rounds; round++) {
    const own = await costOf(() => house.page(path))
    const other = await costOf(async () => byPreact())
    if (round < 0) continue
    ours.push(own)
    peers.push(other)
  }
  const sorted = ours.toSorted((a, b) => a - b)
  const slowest = sorted[Math.ceil(sorted.length * 0.99) - 1] ?? Number.NaN
  return [
    limitRow(id, `ms of CPU: ${what}, asked for over HTTP`, ours, GOAL_MS),
    limitRow(`${id}-p99`, `ms of CPU: the same, 99 of a hundred are faster`, [slowest], GOAL_MS),
    rowOf(
      `${id}-preact`,
      'ms of CPU: the same beside preact-render-to-string, which only makes and prints the elements of that page',
      ours,
      peers,
      0,
    ),
  ]
}

/** Milliseconds of CPU of the whole process: daemon, client and garbage collector. */
async function costOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1_000
}
