import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../time/index.ts'
import type { CoursePoint } from './course.ts'
import { readSteps } from './course-coverage.ts'
import { courseGrid, MOST_STEPS } from './course-grid.ts'
import { condense, gapsOf, highlightsOf, lateSharePpm } from './course-groups.ts'
import { courseWindows } from './course-windows.ts'
import { objectiveOf } from './testing/definitions.ts'

const slots = fc.constantFrom(15, 60, 300)
const instants = fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2026-12-01T00:00:00Z') })

test('law: a stretch is cut on edges of slots, into no more points than a picture can show, and none that is not over', () => {
  fc.assert(
    fc.property(instants, fc.integer({ min: SECOND, max: 400 * DAY }), slots, instants, (from, length, slot, until) => {
      const cut = courseGrid({ from, to: from + length }, slot, until)
      if (!cut.ok) throw new Error('Expected a step to be found')
      const { grid } = cut
      const end = grid.from + grid.steps * grid.stepMs
      expect([grid.from % (slot * 1000), grid.stepMs % (slot * 1000)]).toEqual([0, 0])
      expect(grid.steps).toBeLessThanOrEqual(MOST_STEPS)
      expect(grid.steps === 0 || end <= until).toBe(true)
      expect(end).toBeLessThan(from + length + grid.stepMs)
      if (until >= from + length + grid.stepMs) expect(end).toBeGreaterThanOrEqual(from + length)
    }),
  )
})

test.each([
  [6 * HOUR, 15, 30 * SECOND],
  [3 * DAY, 15, 10 * MINUTE],
  [30 * DAY, 60, HOUR],
  [400 * DAY, 300, DAY],
  [10 * MINUTE, 300, 5 * MINUTE],
])('%s ms of slots of %s s are told every %s ms', (length, slot, stepMs) => {
  const cut = courseGrid({ from: 0, to: length }, slot, length)
  expect(cut).toMatchObject({ ok: true, grid: { stepMs } })
})

test('a step that is no whole number of slots, or far too fine, is refused with the least that would do', () => {
  const of = (stepMs: number) => courseGrid({ from: 0, to: DAY, stepMs }, 60, DAY)
  expect(of(90 * SECOND)).toEqual({ ok: false, leastMs: 2 * MINUTE })
  expect(of(MINUTE)).toEqual({ ok: false, leastMs: 2 * MINUTE })
  expect(of(5 * MINUTE)).toMatchObject({ ok: true, grid: { steps: 288 } })
})

const reader = (seconds: number[], more = {}) => ({
  ...{ seconds, patienceMs: 2 * MINUTE, known: true, awaited: true },
  ...more,
})

test.each([
  ['a silence within the patience is the pace of its readings', [reader([15, 0, 0, 15])], 'rrrr'],
  ['a longer one is a gap, all of it', [reader([15, 0, 0, 0, 15])], 'r---r'],
  ['so is one that goes on', [reader([15, 15, 0, 0, 0])], 'rr---'],
  ['one of two that is silent leaves nothing to be known', [reader([15, 0, 0, 0]), reader([15, 15, 15, 15])], 'r---'],
  [
    'nobody misses whom nobody has heard of',
    [reader([0, 0, 0, 15], { known: false }), reader([15, 15, 15, 15])],
    'rrrr',
  ],
  ['before the first reading of all nobody knows', [reader([0, 0, 0, 15, 0], { known: false })], '---rr'],
  [
    'whom nobody reads any more is not waited for',
    [reader([15, 0, 0, 0], { awaited: false }), reader([15, 15, 15, 15])],
    'rrrr',
  ],
  ['but somebody must have been read', [reader([15, 0, 0, 0], { awaited: false })], 'r---'],
  ['an objective that nothing feeds is read by nobody', [], '----'],
])('%s', (_, readers, expected) => {
  const read = readSteps(readers, MINUTE, expected.length)
  expect(read.map((each) => (each ? 'r' : '-')).join('')).toBe(expected)
})

const point = (at: number, good: number, error: number, burnMilli: number, read = true): CoursePoint => ({
  ...{ at, read, counts: [good, 0, error, 0], bad: error, valid: good + error },
  burns: [{ bad: error, valid: good + error, burnMilli }, undefined],
})

test('neighbours that are read as one: counts add up, of burns that were read the fastest stands', () => {
  const points = [point(1_000, 9, 1, 500), point(2_000, 8, 2, 9_000, false), point(3_000, 7, 3, 700)]
  expect(condense(points, 1_000, 2)).toEqual([
    { from: 0, at: 2_000, read: true, counts: [17, 0, 3, 0], bad: 3, valid: 20, fastest: [500, undefined] },
    { from: 2_000, at: 3_000, read: true, counts: [7, 0, 3, 0], bad: 3, valid: 10, fastest: [700, undefined] },
  ])
  expect(condense(points, 1_000, 9)).toHaveLength(3)
})

test('law: no count is lost or told twice when points are read together', () => {
  const anyPoints = fc.array(fc.tuple(fc.nat(99), fc.nat(99), fc.boolean()), { maxLength: 50 })
  fc.assert(
    fc.property(anyPoints, fc.integer({ min: 1, max: 20 }), (told, most) => {
      const points = told.map(([good, error, read], i) => point((i + 1) * 1_000, good, error, 0, read))
      const groups = condense(points, 1_000, most)
      expect(groups.length).toBeLessThanOrEqual(most)
      const sum = (each: readonly { valid: number }[]) => each.reduce((total, { valid }) => total + valid, 0)
      expect(sum(groups)).toBe(sum(points))
    }),
  )
})

test('what stands out is of steps that were read; gaps are whole stretches', () => {
  const points = [point(1_000, 9, 1, 500), point(2_000, 0, 90, 9_000, false), point(3_000, 0, 0, 0, false)]
  const marked = highlightsOf([...points, point(4_000, 7, 3, 700), point(5_000, 97, 3, 700)])
  expect(marked).toMatchObject({ read: 3, bad: 97, valid: 210, fastest: [{ milli: 700, at: 4_000 }, undefined] })
  expect([marked.worst?.at, marked.busiest?.at, marked.slowest]).toEqual([4_000, 5_000, undefined])
  expect(gapsOf(points, 1_000)).toEqual([{ from: 1_000, to: 3_000 }])
  expect(highlightsOf([])).toMatchObject({ read: 0, valid: 0, fastest: [], worst: undefined })
  expect([lateSharePpm([0, 0, 5, 0]), lateSharePpm([2, 1, 5, 0])]).toEqual([undefined, 333_333])
})

test('the windows that are shown are those that ring first', () => {
  const pair = (longMs: number, shortMs: number) =>
    ({ level: 1, longMs, shortMs, speed: { factorMilli: 1_000 } }) as const
  const policy = (...pairs: ReturnType<typeof pair>[]) =>
    objectiveOf(999_000, { policy: { pairs, milestones: [], guard: { badEvents: 3, confidencePercent: 95 } } })
  expect(courseWindows(objectiveOf(999_000))).toEqual([HOUR, 6 * HOUR])
  expect(courseWindows(policy(pair(HOUR, 5 * MINUTE)))).toEqual([5 * MINUTE, HOUR])
  expect(courseWindows(policy())).toEqual([HOUR, 6 * HOUR])
})
