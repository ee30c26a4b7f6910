import type { Objective } from '@tabiji/core/journey'
import type { DayTally } from '@tabiji/core/report'
import { addDays, DAY, dateOf, dayRange, HOUR } from '@tabiji/core/time'
import { expect, onTestFinished, test } from 'vitest'
import { createJudge } from '../jobs/budget/budgets.ts'
import { createExclusions } from '../jobs/budget/exclusions.ts'
import { atOnce } from '../jobs/budget/frozen-books.ts'
import { recordRevision } from '../jobs/budget/revision.ts'
import { createSlices } from '../jobs/budget/slices.ts'
import { monthFacts } from '../jobs/report/month.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, openBooks } from '../jobs/testing/books.ts'
import { openCourses } from './courses.ts'

const ZONE = 'Asia/Tokyo'
const SLOT = 15_000
/** Late in a month, so that its facts hold the days that are looked at. */
const NOW = Date.parse('2026-10-30T18:00:00+09:00')
const PATIENT = 60_000
const SLICED: Objective = {
  ...AVAILABILITY,
  name: 'minutes',
  budgeting: { method: 'timeslices', sliceMs: MINUTE, sliceTargetPpm: 900_000, onNoData: 'ignore' },
}

function open() {
  const born = NOW - 45 * DAY
  const file = definitionOf(AVAILABILITY, SLICED)
  const books = openBooks(file, born)
  onTestFinished(books.close)
  const { ledger, ledgerStore, corrections } = books
  const exclusions = createExclusions(ledger, ledgerStore.rows, corrections.all)
  const slices = createSlices(ledger, ledgerStore.rows)
  const judgeBy = (definition = file) =>
    createJudge(definition, ledger, recordRevision(ledgerStore, definition, born), exclusions, slices)
  const state = { judge: judgeBy(), now: NOW, snapshots: 0 }
  const courses = openCourses({
    store: {
      keptFrom: ledgerStore.keptFrom,
      snapshot: () => {
        state.snapshots++
        return ledgerStore.snapshot()
      },
    },
    ...{ ledger, judge: () => state.judge, patience: new Map([['shop', MINUTE]]), now: () => state.now },
  })
  let lives = 0
  /** Some other process, of which nobody had heard, hands its counts over. */
  const book = (at: number, good: number, bad: number, now = state.now) => {
    ledger.book([createShop(at - 1, `one-${lives++}`)(at, { pay: [good, 0, bad] })], now)
  }
  const correct = (from: number, to: number) => {
    const stated = { from, to, zone: ZONE, createdAt: state.now, reason: 'a move', category: 'other' } as const
    const { key } = corrections.add({ ...stated, appliesTo: [] })
    exclusions.changed()
    return () => {
      corrections.withdraw(key, { at: state.now, reason: 'a mistake' })
      exclusions.changed()
    }
  }
  const days = async () => (await courses.lastDays(PATIENT)) ?? {}
  const facts = () => {
    const sources = {
      ...{ past: ledgerStore, kept: () => undefined, alerts: books.alerts },
      ...{ incidents: () => [], doubts: () => [], fixes: () => [], sample: () => false },
    }
    const [journey] = atOnce(monthFacts(state.judge, '2026-10', sources, state.now)).journeys
    return Object.fromEntries((journey?.objectives ?? []).map(({ name, days }) => [`checkout/${name}`, days ?? []]))
  }
  return { courses, book, correct, days, facts, state, judgeBy, file }
}

const ask = (more = {}) => ({
  ...{ journey: 'checkout', objective: 'availability', from: NOW - 6 * HOUR, to: NOW },
  ...more,
})

test('a course that is asked for again is walked once, until something of its time comes late', async () => {
  const { courses, book, state } = open()
  book(NOW - HOUR, 90, 10, NOW - HOUR)
  const sum = async () => {
    const told = await courses.of(ask())
    if (!told.ok) throw new Error(told.why)
    return told.course.points.reduce((total, { bad }) => total + bad, 0)
  }
  expect([await sum(), await sum(), state.snapshots]).toEqual([10, 10, 1])
  book(NOW - 30 * MINUTE, 0, 7)
  expect([await sum(), state.snapshots]).toEqual([17, 2])
  // What comes after its end is no part of it.
  state.now = NOW + SLOT
  book(NOW + SLOT, 0, 3)
  expect([await sum(), state.snapshots]).toEqual([17, 2])
})

test('a correction that is placed is seen, and one that is withdrawn is seen to be', async () => {
  const { courses, book, correct } = open()
  book(NOW - HOUR, 90, 10, NOW - HOUR)
  const look = async () => {
    const told = await courses.of(ask())
    if (!told.ok) throw new Error(told.why)
    const { excluded, points } = told.course
    return [excluded.length, points.flatMap(({ leftOut }) => leftOut ?? [])]
  }
  expect(await look()).toEqual([0, []])
  const withdraw = correct(NOW - 2 * HOUR, NOW - 10 * MINUTE)
  expect(await look()).toEqual([1, [{ bad: 10, valid: 100 }]])
  withdraw()
  expect(await look()).toEqual([0, []])
})

