import { burnRateMilli, excludedRanges, PPM, refreshAccounts } from '@tabiji/core/budget'
import type { Objective } from '@tabiji/core/journey'
import { readEntries } from '@tabiji/core/ledger'
import { tally } from '@tabiji/core/slo'
import { isInside } from '@tabiji/core/time'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { AVAILABILITY, createShop, definitionOf, MINUTE, NOON, openBooks } from '../testing/books.ts'
import { createJudgeBooks } from '../testing/sliced-books.ts'
import { live } from '../testing/sliced-life.ts'
import { createJudge, tallyNow } from './budgets.ts'
import { planCourse, walkCourse } from './course.ts'
import { createExclusions } from './exclusions.ts'
import { atOnce } from './frozen-books.ts'
import { recordRevision } from './revision.ts'

const RUNS = { numRuns: process.env['TABIJI_FULL'] === '1' ? 300 : 8 }
const SLOT = 15_000
const PATIENCE = new Map([['shop', 60_000]])
const WINDOWS = [5 * MINUTE, 20 * MINUTE]

const OBJECTIVES: readonly Objective[] = [
  AVAILABILITY,
  { ...AVAILABILITY, name: 'latency', indicator: 'latency', targetPpm: 950_000 },
]

function open() {
  const file = definitionOf(...OBJECTIVES)
  const books = openBooks(file, NOON)
  onTestFinished(books.close)
  const { ledger, ledgerStore, corrections } = books
  const exclusions = createExclusions(ledger, ledgerStore.rows, corrections.all)
  const judge = createJudge(file, ledger, recordRevision(ledgerStore, file, NOON), exclusions)
  return { ...books, exclusions, judge }
}

type Desk = ReturnType<typeof open>

function courseOf(
  { judge, ledgerStore }: Desk,
  objective: string,
  from: number,
  to: number,
  stepMs: number,
  now: number,
) {
  const compiled = judge.evaluator.objectives.find((each) => each.objective.name === objective)
  if (compiled === undefined) throw new Error('Expected the objective')
  const query = { journey: 'checkout', objective, from, to, stepMs, windowsMs: WINDOWS }
  const planned = planCourse(judge, compiled, query, 0, now)
  if (!planned.ok) throw new Error('Expected the step to be one')
  return { compiled, points: atOnce(walkCourse(judge, ledgerStore, planned.planned, PATIENCE)) }
}

type Told = { readonly start: number; readonly counts: readonly number[]; readonly covered: boolean }

/** Everything that the log says, by the other reader of its format. */
function wholeLog({ ledgerStore }: Desk): readonly Told[] {
  return [...ledgerStore.rows(0, Number.MAX_SAFE_INTEGER)].flatMap(({ start, body }) => {
    const read = readEntries(body)
    if (!read.ok) throw new Error(read.reason)
    return read.items.map(({ counts, covered, reversal }) => ({
      ...{ start: start * 1000, covered },
      counts: counts.map((count) => (reversal ? -count : count)),
    }))
  })
}

/** What it says of [from, to), milliseconds. */
function inLog(log: readonly Told[], from: number, to: number) {
  const own = log.filter(({ start }) => start >= from && start < to)
  return {
    counts: [0, 1, 2, 3].map((i) => own.reduce((sum, { counts }) => sum + (counts[i] ?? 0), 0)),
    covered: own.some(({ covered }) => covered),
  }
}

const counts = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(3))
const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('read' as const), slots: fc.integer({ min: 1, max: 20 }), counts }),
  fc.record({ kind: fc.constant('read' as const), slots: fc.integer({ min: 1, max: 20 }), counts }),
  fc.record({ kind: fc.constant('gap' as const), slots: fc.integer({ min: 2, max: 40 }), counts }),
  fc.record({ kind: fc.constant('late' as const), back: fc.integer({ min: 1, max: 80 }), counts }),
  fc.record({
    kind: fc.constant('correct' as const),
    back: fc.integer({ min: 1, max: 60 }),
    slots: fc.integer({ min: 1, max: 30 }),
  }),
  fc.record({ kind: fc.constant('withdraw' as const) }),
)

test('law: every point is what a plain walk over the log gives, after gaps, late entries, corrections placed and withdrawn', () => {
  fc.assert(
    fc.property(
      fc.array(anyStep, { minLength: 3, maxLength: 16 }),
      fc.constantFrom(SLOT, MINUTE, 3 * MINUTE),
      fc.constantFrom('availability', 'latency'),
      (steps, stepMs, objective) => {
        const desk = open()
        let now = NOON
        let lives = 0
        const shop = createShop()
        const read = (pay: readonly number[]) => {
          now += SLOT
          desk.ledger.book([shop(now, { pay })], now)
        }
        read([0, 0, 0])
        for (const step of steps) {
          if (step.kind === 'read') for (let i = 0; i < step.slots; i++) read(step.counts)
          if (step.kind === 'gap') {
            now += step.slots * SLOT
            read(step.counts)
          }
          if (step.kind === 'late') {
            const at = Math.max(NOON + SLOT, now - step.back * SLOT)
            const told = createShop(at - 1)(at, { pay: step.counts })
            const speaker = { ...told.speaker, id: `gone-${lives++}` }
            desk.ledger.book([{ ...told, speaker }], now)
          }
          if (step.kind === 'correct') {
            const from = now - step.back * SLOT
            const stated = { from, to: from + step.slots * SLOT, zone: 'Asia/Tokyo', createdAt: now, reason: 'x' }
            desk.corrections.add({ ...stated, category: 'other', appliesTo: [] })
            desk.exclusions.changed()
          }
          const active = desk.corrections.all().find(({ withdrawn }) => withdrawn === undefined)
          if (step.kind === 'withdraw' && active !== undefined) {
            desk.corrections.withdraw(active.key, { at: now, reason: 'a mistake' })
            desk.exclusions.changed()
          }
        }
        check(desk, objective, stepMs, now)
        desk.close()
      },
    ),
    RUNS,
  )
})

