import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { calendarRange } from '@tabiji/core/budget'
import type { Definition, IndicatorName, Objective, Step } from '@tabiji/core/journey'
import { edgeAt, isReversal, unpackEntries } from '@tabiji/core/ledger'
import { tally } from '@tabiji/core/slo'
import { DAY, MINUTE } from '@tabiji/core/time'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CorrectionStore } from '../../ports/correction-store.ts'
import { createCorrectionStore } from '../../store/correction-store.ts'
import { temporaryFolder } from '../../store/testing/temporary-folder.ts'
import { GRID, type LedgerOnFile, openOn, podOf } from '../testing/ledger-on-file.ts'
import { createJudge, type Judge, rawSpendingNow, spendingNow } from './budgets.ts'
import { createExclusions } from './exclusions.ts'

const ZONE = 'Asia/Tokyo'
/** Two days before a month ends, so that histories pass its end. */
const BEGINNING = Date.parse('2026-10-30T00:00:00+09:00')
const BIRTH = BEGINNING - 20 * DAY
const WIDEST = 5 * MINUTE
const RUNS = { numRuns: process.env['TABIJI_FULL'] === '1' ? 1_000 : 25 }

const statuses = { good: [], bad: [], excluded: [] }
const step = (name: string): Step => ({ name, kind: 'http', routes: [], withinMs: 1_000, clock: 'request', statuses })
const objective = (name: string, indicator: IndicatorName, window: Objective['window'], of?: string): Objective => ({
  name,
  indicator,
  targetPpm: 990_000,
  window,
  ...(of !== undefined && { step: of }),
})
const OBJECTIVES = [
  objective('month', 'experience', { kind: 'month' }),
  // Ends on the same day as the month, and again a week later.
  objective('weekly', 'availability', { kind: 'calendar', count: 1, unit: 'w', from: '2026-11-01' }),
  objective('rolling', 'availability', { kind: 'rolling', ms: 2 * DAY }),
  objective('upload', 'latency', { kind: 'rolling', ms: 7 * DAY }, 'upload'),
]
const FILE: Definition = {
  timeZone: ZONE,
  classes: {},
  journeys: ['measure', 'order'].map((name) => ({
    name,
    title: { en: name, ja: name },
    tier: 1,
    objectives: OBJECTIVES,
    steps: [step('upload'), step('submit')],
  })),
  fingerprint: '0123456789abcdef',
}

const minutes = (most: number, least = 0) => fc.integer({ min: least, max: most }).map((n) => n * MINUTE)
const anyBooking = fc.record({
  kind: fc.constant('book' as const),
  late: fc.oneof(fc.constant(0), minutes(60), minutes(600), minutes(9_000)),
  journey: fc.constantFrom('measure', 'order'),
  step: fc.constantFrom('upload', 'submit'),
  counts: fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9)),
})
const anyStep = fc.oneof(
  fc.record({ kind: fc.constant('wait' as const), ms: fc.oneof(minutes(30, 1), minutes(30, 1), minutes(2_000, 1)) }),
  fc.record({ kind: fc.constant('turn back' as const), ms: minutes(90, 1) }),
  anyBooking,
  anyBooking,
  anyBooking,
  fc.record({
    kind: fc.constant('add' as const),
    // Mostly about the time at which most is booked, so that stretches hold something and overlap.
    ahead: fc
      .oneof(
        fc.integer({ min: -400, max: 60 }),
        fc.integer({ min: -400, max: 60 }),
        fc.integer({ min: -9_000, max: 1_500 }),
      )
      .map((n) => n * MINUTE + 7_000),
    long: minutes(900, 1),
    appliesTo: fc.constantFrom([], ['measure'], ['order', 'measure/month'], ['measure/upload']),
    daily: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('withdraw' as const), which: fc.nat(9) }),
  fc.record({ kind: fc.constant('restart' as const) }),
)

type Desk = { readonly books: LedgerOnFile; readonly corrections: CorrectionStore; readonly judge: Judge }

function openDesk(file: string): Desk {
  const books = openOn(file, BIRTH)
  const corrections = createCorrectionStore(books.database)
  const exclusions = createExclusions(books.ledger, books.store.rows, corrections.all)
  return { books, corrections, judge: createJudge(FILE, books.ledger, [], exclusions) }
}

