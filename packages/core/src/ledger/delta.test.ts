import { describe, expect, test } from 'vitest'
import type { Outcome } from '../journey/index.ts'
import { DELTA_HORIZON_MS } from './delta.ts'
import type { DeltaPoint, DeltaReading, Speaker } from './reading.ts'
import { BIRTH, openDesk } from './testing/desk.ts'

const START = BIRTH + 60_000
const POD: Speaker = { id: 'pod-1', identified: true, service: 'scan' }

/** Events of `measure-feet/upload` between two moments, seconds after the start. */
function added(from: number, to: number, count: number, outcome: Outcome = 'good'): DeltaPoint {
  const at = (seconds: number) => BigInt(START + seconds * 1000) * 1_000_000n
  const place = { journey: 'measure-feet', step: 'upload', role: 'own' } as const
  return { ...place, outcome, count, from: at(from), to: at(to) }
}

const told = (...points: readonly DeltaPoint[]): DeltaReading => ({ speaker: POD, points })
const after = (seconds: number) => START + seconds * 1000

describe('added counts', () => {
  test('are booked in the slots of their own time, each outcome for itself', () => {
    const desk = openDesk()
    const { entries, notes } = desk.bookDeltas(told(added(0, 30, 5), added(0, 30, 2, 'error')), after(30))
    const placed = entries.map(({ slot, counts, covered }) => [slot.start - START / 1000, counts, covered])
    expect(placed).toEqual([
      [15, [2, 0, 1, 0], true],
      [30, [3, 0, 1, 0], true],
    ])
    expect(notes).toEqual([])
  })

  test('are booked once, however often and in whatever parts they are told', () => {
    const desk = openDesk()
    desk.bookDeltas(told(added(0, 15, 5), added(0, 15, 2, 'error')), after(15))
    const again = desk.bookDeltas(told(added(0, 15, 5), added(0, 15, 3, 'slow')), after(16))
    expect(again.notes).toMatchObject([{ kind: 'repeated', points: 1 }])
    expect(desk.booked(0)).toEqual([5, 3, 2, 0])
    expect(desk.positions.get('pod-1')?.counts).toEqual({ accounts: [0], counts: [5, 3, 2, 0] })
  })

  test('count once though they stand twice in one push', () => {
    const desk = openDesk()
    desk.bookDeltas(told(added(0, 15, 5), added(0, 15, 5)), after(15))
    expect(desk.booked(0)).toEqual([5, 0, 0, 0])
  })

  test('that come late go into the slots in which they happened', () => {
    const desk = openDesk()
    desk.bookDeltas(told(added(45, 60, 1)), after(60))
    const { entries } = desk.bookDeltas(told(added(0, 15, 4)), after(300))
    expect(entries.map(({ slot, covered, placed }) => [slot.start - START / 1000, covered, placed])).toEqual([
      [15, false, false],
    ])
  })

  test('of a clock that is ahead are clamped to their arrival and marked', () => {
    const { entries } = openDesk().bookDeltas(told(added(0, 3_600, 4)), after(15))
    expect(entries.map(({ slot, placed }) => [slot.start - START / 1000, placed])).toEqual([[15, true]])
  })

  test('without a begin, or whose end lies before it, stand in the slot of their end', () => {
    const desk = openDesk()
    const { entries } = desk.bookDeltas(told({ ...added(0, 45, 4), from: 0n }, added(50, 30, 2)), after(60))
    expect(entries.map(({ slot, counts }) => [slot.start - START / 1000, counts[0]])).toEqual([
      [30, 2],
      [45, 4],
    ])
  })

  test.each([
    ['too_old', added(-10, 0, 1), DELTA_HORIZON_MS / 1000],
    ['too_far_ahead', added(0, DELTA_HORIZON_MS / 1000 + 31, 1), 30],
    ['before_birth', added(-70, 15, 1), 30],
    ['overflow', added(15, 30, Number.MAX_SAFE_INTEGER), 30],
  ] as const)('that can not be booked are told: %s', (kind, point, seconds) => {
    const desk = openDesk()
    if (kind === 'overflow') desk.bookDeltas(told(added(0, 15, 1)), after(15))
    const before = desk.booked(0)
    const { entries, notes } = desk.bookDeltas(told(point), after(seconds))
    expect(notes).toEqual([{ kind, process: 'pod-1', service: 'scan', points: 1 }])
    expect([entries.filter(({ counts }) => counts[0] > 0), desk.booked(0)]).toEqual([[], before])
  })

  test('of which nothing can be booked leave no trace of their process', () => {
    const desk = openDesk()
    desk.bookDeltas(told(added(-70, 15, 1)), after(15))
    expect([...desk.positions.keys()]).toEqual([])
  })
})

describe('a process that tells both kinds of counts', () => {
  const reading = {
    speaker: { ...POD, startedAt: START },
    at: after(15),
    steps: [{ journey: 'measure-feet', step: 'upload', role: 'own', counts: [5, 0, 0, 0] }],
  } as const

  test('is booked by the first kind, so nothing is counted twice', () => {
    const cumulative = openDesk()
    cumulative.book(reading, after(15))
    expect(cumulative.bookDeltas(told(added(0, 15, 5)), after(15))).toMatchObject({
      entries: [],
      notes: [{ kind: 'mixed_temporality', points: 1 }],
    })
    const delta = openDesk()
    delta.bookDeltas(told(added(0, 15, 5)), after(15))
    expect(delta.book(reading, after(15))).toMatchObject({ entries: [], notes: [{ kind: 'mixed_temporality' }] })
  })

  test('stays with its service', () => {
    const desk = openDesk()
    desk.bookDeltas(told(added(0, 15, 5)), after(15))
    const foreign = { speaker: { ...POD, service: 'shop' }, points: [added(15, 30, 1)] }
    expect(desk.bookDeltas(foreign, after(30))).toMatchObject({ entries: [], notes: [{ kind: 'foreign_service' }] })
  })
})
