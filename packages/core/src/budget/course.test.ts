import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../time/index.ts'
import { readSteps } from './course-coverage.ts'
import { courseGrid, MOST_STEPS } from './course-grid.ts'
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

test('the windows that are shown are those that ring first', () => {
  const pair = (longMs: number, shortMs: number) =>
    ({ level: 1, longMs, shortMs, speed: { factorMilli: 1_000 } }) as const
  const policy = (...pairs: ReturnType<typeof pair>[]) =>
    objectiveOf(999_000, { policy: { pairs, milestones: [], guard: { badEvents: 3, confidencePercent: 95 } } })
  expect(courseWindows(objectiveOf(999_000))).toEqual([HOUR, 6 * HOUR])
  expect(courseWindows(policy(pair(HOUR, 5 * MINUTE)))).toEqual([5 * MINUTE, HOUR])
  expect(courseWindows(policy())).toEqual([HOUR, 6 * HOUR])
})