test('what there is not, and a step that is none, say what there is and what would do', async () => {
  const { courses } = open()
  expect(await courses.of(ask({ journey: 'search' }))).toEqual({ ok: false, why: 'journey', known: ['checkout'] })
  expect(await courses.of(ask({ objective: 'speed' }))).toEqual({
    ...{ ok: false, why: 'objective' },
    known: ['availability', 'minutes'],
  })
  expect(await courses.of(ask({ stepMs: 1_000 }))).toEqual({ ok: false, why: 'step', leastMs: 30_000 })
  expect(await courses.of(ask({ from: NOW + HOUR, to: NOW + 2 * HOUR }))).toMatchObject({ course: { points: [] } })
})

test('a long walk leaves room for everything else, and one waits for the other', async () => {
  const { courses, book } = open()
  for (let i = 0; i < 40; i++) book(NOW - i * HOUR, 5, 1)
  let turns = 0
  let going = true
  const others = (async () => {
    while (going) {
      await new Promise((resolve) => setImmediate(resolve))
      turns++
    }
  })()
  const told = await Promise.all([courses.of(ask({ from: NOW - 30 * DAY })), courses.of(ask({ from: NOW - 3 * DAY }))])
  going = false
  await others
  expect(told.map((each) => each.ok)).toEqual([true, true])
  expect(turns).toBeGreaterThan(0)
})

test('the last thirty days are those of the month’s facts, and today is as it stands now', async () => {
  const { book, days, facts, state, correct } = open()
  for (const back of [0, 1, 1.5, 3, 8, 20, 40]) book(NOW - back * DAY, 1_000, 10 + back * 2, NOW - back * DAY)
  const check = async () => {
    const [told, month] = [await days(), facts()]
    for (const [id, of] of Object.entries(month)) {
      expect(told[id]).toHaveLength(30)
      // The month began later than thirty days ago.
      expect(
        told[id]?.filter(({ date }) => date >= '2026-10-01'),
        id,
      ).toEqual(of)
    }
    return told['checkout/availability']?.at(-1)
  }
  expect(Object.keys(facts())).toEqual(['checkout/availability', 'checkout/minutes'])
  expect(await check()).toEqual({ date: '2026-10-30', bad: 10, valid: 1_010, allowedMillionths: 10_100_000 })
  book(NOW, 0, 5)
  expect((await check())?.bad).toBe(15)
  book(NOW - 8 * DAY, 0, 77)
  await check()
  const withdraw = correct(NOW - 8 * DAY - HOUR, NOW - 8 * DAY + HOUR)
  await check()
  withdraw()
  await check()
  state.now = NOW + 6 * HOUR
  const at = (await days())['checkout/availability']?.at(-1)
  expect(at).toEqual({ date: '2026-10-31', bad: 0, valid: 0, allowedMillionths: 0 })
})

test('days that are over are counted once, in one walk, and again only when something of theirs comes late', async () => {
  const { book, days, state } = open()
  book(NOW - 3 * DAY, 100, 1, NOW - 3 * DAY)
  await days()
  expect(state.snapshots).toBe(1)
  await days()
  book(NOW, 100, 1)
  await days()
  expect(state.snapshots).toBe(1)
  book(NOW - 5 * DAY, 0, 1)
  await days()
  expect(state.snapshots).toBe(2)
  state.now = NOW + DAY
  await days()
  expect(state.snapshots).toBe(3)
})

test('another file has other objectives, and whoever is in a hurry is told nothing half', async () => {
  const { courses, days, state, judgeBy, file } = open()
  await days()
  const journeys = file.journeys.map((journey) => ({ ...journey, objectives: [SLICED] }))
  state.judge = judgeBy({ ...file, journeys })
  expect(Object.keys(await days())).toEqual(['checkout/minutes'])
  state.judge = judgeBy()
  const hurried = await courses.lastDays(0)
  expect(hurried === undefined || Object.keys(hurried).length === 2).toBe(true)
  expect(Object.keys(await days())).toEqual(['checkout/availability', 'checkout/minutes'])
})

test('a target that changed in a day counts from then on, in the strip as in the facts', async () => {
  const { book, days, state, file, facts } = open()
  const day = addDays(dateOf(NOW, ZONE), -2)
  const { from } = dayRange(day, ZONE)
  const stricter = { ...AVAILABILITY, targetPpm: 999_000 }
  const journeys = file.journeys.map((journey) => ({ ...journey, objectives: [stricter, SLICED] }))
  const revisions = [
    ...state.judge.revisions,
    {
      at: from + 12 * HOUR,
      fingerprint: 'other',
      targets: { 'checkout/availability': 999_000, 'checkout/minutes': 990_000 },
    },
  ]
  state.judge = createJudge(
    { ...file, journeys },
    state.judge.ledger,
    revisions,
    state.judge.exclusions,
    state.judge.slices,
  )
  book(from + 6 * HOUR, 90, 10, from + 6 * HOUR)
  book(from + 18 * HOUR, 90, 10, from + 18 * HOUR)
  const found = (each?: readonly DayTally[]) => each?.find(({ date }) => date === day)
  expect(found((await days())['checkout/availability'])).toEqual({
    ...{ date: day, bad: 20, valid: 200 },
    allowedMillionths: 100 * 10_000 + 100 * 1_000,
  })
  expect(found(facts()['checkout/availability'])).toEqual(found((await days())['checkout/availability']))
})
