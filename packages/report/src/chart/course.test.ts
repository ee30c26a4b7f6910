import { expect, test } from 'vitest'
import { drawCourse } from './course.ts'
import { PLOT, type TimeFrame } from './time-frame.ts'

const MINUTE = 60_000
const frame = (more: Partial<TimeFrame> = {}): TimeFrame => ({
  ...{
    from: 0,
    to: 10 * MINUTE,
    ticks: [{ at: 5 * MINUTE, label: '12:05' }],
    gaps: [],
    bands: [],
    excluded: [],
    marks: [],
  },
  ...more,
})
const steps = <Value>(...values: Value[]) => values.map((value, i) => ({ at: (i + 1) * MINUTE, value }))

const burn = (values: (number | undefined)[], more: Partial<TimeFrame> = {}) =>
  drawCourse(
    {
      kind: 'burn',
      frame: frame(more),
      lines: [{ label: '1h 2.0×', points: steps(...values).map(({ at, value }) => ({ at, milli: value })) }],
      levels: [{ milli: 14_400, label: '14.4×' }],
    },
    'told',
  ).markup

const pathOf = (markup: string, kind: string) => new RegExp(`class="${kind}[^"]*" d="([^"]*)"`).exec(markup)?.[1] ?? ''
const heights = (path: string) => [...path.matchAll(/[\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y))

test('no line goes through a gap, and a point between two gaps is seen', () => {
  const path = pathOf(burn([1_000, 2_000, undefined, 3_000, undefined, 4_000, 5_000]), 'course')
  expect(path.match(/M/g)).toHaveLength(3)
  expect(path).toMatch(/M[\d.]+ [\d.]+h0/)
})

test('faster is higher, each factor by as much, and what hardly burns lies on the floor', () => {
  const [one = 0, ten = 0, hundred = 0, none, little] = heights(pathOf(burn([100, 1_000, 10_000, 0, 7]), 'course'))
  expect(one - ten).toBeCloseTo(ten - hundred, 0)
  expect([none, little]).toEqual([PLOT.bottom, PLOT.bottom])
})

test('a level stretch is its two ends', () => {
  expect(pathOf(burn(Array.from({ length: 100 }, () => 500)), 'course').match(/[ML]/g)).toHaveLength(2)
})

test('gaps are hatched, however narrow, incidents are bands with their names, deployments have marks', () => {
  const markup = burn([1_000], {
    gaps: [
      { from: MINUTE, to: 2 * MINUTE },
      { from: 5 * MINUTE, to: 5 * MINUTE + 1 },
    ],
    bands: [{ from: 3 * MINUTE, to: 4 * MINUTE, label: 'INC-0001 <b>' }],
    marks: [{ at: 2 * MINUTE, label: 'shop@8c1f2e' }],
    excluded: [{ from: 6 * MINUTE, to: 7 * MINUTE }],
  })
  expect((pathOf(markup, 'gap').match(/M/g) ?? []).length).toBeGreaterThan(2)
  expect(markup).toContain('<title>INC-0001 &lt;b&gt;</title>')
  expect(markup).toContain('<title>shop@8c1f2e</title>')
  expect(markup).toMatch(/class="left-out"[^>]* width="54/)
  expect(markup).toContain('aria-label="told"')
})

const amount = (values: (number | undefined)[], limit?: number) =>
  drawCourse(
    {
      ...{ kind: 'amount', frame: frame(), tone: 'bad', stepMs: MINUTE, points: steps(...values) },
      ...{ top: { value: 10, label: '10' }, none: '0' },
      ...(limit !== undefined && { limit: { value: limit, label: 'promised' } }),
    },
    'told',
  ).markup

test('an amount stands on nothing, a piece for each run that is known', () => {
  const path = pathOf(amount([10, 10, undefined, 5, 0]), 'amount')
  expect(path.match(/M/g)).toHaveLength(2)
  const half = (PLOT.top + PLOT.bottom) / 2
  expect(path).toBe(
    `M${PLOT.left} ${PLOT.bottom}V${PLOT.top}H173.2V${PLOT.bottom}ZM227.8 ${PLOT.bottom}V${half}H282.4V${PLOT.bottom}H337V${PLOT.bottom}Z`,
  )
  expect(amount([1])).not.toContain('class="level"')
  expect(pathOf(amount([1], 5), 'level')).toBe(`M${PLOT.left} ${half}H${PLOT.right}`)
})
