import { type ProbeRun, runReading } from '@tabiji/core/probe'
import { expect, onTestFinished, test } from 'vitest'
import { atOnce } from '../budget/frozen-books.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, openBooks } from '../testing/books.ts'
import { monthFacts } from './month.ts'

const START = Date.parse('2026-10-01T00:00:00+09:00')
const HOUR = 60 * MINUTE

function run(at: number, outcome: 'good' | 'inconclusive'): ProbeRun {
  const step = { request: 'POST /orders', elapsedMs: 20, withinMs: 300, requests: 1, checks: [], captured: [] }
  return {
    probe: 'outside',
    journey: 'checkout',
    startedAt: at,
    endedAt: at + 20,
    outcome,
    steps: [{ ...step, step: 'pay', outcome }],
    certificates: [],
  }
}

/** A month of which an hour is over; the probe looked every minute, and saw nothing in what `blind` says. */
function anHour(blind: (minute: number) => boolean, probes?: ReadonlyMap<string, number>) {
  const outside = { ...AVAILABILITY, name: 'availability.probe', of: 'probe' as const }
  const books = openBooks(definitionOf(AVAILABILITY, outside), START)
  onTestFinished(books.close)
  const shop = createShop(START)
  for (let minute = 0; minute < 60; minute++) {
    const at = START + minute * MINUTE + 1_000
    const reading = runReading(run(at, blind(minute) ? 'inconclusive' : 'good'))
    if (reading !== undefined) books.ledger.bookTold([reading], at + 20)
    // The service itself was read for half of the time.
    for (let slot = 1; minute < 30 && slot <= 4; slot++) {
      const read = START + minute * MINUTE + slot * 15_000
      books.ledger.book([shop(read, { pay: [1, 0, 0, 0] })], read)
    }
  }
  const sources = {
    ...{ past: books.ledgerStore, kept: () => undefined },
    ...{ alerts: books.alerts, incidents: () => [], fixes: () => [], doubts: () => [], sample: () => false },
    ...(probes !== undefined && { probes }),
  }
  return atOnce(monthFacts(books.judge, '2026-10', sources, START + HOUR)).journeys[0]
}

test('the coverage of an objective of probes is who looked from outside: a run stands for its interval', () => {
  const journey = anHour(() => false, new Map([['outside', MINUTE]]))
  expect(journey?.coverage).toEqual({ readSlots: 120, expectedSlots: 240 })
  const [own, outside] = journey?.objectives ?? []
  expect(own).not.toHaveProperty('coverage')
  expect(outside).toMatchObject({ name: 'availability.probe', coverage: { readSlots: 240, expectedSlots: 240 } })
})

test('minutes in which a probe was blind are not covered, and without its interval a run stands for its slot', () => {
  const blind = anHour((minute) => minute % 4 === 0, new Map([['outside', MINUTE]]))
  expect(blind?.objectives[1]).toMatchObject({ coverage: { readSlots: 180, expectedSlots: 240 } })
  expect(anHour(() => false)?.objectives[1]).toMatchObject({ coverage: { readSlots: 60, expectedSlots: 240 } })
})