/** Every entry since `from` (seconds) by a plain walk, without those that an active correction holds when asked so. */
function walk({ books, corrections }: Desk, id: string, from: number, corrected: boolean) {
  const [journey, name] = id.split('/')
  const { indicator, step: only } = OBJECTIVES.find((each) => each.name === name) as Objective
  const accounts = books.store.accounts()
  const sum = { bad: 0, valid: 0 }
  for (const { start, body } of books.store.rows(from, Number.MAX_SAFE_INTEGER)) {
    if (corrected && isExcluded(corrections, id, start * 1_000)) continue
    unpackEntries(body, (account, good, slow, error, excluded, marks) => {
      const of = accounts[account]
      if (of?.journey !== journey || (only !== undefined && of?.step !== only)) return
      const { bad, valid } = tally(indicator, [good, slow, error, excluded])
      sum.bad += isReversal(marks) ? -bad : bad
      sum.valid += isReversal(marks) ? -valid : valid
    })
  }
  return sum
}

/** Tokyo's clocks never change, so a day later is a day later. Written out beside `stretchesOf`, and on purpose not with it. */
function isExcluded(corrections: CorrectionStore, id: string, at: number): boolean {
  return corrections.all().some(({ withdrawn, appliesTo, from, to, rrule }) => {
    if (withdrawn !== undefined) return false
    if (appliesTo.length > 0 && !appliesTo.includes(id) && !appliesTo.includes(id.split('/')[0] ?? '')) return false
    for (let shift = 0; from + shift <= at + WIDEST; shift += DAY) {
      const start = Math.floor((from + shift) / WIDEST) * WIDEST
      const end = Math.ceil((to + shift) / WIDEST) * WIDEST
      if (start <= at && at < end) return true
      if (rrule === undefined) return false
    }
    return false
  })
}

function check(desk: Desk, now: number): void {
  const { judge } = desk
  for (const compiled of judge.evaluator.objectives) {
    const { window } = compiled.objective
    const from =
      window.kind === 'rolling' ? edgeAt(GRID, window.ms, now) : calendarRange(window, now, ZONE).from / 1_000
    const raw = walk(desk, compiled.id, from, false)
    const adjusted = walk(desk, compiled.id, from, true)
    const told = spendingNow(judge, compiled, now)
    expect([compiled.id, { bad: told.bad, valid: told.valid }]).toEqual([compiled.id, adjusted])
    expect(told.raw ?? adjusted).toEqual(raw)
    if (told.raw !== undefined) expect(judge.exclusions.isCorrected(judge.evaluator, compiled.id, now)).toBe(true)
    expect(told.raw === undefined).toBe(raw.valid === adjusted.valid)
    expect(rawSpendingNow(judge, compiled, now)).toMatchObject(raw)
    const between = judge.exclusions.between(judge.evaluator, from, Number.MAX_SAFE_INTEGER, now).get(compiled.id)
    expect(raw.valid - (between?.valid ?? 0)).toBe(adjusted.valid)
  }
}

test('after every step of any history, what is kept beside the books and a walk through the log agree', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 8, maxLength: 30 }), (steps) => {
      const folder = temporaryFolder()
      const file = join(folder, 'books.db')
      let desk = openDesk(file)
      let now = BEGINNING
      let lives = 0
      for (const one of steps) {
        const { books, corrections, judge } = desk
        if (one.kind === 'wait') now += one.ms
        if (one.kind === 'turn back') now -= one.ms
        if (one.kind === 'book') {
          const at = now - one.late
          const told = [{ journey: one.journey, step: one.step, role: 'own', counts: one.counts }] as const
          books.ledger.book([{ speaker: podOf(`life-${lives++}`, at - 1), at, steps: told }], now)
        }
        if (one.kind === 'add') {
          const { ahead, long, appliesTo, daily } = one
          const stretch = { from: now + ahead, to: now + ahead + long, zone: ZONE }
          const rule = daily ? { rrule: 'FREQ=DAILY' } : {}
          corrections.add({
            ...stretch,
            ...rule,
            createdAt: now,
            category: 'maintenance',
            reason: 'maintenance',
            appliesTo,
          })
          judge.exclusions.changed()
        }
        if (one.kind === 'withdraw') {
          const active = judge.exclusions.active()
          const chosen = active[one.which % Math.max(1, active.length)]
          if (chosen !== undefined) corrections.withdraw(chosen.key, { at: now, reason: 'it was us' })
          judge.exclusions.changed()
        }
        if (one.kind === 'restart') {
          books.ledger.checkpoint(now)
          books.close()
          desk = openDesk(file)
        }
        check(desk, now)
      }
      desk.books.close()
      rmSync(folder, { recursive: true, force: true })
    }),
    RUNS,
  )
})
