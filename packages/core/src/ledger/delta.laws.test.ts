import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Counts, OUTCOMES } from '../journey/index.ts'
import { packEntries } from './packing.ts'
import { eachAccount, NO_ACCOUNTS } from './position.ts'
import type { DeltaPoint, DeltaReading, Reading, Speaker } from './reading.ts'
import { BIRTH, openDesk } from './testing/desk.ts'

const FULL = process.env['TABIJI_FULL'] === '1'
const RUNS = { numRuns: FULL ? 5_000 : 200 }
const TIMEOUT = { timeout: FULL ? 600_000 : 30_000 }
const STEPS = ['upload', 'process'] as const

/** What a process did between two of its reports: how long that took, and its events by step and outcome. */
type Turn = { readonly waitMs: number; readonly events: readonly Counts[] }
type Truth = { readonly processes: readonly (readonly Turn[])[] }

const count = fc.oneof({ weight: 3, arbitrary: fc.nat(5) }, fc.nat(1_000))
const turn: fc.Arbitrary<Turn> = fc.record({
  waitMs: fc.oneof(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 1, max: 120_000 })),
  events: fc.tuple(fc.tuple(count, count, count, count), fc.tuple(count, count, count, count)),
})
const truth: fc.Arbitrary<Truth> = fc.record({
  processes: fc.array(fc.array(turn, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 3 }),
})

type Report = { readonly at: number; readonly cumulative: Reading; readonly delta: DeltaReading }

/** The reports of all processes in the order of time, each told in both kinds of counts. */
function reportsOf({ processes }: Truth): readonly Report[] {
  const reports = processes.flatMap((turns, p) => {
    // Processes of one service start at different moments, as they do.
    const startedAt = BIRTH + 1_000 + p * 700
    const speaker: Speaker = { id: `pod-${p}`, identified: true, service: 'scan', startedAt }
    const sums = STEPS.map((): number[] => [0, 0, 0, 0])
    let at = startedAt
    return turns.map(({ waitMs, events }): Report => {
      const from = BigInt(at) * 1_000_000n
      at += waitMs
      const to = BigInt(at) * 1_000_000n
      const points = STEPS.flatMap((step, s) =>
        OUTCOMES.map((outcome, o): DeltaPoint => {
          const n = events[s]?.[o] ?? 0
          const row = sums[s] ?? []
          row[o] = (row[o] ?? 0) + n
          return { journey: 'measure-feet', step, role: 'own', outcome, count: n, from, to }
        }),
      )
      const steps = STEPS.map((step, s) => {
        return {
          journey: 'measure-feet',
          step,
          role: 'own',
          counts: [...(sums[s] ?? [])] as unknown as Counts,
        } as const
      })
      return { at, cumulative: { speaker, at, steps }, delta: { speaker, points } }
    })
  })
  return reports.sort((a, b) => a.at - b.at)
}

/** Events by step, slot and outcome: what the books say, without who came first. */
function slotsOf(desk: ReturnType<typeof openDesk>): Record<string, number[]> {
  const sums: Record<string, number[]> = {}
  for (const { account, slot, counts } of desk.entries) {
    const key = `${desk.books.accounts[account]?.step} ${slot.start}/${slot.width}`
    sums[key] = counts.map((n, i) => n + (sums[key]?.[i] ?? 0))
  }
  return Object.fromEntries(Object.entries(sums).filter(([, counts]) => counts.some((n) => n > 0)))
}

test('the same truth, told in sums or in additions at the same moments, gives the same entries', TIMEOUT, () => {
  fc.assert(
    fc.property(truth, (drawn) => {
      const [sums, additions] = [openDesk(), openDesk()]
      for (const { at, cumulative, delta } of reportsOf(drawn)) {
        const one = sums.book(cumulative, at).entries
        expect(packEntries(additions.bookDeltas(delta, at).entries)).toEqual(packEntries(one))
      }
      expect(STEPS.map((_, i) => additions.booked(i))).toEqual(STEPS.map((_, i) => sums.booked(i)))
      expect(additions.positions.size).toBe(sums.positions.size)
    }),
    RUNS,
  )
})

test('in whatever order and however often additions come, the books are the same', TIMEOUT, () => {
  fc.assert(
    fc.property(truth, fc.infiniteStream(fc.nat()), fc.array(fc.nat(), { maxLength: 20 }), (drawn, order, again) => {
      const reports = reportsOf(drawn)
      const last = Math.max(...reports.map(({ at }) => at))
      const inOrder = openDesk()
      for (const { delta } of reports) inOrder.bookDeltas(delta, last)
      const shuffled = [...reports, ...again.flatMap((i) => reports[i % reports.length] ?? [])]
        .map((report) => ({ report, key: order.next().value ?? 0 }))
        .sort((a, b) => a.key - b.key)
      const other = openDesk()
      for (const { report } of shuffled) {
        // A push may also be cut in two on its way.
        const half = report.delta.points.length / 2
        for (const points of [report.delta.points.slice(0, half), report.delta.points.slice(half)]) {
          other.bookDeltas({ ...report.delta, points }, last)
        }
      }
      expect(slotsOf(other)).toEqual(slotsOf(inOrder))
      for (const [id, { counts }] of inOrder.positions) {
        const named = (desk: ReturnType<typeof openDesk>, of: typeof counts) =>
          [...eachAccount(of)].map(([account, four]) => [desk.books.accounts[account]?.step, ...four]).sort()
        expect(named(other, other.positions.get(id)?.counts ?? NO_ACCOUNTS)).toEqual(named(inOrder, counts))
      }
    }),
    RUNS,
  )
})

test('in whatever order and however often sums come, the same totals are in the books', TIMEOUT, () => {
  fc.assert(
    fc.property(truth, fc.infiniteStream(fc.nat()), fc.array(fc.nat(), { maxLength: 20 }), (drawn, order, again) => {
      const reports = reportsOf(drawn)
      const last = Math.max(...reports.map(({ at }) => at))
      const shuffled = [...reports, ...again.flatMap((i) => reports[i % reports.length] ?? [])]
        .map((report) => ({ report, key: order.next().value ?? 0 }))
        .sort((a, b) => a.key - b.key)
      const [inOrder, other] = [openDesk(), openDesk()]
      for (const { cumulative } of reports) inOrder.book(cumulative, last)
      for (const { report } of shuffled) other.book(report.cumulative, last)
      expect(STEPS.map((_, i) => other.booked(i))).toEqual(STEPS.map((_, i) => inOrder.booked(i)))
    }),
    RUNS,
  )
})
