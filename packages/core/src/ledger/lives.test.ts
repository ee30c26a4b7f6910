import { describe, expect, test } from 'vitest'
import type { Counts } from '../journey/index.ts'
import type { Reading, Speaker } from './reading.ts'
import { BIRTH, openDesk } from './testing/desk.ts'

const START = BIRTH + 60_000
const POD: Speaker = { id: 'web-0', identified: false, livesByStart: true, service: 'scan' }
const after = (seconds: number) => START + seconds * 1000

/** A reading `seconds` after the start, of a life that began at `began`. */
function at(seconds: number, counts: Counts, began: number | undefined, partial = false): Reading {
  const speaker = { ...POD, ...(began !== undefined && { startedAt: after(began) }) }
  const step = { journey: 'measure-feet', step: 'upload', role: 'own', counts } as const
  return { speaker, at: after(seconds), steps: [partial ? { ...step, partial } : step] }
}

function bookAll(...readings: readonly Reading[]) {
  const desk = openDesk()
  const notes = readings.flatMap((reading) => desk.book(reading, Math.max(reading.at, after(60))).notes)
  return { booked: desk.booked(0), notes: notes.map(({ kind }) => kind) }
}

describe('a name that outlives its process', () => {
  test('begins anew with a later start and lower counters, and all of them count', () => {
    const { booked, notes } = bookAll(at(15, [10, 0, 3, 0], 0), at(45, [4, 0, 1, 0], 40))
    expect([booked, notes]).toEqual([[14, 0, 4, 0], ['reset']])
  })

  test('does not begin anew with lower counters alone: that is an old reading', () => {
    const { booked, notes } = bookAll(at(15, [10, 0, 3, 0], 0), at(45, [4, 0, 1, 0], 0))
    expect([booked, notes]).toEqual([[10, 0, 3, 0], ['stale']])
  })

  test('does not begin anew with a later start alone: whoever counts on has not ended', () => {
    const { booked } = bookAll(at(15, [10, 0, 3, 0], 0), at(45, [12, 0, 3, 0], 40))
    expect(booked).toEqual([12, 0, 3, 0])
  })

  test('is not taken back to an earlier life by a reading that comes late', () => {
    const { booked, notes } = bookAll(
      at(15, [10, 0, 3, 0], 0),
      at(45, [4, 0, 1, 0], 40),
      at(30, [12, 0, 3, 0], 0),
      at(55, [5, 0, 1, 0], 40),
    )
    expect([booked, notes]).toEqual([
      [15, 0, 4, 0],
      ['reset', 'stale'],
    ])
  })

  test('only counts up as long as no start is told', () => {
    const { booked } = bookAll(
      at(15, [10, 0, 0, 0], 0),
      at(30, [3, 0, 0, 0], undefined),
      at(45, [11, 0, 0, 0], undefined),
    )
    expect(booked).toEqual([11, 0, 0, 0])
  })

  test('is not taken for a new life because an outcome was not told', () => {
    const part = at(45, [0, 0, 1, 0], 42, true)
    const { booked } = bookAll(at(15, [10, 0, 0, 0], 0), part, at(50, [12, 0, 1, 0], 0))
    expect(booked).toEqual([12, 0, 1, 0])
  })
})
