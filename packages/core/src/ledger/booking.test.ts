import { describe, expect, test } from 'vitest'
import type { Counts } from '../journey/index.ts'
import type { Entry } from './entry.ts'
import type { Reading, Speaker } from './reading.ts'
import { BIRTH, openDesk } from './testing/desk.ts'

const START = BIRTH + 60_000
const POD: Speaker = { id: 'pod-1', identified: true, service: 'scan', startedAt: START }
const ADDRESS: Speaker = { id: 'http://10.0.0.1/metrics', identified: false, service: 'scan' }

/** A reading of `measure-feet/upload`, `seconds` after the start. */
function at(seconds: number, counts: Counts, speaker: Speaker = POD, step = 'upload'): Reading {
  const steps = [{ journey: 'measure-feet', step, role: 'own', counts }] as const
  return { speaker, at: START + seconds * 1000, steps }
}

/** Books readings, each as soon as it was taken. */
function bookAll(desk: ReturnType<typeof openDesk>, ...readings: readonly Reading[]) {
  return readings.map((reading) => desk.book(reading, reading.at))
}

/** Slots of the entries that hold events: seconds after the start, and the events in them. */
function placedIn(entries: readonly Entry[]) {
  const events = (counts: Counts) => counts.reduce((sum, count) => sum + count, 0)
  return entries
    .filter(({ counts }) => events(counts) > 0)
    .map(({ slot, counts }) => [slot.start - START / 1000, events(counts)])
}

describe('a process with an id', () => {
  test('is booked by what was added since its last reading', () => {
    const desk = openDesk()
    const [, second] = bookAll(desk, at(15, [100, 2, 1, 0]), at(30, [110, 2, 4, 1]))
    expect(second?.entries.map(({ counts }) => counts)).toEqual([[10, 0, 3, 1]])
    expect(desk.booked(0)).toEqual([110, 2, 4, 1])
  })

  test('only counts up: a lower reading is an old one and books nothing', () => {
    const desk = openDesk()
    const [, old] = bookAll(desk, at(15, [100, 0, 0, 0]), at(30, [90, 0, 0, 0]))
    expect(old?.notes).toEqual([{ kind: 'stale', process: 'pod-1', service: 'scan' }])
    expect(desk.booked(0)).toEqual([100, 0, 0, 0])
    bookAll(desk, at(45, [105, 0, 0, 0]))
    expect(desk.booked(0)).toEqual([105, 0, 0, 0])
  })

  test('is booked by its highest count of each outcome, whatever order its readings come in', () => {
    const desk = openDesk()
    bookAll(desk, at(15, [100, 0, 5, 0]), at(30, [90, 0, 7, 0]), at(45, [101, 0, 6, 0]))
    expect(desk.booked(0)).toEqual([101, 0, 7, 0])
  })

  test('is counted whole when it began in a past that is filled in, and by its first reading when it is older', () => {
    const speaker = { ...POD, startedAt: BIRTH - 3_600_000 }
    const told = (knownSince: number, id: string): Reading => ({
      ...at(-3_600, [100, 0, 0, 0], { ...speaker, id }),
      knownSince,
    })
    const desk = openDesk()
    const [whole, older] = [told(BIRTH - 7_200_000, 'pod-1'), told(BIRTH - 1_800_000, 'pod-2')].map((reading) =>
      desk.book(reading, BIRTH + 1_000),
    )
    expect(desk.booked(0)).toEqual([100, 0, 0, 0])
    expect([whole?.notes, older?.notes.map(({ kind }) => kind)]).toEqual([[], ['baseline']])
    // In the slots after its start, and none after its reading.
    const slots = placedIn(whole?.entries ?? []).map(([start = 0]) => start)
    expect([Math.min(...slots), Math.max(...slots)]).toEqual([-3_645, -3_600])
  })

  test('is made good after missed readings', () => {
    const desk = openDesk()
    bookAll(desk, at(15, [10, 0, 0, 0]), at(150, [100, 0, 0, 0]))
    expect(desk.booked(0)).toEqual([100, 0, 0, 0])
  })

  test('keeps its books when it says that it is another service', () => {
    const desk = openDesk()
    const [, other] = bookAll(desk, at(15, [10, 0, 0, 0]), at(30, [99, 0, 0, 0], { ...POD, service: 'other' }))
    expect(other).toMatchObject({ entries: [], notes: [{ kind: 'foreign_service', service: 'other' }] })
    expect(desk.positions.get('pod-1')?.service).toBe('scan')
  })

  test('is counted from zero for a step that it did not tell of before', () => {
    const desk = openDesk()
    bookAll(desk, at(15, [10, 0, 0, 0]), at(30, [4, 0, 0, 0], POD, 'start'))
    expect([desk.booked(0), desk.booked(1)]).toEqual([
      [10, 0, 0, 0],
      [4, 0, 0, 0],
    ])
  })

  test('hands over what came after its last reading, once', () => {
    const desk = openDesk()
    const handOver = at(22, [12, 0, 3, 0])
    const [, first, again] = bookAll(desk, at(15, [10, 0, 0, 0]), handOver, handOver)
    expect(first?.entries.map(({ counts }) => counts)).toEqual([[2, 0, 3, 0]])
    expect(again?.entries).toEqual([])
    expect(desk.booked(0)).toEqual([12, 0, 3, 0])
  })
})