function check(desk: Desk, objective: string, stepMs: number, now: number): void {
  const { compiled, points } = courseOf(desk, objective, NOON, now, stepMs, now)
  const { indicator, targetPpm } = compiled.objective
  const excluded = excludedRanges(desk.corrections.all(), 15, { from: NOON - 60 * MINUTE, to: now + 60 * MINUTE })
  expect(points.at(-1)?.at ?? NOON).toBe(Math.floor(now / stepMs) * stepMs)
  const log = wholeLog(desk)
  const kept = log.filter(({ start }) => !isInside(excluded, start))
  const seen = points.map(({ at }) => inLog(log, at - stepMs, at).covered)
  for (const [i, point] of points.entries()) {
    const { counts } = inLog(log, point.at - stepMs, point.at)
    expect(point.counts).toEqual(counts)
    expect({ bad: point.bad, valid: point.valid }).toEqual(tally(indicator, counts))
    const { bad, valid } = tally(indicator, inLog(kept, point.at - stepMs, point.at).counts)
    expect([point.bad - (point.leftOut?.bad ?? 0), point.valid - (point.leftOut?.valid ?? 0)]).toEqual([bad, valid])
    WINDOWS.forEach((ms, w) => {
      const told = tally(indicator, inLog(log, point.at - ms, point.at).counts)
      expect(point.burns[w]).toEqual({ ...told, burnMilli: burnRateMilli(told, targetPpm) })
      const speed = told.valid === 0 ? 0 : (told.bad / told.valid / ((PPM - targetPpm) / PPM)) * 1_000
      expect(Math.abs((point.burns[w]?.burnMilli ?? 0) - speed)).toBeLessThan(1.01)
    })
    // The silence that the step stands in, as far as it goes to both sides.
    let [first, last] = [i, i]
    while (!seen[first] && first > 0 && !seen[first - 1]) first--
    while (!seen[last] && last < points.length - 1 && !seen[last + 1]) last++
    const isHeardBefore = seen.slice(0, i).includes(true)
    const isShort = (last - first + 1) * stepMs <= 60_000
    expect(point.read).toBe(seen[i] === true || (isHeardBefore && isShort))
  }
}

test('the burn of a point is what the rules saw when it was the present', () => {
  const desk = open()
  const shop = createShop()
  const saw: { at: number; tallies: unknown[] }[] = []
  const [compiled] = desk.judge.evaluator.objectives
  if (compiled === undefined) throw new Error('Expected an objective')
  // A reading at the last moment of a slot is of that slot.
  const until = (i: number) => NOON + i * SLOT - 1
  for (let i = 1; i <= 160; i++) {
    const now = until(i)
    desk.ledger.book([shop(now, { pay: [20, 1, i % 50 < 12 ? 5 : 0] })], now)
    refreshAccounts(desk.judge.evaluator, desk.ledger.books)
    saw.push({ at: now + 1, tallies: WINDOWS.map((ms) => tallyNow(desk.judge, compiled, ms, now)) })
  }
  const now = NOON + 160 * SLOT
  const { points } = courseOf(desk, 'availability', NOON, now, SLOT, now)
  expect(
    points.map(({ at, burns }) => ({ at, tallies: burns.map((burn) => burn && { bad: burn.bad, valid: burn.valid }) })),
  ).toEqual(saw)
  expect(points.some(({ burns }) => (burns[0]?.burnMilli ?? 0) > 14_400)).toBe(true)
})

test('law: the burn of a budget in slices is that of its slices, whatever silence counts as', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 2, maxLength: 10 }), (steps) => {
      const books = createJudgeBooks()
      const now = live(books, steps)
      const judge = books.judge()
      for (const compiled of judge.evaluator.objectives) {
        const query = { journey: 'checkout', objective: compiled.objective.name, from: NOON, to: now, stepMs: MINUTE }
        const planned = planCourse(judge, compiled, query, 0, now)
        if (!planned.ok) throw new Error('Expected a minute to do')
        const { windowsMs } = planned.planned.plan
        for (const { at, burns } of atOnce(walkCourse(judge, books.store(), planned.planned, PATIENCE))) {
          const seen = windowsMs.map((ms) => {
            const { bad, valid } = judge.slices.between(judge.evaluator, compiled, (at - ms) / 1000, at / 1000, now)
            return { bad, valid, burnMilli: burnRateMilli({ bad, valid }, compiled.objective.targetPpm) }
          })
          expect(burns, `${compiled.id} ${at}`).toEqual(seen)
        }
      }
      books.close()
    }),
    RUNS,
  )
})
