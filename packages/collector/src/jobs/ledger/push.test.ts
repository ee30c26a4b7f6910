import { join } from 'node:path'
import type { DeltaPoint, DeltaReading, Reading } from '@tabiji/core/ledger'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { audited } from '../../testing/audit.ts'
import { openOn, podOf, readingAt, START, sumsOf } from '../testing/ledger-on-file.ts'
import { createIngest } from './ingest.ts'
import { createPushes, refusedIn } from './push.ts'

const HOUR = 3_600_000

function added(from: number, to: number, count: number): DeltaPoint {
  const at = (seconds: number) => BigInt(START + seconds * 1000) * 1_000_000n
  const place = { journey: 'measure-feet', step: 'upload', role: 'own', outcome: 'good' } as const
  return { ...place, count, from: at(from), to: at(to) }
}

const told = (id: string, ...points: readonly DeltaPoint[]): DeltaReading => ({ speaker: podOf(id), points })

/** The daemon's end of a file: pushes are booked at once, at the time that the test says. */
function openDesk(file: string) {
  const open = openOn(file)
  const clock = { now: START + 60_000 }
  const ingest = createIngest(
    open.ledger,
    () => clock.now,
    () => {},
  )
  const heard: Reading[] = []
  const pushes = createPushes(open.ledger, ingest, (reading) => heard.push(reading))
  const push = (one: DeltaReading) => {
    const taken = pushes.take([{ told: one, points: one.points.length }])
    ingest.flush()
    return taken
  }
  const inLog = () => sumsOf(open.store.rows(0, Number.MAX_SAFE_INTEGER)).map(([good]) => good)
  const intervals = () => open.database.prepare('SELECT count(*) FROM delta').pluck().get()
  return { ...open, clock, ingest, pushes, heard, push, inLog, intervals }
}

describe('a push of additions', () => {
  test('that is told again after a restart is booked once, and the books balance', async () => {
    const file = join(temporaryFolder(), 'books.db')
    const before = openDesk(file)
    expect(await before.push(told('p-1', added(0, 15, 5), added(15, 30, 2)))).toEqual([])
    before.close()
    const after = openDesk(file)
    const again = await after.push(told('p-1', added(0, 15, 5), added(15, 30, 2), added(30, 45, 4)))
    expect(again).toEqual([{ service: 'scan', kind: 'repeated', points: 2 }])
    expect(after.inLog()).toEqual([11])
    after.ledger.checkpoint(after.clock.now)
    after.close()
    expect(audited(file)).toMatchObject({ events: 11, disagreements: [], remarks: [] })
  })

  test('of one process twice in a commit is booked once', async () => {
    const desk = openDesk(join(temporaryFolder(), 'books.db'))
    const one = told('p-1', added(0, 15, 5))
    const both = Promise.all([
      desk.pushes.take([{ told: one, points: 1 }]),
      desk.pushes.take([{ told: one, points: 1 }]),
    ])
    desk.ingest.flush()
    expect(await both).toEqual([[], [{ service: 'scan', kind: 'repeated', points: 1 }]])
    expect(desk.inLog()).toEqual([5])
    desk.close()
  })

  test('is remembered no longer than the horizon, and refused from then on, whatever the clock does', async () => {
    const desk = openDesk(join(temporaryFolder(), 'books.db'))
    await desk.push(told('p-1', added(0, 15, 5)))
    desk.clock.now += 7 * HOUR
    await desk.push(told('p-2', added(7 * 3_600, 7 * 3_600 + 15, 1)))
    expect(desk.intervals()).toBe(1)
    expect(await desk.push(told('p-1', added(0, 15, 5)))).toMatchObject([{ kind: 'too_old', points: 1 }])
    // What was let go stays unknown although the clock goes back to where it would have been known.
    desk.clock.now -= 7 * HOUR
    expect(await desk.push(told('p-1', added(0, 15, 5)))).toMatchObject([{ kind: 'too_old', points: 1 }])
    expect(desk.inLog()).toEqual([6])
    desk.close()
  })

  test('of which nothing was written is written when it comes again', async () => {
    const desk = openDesk(join(temporaryFolder(), 'books.db'))
    desk.database.pragma(`max_page_count = ${desk.database.pragma('page_count', { simple: true })}`)
    const many = Array.from({ length: 400 }, (_, i) => ({ ...added(0, 15, 1), step: `a-step-with-a-long-name-${i}` }))
    await expect(desk.push(told('p-1', ...many))).rejects.toThrow('full')
    desk.database.pragma('max_page_count = 1000000')
    expect(await desk.push(told('p-1', ...many))).toEqual([])
    expect(desk.inLog()).toEqual(new Array(400).fill(1))
    desk.close()
  })
})

test('a process that is read by another road is not booked a second time', async () => {
  const desk = openDesk(join(temporaryFolder(), 'books.db'))
  desk.ledger.book([readingAt(15, [5, 0, 0, 0], podOf('p-77'))], START + 15_000)
  const one = { told: readingAt(30, [6, 0, 0, 0], podOf('pod-1')), points: 4, alias: 'p-77' }
  expect(await desk.pushes.take([one])).toEqual([{ service: 'scan', kind: 'two_roads', points: 4 }])
  expect(desk.inLog()).toEqual([5])
  expect(desk.heard).toEqual([])
  desk.close()
})

test('a reading is told of once it is on disk; additions are not', async () => {
  const desk = openDesk(join(temporaryFolder(), 'books.db'))
  const reading = readingAt(30, [6, 0, 0, 0], podOf('pod-1'))
  const taken = desk.pushes.take([{ told: reading, points: 4 }])
  expect(desk.heard).toEqual([])
  desk.ingest.flush()
  await taken
  await desk.push(told('p-1', added(0, 15, 5)))
  expect(desk.heard).toEqual([reading])
  desk.close()
})

test('what became of points is counted by service and result', () => {
  const desk = openDesk(join(temporaryFolder(), 'books.db'))
  desk.pushes.counted([
    { service: 'shop', result: 'taken', points: 4 },
    { service: 'shop', result: 'negative', points: 1 },
  ])
  desk.pushes.counted([{ service: 'shop', result: 'negative', points: 2 }])
  expect(desk.pushes.counts()).toContainEqual({ service: 'shop', result: 'taken', points: 4 })
  expect(refusedIn(desk.pushes.counts())).toEqual([{ service: 'shop', result: 'negative', points: 3 }])
  desk.close()
})