describe('a process is seen for the first time', () => {
  const startedAt = (ms: number): Speaker => ({ ...POD, startedAt: BIRTH + ms })

  test.each([
    ['after the birth', 1],
    ['at the birth', 0],
    ['before it by no more than clocks may be off', -5_000],
  ])('and is counted whole when it started %s', (_, ms) => {
    const desk = openDesk()
    const [first] = bookAll(desk, at(15, [7, 0, 2, 0], startedAt(ms)))
    expect(first).toMatchObject({ notes: [], position: { baseline: false } })
    expect(desk.booked(0)).toEqual([7, 0, 2, 0])
  })

  test.each([
    ['it started before', startedAt(-5_001)],
    ['it does not say when it started', { id: 'pod-1', identified: true, service: 'scan' }],
  ])('and gives a baseline when %s', (_, speaker) => {
    const desk = openDesk()
    const [first] = bookAll(desk, at(15, [7, 0, 2, 0], speaker))
    expect(first?.notes).toEqual([{ kind: 'baseline', process: 'pod-1', service: 'scan' }])
    expect(desk.booked(0)).toEqual([0, 0, 0, 0])
    bookAll(desk, at(30, [9, 0, 3, 0], speaker))
    expect(desk.booked(0)).toEqual([2, 0, 1, 0])
    expect(desk.positions.get('pod-1')?.baseline).toBe(true)
  })

  test('late, and its events are placed from its start to the reading', () => {
    const desk = openDesk()
    const [first] = bookAll(desk, at(60, [8, 0, 0, 0]))
    expect(placedIn(first?.entries ?? [])).toEqual([
      [15, 2],
      [30, 2],
      [45, 2],
      [60, 2],
    ])
  })

  test('a day late, and they are placed over wide slots first and narrow ones last', () => {
    const desk = openDesk()
    const [first] = bookAll(desk, at(86_400, [86_400, 0, 0, 0]))
    const entries = first?.entries ?? []
    expect(new Set(entries.map(({ slot }) => slot.width))).toEqual(new Set([60, 15]))
    expect(entries.every(({ slot, counts }) => Math.abs(counts[0] - slot.width) <= 1)).toBe(true)
    expect(desk.booked(0)).toEqual([86_400, 0, 0, 0])
  })
})

describe('a source without process ids', () => {
  test('that restarts counts from zero', () => {
    const desk = openDesk()
    const readings = [at(0, [0, 0, 0, 0], ADDRESS), at(15, [100, 0, 0, 0], ADDRESS), at(30, [3, 0, 1, 0], ADDRESS)]
    const [, , third] = bookAll(desk, ...readings)
    expect(third?.notes).toEqual([{ kind: 'reset', process: ADDRESS.id, service: 'scan' }])
    expect(desk.booked(0)).toEqual([103, 0, 1, 0])
  })

  test('has restarted too when it says that it started later, though its counts are higher', () => {
    const desk = openDesk()
    const first = { ...ADDRESS, startedAt: START }
    const second = { ...ADDRESS, startedAt: START + 20_000 }
    bookAll(desk, at(15, [10, 0, 0, 0], first), at(30, [25, 0, 0, 0], second), at(45, [26, 0, 0, 0], second))
    expect(desk.booked(0)).toEqual([36, 0, 0, 0])
  })

  test('has not restarted when only the time at which it says that it started is corrected', () => {
    const desk = openDesk()
    const first = { ...ADDRESS, startedAt: START }
    const corrected = { ...ADDRESS, startedAt: START + 3_000 }
    const [, , third] = bookAll(
      desk,
      at(15, [10, 0, 0, 0], first),
      at(30, [25, 0, 0, 0], first),
      at(45, [26, 0, 0, 0], corrected),
    )
    expect(third?.notes).toEqual([])
    expect(desk.booked(0)).toEqual([26, 0, 0, 0])
  })

  test('is not reset by a reading that was overtaken by a later one', () => {
    const desk = openDesk()
    const late = at(15, [10, 0, 0, 0], ADDRESS)
    bookAll(desk, at(0, [0, 0, 0, 0], ADDRESS), at(30, [20, 0, 0, 0], ADDRESS))
    expect(desk.book(late, late.at + 20_000)).toMatchObject({ entries: [], notes: [{ kind: 'stale' }] })
    expect(desk.booked(0)).toEqual([20, 0, 0, 0])
  })

  test('is no baseline any more once it has restarted', () => {
    const desk = openDesk()
    bookAll(desk, at(0, [50, 0, 0, 0], ADDRESS), at(15, [1, 0, 0, 0], ADDRESS))
    expect(desk.positions.get(ADDRESS.id)?.baseline).toBe(false)
    expect(desk.booked(0)).toEqual([1, 0, 0, 0])
  })
})

