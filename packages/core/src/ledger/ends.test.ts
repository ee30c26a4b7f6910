import { describe, expect, test } from 'vitest'
import type { Reading } from './reading.ts'
import { BIRTH, openDesk } from './testing/desk.ts'

const START = BIRTH + 60_000

function at(seconds: number, good: number, { startedAt = START, final = false, id = 'pod-1' } = {}): Reading {
  return {
    speaker: { id, identified: true, service: 'scan', startedAt },
    at: START + seconds * 1000,
    steps: [{ journey: 'measure-feet', step: 'upload', role: 'own', counts: [good, 0, 0, 0] }],
    ...(final && { final }),
  }
}

function endAfter(...readings: readonly Reading[]): number | undefined {
  const desk = openDesk()
  for (const reading of readings) desk.book(reading, reading.at)
  return desk.positions.get('pod-1')?.endedAt
}

describe('a process has ended', () => {
  const end = START + 20_000
  test.each([
    ['when it says so', [at(15, 10), at(20, 12, { final: true })], end],
    ['when it says so and nothing more', [at(15, 10), at(20, 10, { final: true })], end],
    ['when the first that is heard of it is its last word', [at(20, 12, { final: true })], end],
    ['when one that is older than the ledger says so', [at(20, 12, { final: true, startedAt: BIRTH - 60_000 })], end],
    ['also when it is scraped once more', [at(20, 12, { final: true }), at(21, 12)], end],
    ['once, though it says so twice', [at(20, 12, { final: true }), at(25, 12, { final: true })], end],
    ['later, when it counted on and says so again', [at(15, 1, { final: true }), at(20, 2, { final: true })], end],
  ])('%s', (_name, readings, endedAt) => {
    expect(endAfter(...readings)).toBe(endedAt)
  })

  test.each([
    ['while it says nothing of the kind', [at(15, 10), at(30, 10)]],
    ['when it counts on after what it called its last word', [at(15, 10, { final: true }), at(30, 11)]],
    ['by a last word that is older than what was read', [at(30, 11), at(31, 10, { final: true })]],
  ])('but not %s', (_name, readings) => {
    expect(endAfter(...readings)).toBeUndefined()
  })
})

describe('a start that lies ahead of the reading', () => {
  const AHEAD = START + 3_600_000

  test('by more than clocks may be off is unknown: a process from before the ledger must not be counted whole', () => {
    const desk = openDesk()
    const { notes } = desk.book(at(15, 1_000, { startedAt: AHEAD }), START + 15_000)
    expect(notes.map(({ kind }) => kind)).toEqual(['baseline'])
    desk.book(at(30, 1_003, { startedAt: AHEAD }), START + 30_000)
    expect(desk.booked(0)).toEqual([3, 0, 0, 0])
  })

  test('by no more than clocks may be off is taken', () => {
    const desk = openDesk()
    desk.book(at(15, 7, { startedAt: START + 20_000 }), START + 15_000)
    expect(desk.booked(0)).toEqual([7, 0, 0, 0])
  })

  test('is taken when it was our own clock that was set back', () => {
    const desk = openDesk()
    desk.book(at(15, 7, { startedAt: AHEAD }), START + 15_000, AHEAD + 15_000)
    expect(desk.booked(0)).toEqual([7, 0, 0, 0])
  })

  test('is no second life of a source without ids', () => {
    const desk = openDesk()
    const source = { id: 'http://10.0.0.1/metrics', identified: false, service: 'scan' }
    const told = (seconds: number, good: number, startedAt: number): Reading => ({
      ...at(seconds, good),
      speaker: { ...source, startedAt },
    })
    desk.book(told(15, 10, START), START + 15_000)
    desk.book(told(30, 11, AHEAD), START + 30_000)
    expect(desk.booked(0)).toEqual([11, 0, 0, 0])
    // Nor when the clock is there at last, and the same start can be believed.
    desk.book(told(3_615, 12, AHEAD), AHEAD + 15_000)
    expect(desk.booked(0)).toEqual([12, 0, 0, 0])
    desk.book(told(3_675, 13, AHEAD + 60_000), AHEAD + 75_000)
    expect(desk.booked(0)).toEqual([25, 0, 0, 0])
  })

  test('is no third life of one that was seen to have started again by its counts', () => {
    const desk = openDesk()
    const speaker = { id: 'http://10.0.0.1/metrics', identified: false, service: 'scan' }
    desk.book({ ...at(15, 10), speaker: { ...speaker, startedAt: START } }, START + 15_000)
    desk.book({ ...at(30, 4), speaker: { ...speaker, startedAt: AHEAD } }, START + 30_000)
    desk.book({ ...at(3_615, 5), speaker: { ...speaker, startedAt: AHEAD } }, AHEAD + 15_000)
    expect(desk.booked(0)).toEqual([15, 0, 0, 0])
  })
})