describe('slots are marked', () => {
  const covered = (entries: readonly Entry[] = []) =>
    entries.filter((each) => each.covered).map(({ slot }) => slot.start - START / 1000)

  test('as really read when the reading came in time or one slot late', () => {
    const bookings = bookAll(openDesk(), at(1, [0, 0, 0, 0]), at(16, [1, 0, 0, 0]), at(46, [9, 0, 0, 0]))
    expect(bookings.map(({ entries }) => covered(entries))).toEqual([[0], [15], [30, 45]])
  })

  test('as not read inside a gap, apart from the last', () => {
    const [, gap] = bookAll(openDesk(), at(1, [0, 0, 0, 0]), at(61, [40, 0, 0, 0]))
    expect(covered(gap?.entries)).toEqual([60])
    expect(gap?.entries.every(({ placed }) => placed)).toBe(true)
  })

  test('as not read by a reading that is only told again', () => {
    const first = at(16, [5, 0, 0, 0], ADDRESS)
    const bookings = bookAll(openDesk(), first, first, at(20, [6, 0, 0, 0], ADDRESS))
    expect(bookings.map(({ entries }) => covered(entries))).toEqual([[], [], [15]])
  })

  test('only where there is something to say: a quiet account adds no entries over a gap', () => {
    const [, quiet] = bookAll(openDesk(), at(1, [3, 0, 0, 0]), at(86_401, [3, 0, 0, 0]))
    expect(quiet?.entries).toHaveLength(1)
  })

  test('once, however many processes tell of the account', () => {
    const other = { ...POD, id: 'pod-2' }
    const bookings = bookAll(openDesk(), at(1, [1, 0, 0, 0]), at(2, [1, 0, 0, 0], other), at(3, [2, 0, 0, 0]))
    expect(bookings.map(({ entries }) => covered(entries))).toEqual([[0], [], []])
  })
})

describe('a reading that names an account twice', () => {
  test('is booked by the higher of the two', () => {
    const desk = openDesk()
    const [step] = at(15, [5, 1, 0, 0]).steps
    const [twin] = at(15, [7, 0, 0, 0]).steps
    const reading = { ...at(15, [0, 0, 0, 0]), steps: [step, twin].filter((each) => each !== undefined) }
    bookAll(desk, reading, reading)
    expect(desk.booked(0)).toEqual([7, 1, 0, 0])
  })

  test('gives the higher as the baseline', () => {
    const desk = openDesk()
    const [step] = at(15, [9, 0, 0, 0]).steps
    const [twin] = at(15, [2, 0, 0, 0]).steps
    bookAll(desk, { ...at(15, [0, 0, 0, 0], ADDRESS), steps: [step, twin].filter((each) => each !== undefined) })
    bookAll(desk, at(30, [10, 0, 0, 0], ADDRESS))
    expect(desk.booked(0)).toEqual([1, 0, 0, 0])
  })
})

describe('a clock that is off', () => {
  test('and ahead of the collector places events no later than now', () => {
    const desk = openDesk()
    bookAll(desk, at(15, [1, 0, 0, 0]))
    const booking = desk.book(at(3_600, [4, 0, 0, 0]), START + 20_000)
    expect(placedIn(booking.entries)).toEqual([[15, 3]])
    expect(booking.entries[0]?.placed).toBe(true)
    expect(booking.position.readAt).toBe(START + 20_000)
  })

  test('and behind it places them no earlier than the last reading, after which they must have happened', () => {
    const desk = openDesk()
    bookAll(desk, at(3_600, [1, 0, 0, 0]))
    expect(placedIn(desk.book(at(15, [4, 0, 0, 0]), START + 3_610_000).entries)).toEqual([[3_600, 3]])
  })

  test('and far behind it places a short life no earlier than its start', () => {
    const booking = openDesk().book({ ...at(0, [4, 0, 0, 0]), at: 0 }, START + 45_000)
    expect(placedIn(booking.entries)).toEqual([[0, 4]])
  })

  test('and is the collector’s own, gone back, still books at its present', () => {
    const desk = openDesk()
    bookAll(desk, at(3_600, [1, 0, 0, 0]), at(60, [4, 0, 0, 0]))
    expect(placedIn(desk.entries).at(-1)).toEqual([60, 3])
  })

  test('and is the collector’s own, gone back, does not silence a source without ids', () => {
    const desk = openDesk()
    bookAll(desk, at(0, [0, 0, 0, 0], ADDRESS), at(3_600, [5, 0, 0, 0], ADDRESS))
    bookAll(desk, at(60, [7, 0, 0, 0], ADDRESS), at(75, [1, 0, 0, 0], ADDRESS))
    expect(desk.booked(0)).toEqual([8, 0, 0, 0])
  })
})
