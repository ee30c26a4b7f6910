import { type CoursePoint, lateSharePpm, PPM } from '@tabiji/core/budget'
import { formatDuration, isoIn } from '@tabiji/core/time'
import type { Course } from '../../ports/courses.ts'
import type { Metric } from '../course-request.ts'

/** The answer of a series: counts are those of the step that ends `at`, burns those of the windows that end there. */
export function courseDocument(course: Course, metric: Metric): object {
  const { journey, objective, indicator, targetPpm, budgeting, timeZone, stepMs, windowsMs } = course
  const iso = (at: number) => isoIn(at, timeZone)
  const points = course.points.map((point) => ({ at: iso(point.at), read: point.read, ...TOLD[metric](point) }))
  return {
    journey,
    objective,
    indicator,
    targetPpm,
    metric,
    ...(budgeting !== undefined && { budgeting }),
    timeZone,
    from: iso(course.from),
    to: iso(course.to),
    stepMs,
    ...(metric === 'burn' && { windowsMs }),
    excluded: course.excluded.map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
    points,
  }
}

const TOLD: Readonly<Record<Metric, (point: CoursePoint) => object>> = {
  burn: ({ burns }) => ({ windows: burns.map((burn) => burn ?? null) }),
  bad: ({ bad, valid, leftOut }) => ({ bad, valid, ...(leftOut !== undefined && { leftOut }) }),
  traffic: ({ counts: [good, slow, error, excluded] }) => ({ good, slow, error, excluded }),
  latency: ({ counts }) => {
    const overPpm = lateSharePpm(counts)
    return { within: counts[0], over: counts[1], ...(overPpm !== undefined && { overPpm }) }
  },
}

type Column = readonly [name: string, cell: (point: CoursePoint) => number | string | undefined]

/** The same as a table for programs and spreadsheets: names and numbers only, so that nothing needs quotes. */
export function courseCsv({ points, timeZone, windowsMs }: Course, metric: Metric): string {
  const columns = COLUMNS[metric](windowsMs)
  const lines = points.map((point) => [
    isoIn(point.at, timeZone),
    Number(point.read),
    ...columns.map(([, cell]) => cell(point) ?? ''),
  ])
  const head = ['at', 'read', ...columns.map(([name]) => name)]
  return [head, ...lines].map((line) => `${line.join(',')}\n`).join('')
}

const COLUMNS: Readonly<Record<Metric, (windowsMs: readonly number[]) => readonly Column[]>> = {
  burn: (windowsMs) =>
    windowsMs.flatMap((ms, i): Column[] => {
      const name = formatDuration(ms)
      return [
        [`burn_${name}`, ({ burns }) => burns[i] && (burns[i].burnMilli / 1000).toFixed(3)],
        [`bad_${name}`, ({ burns }) => burns[i]?.bad],
        [`valid_${name}`, ({ burns }) => burns[i]?.valid],
      ]
    }),
  bad: () => [
    ['bad', ({ bad }) => bad],
    ['valid', ({ valid }) => valid],
    ['left_out_bad', ({ leftOut }) => leftOut?.bad ?? 0],
    ['left_out_valid', ({ leftOut }) => leftOut?.valid ?? 0],
  ],
  traffic: () =>
    (['good', 'slow', 'error', 'excluded'] as const).map((name, i): Column => [name, ({ counts }) => counts[i]]),
  latency: () => [
    ['within', ({ counts }) => counts[0]],
    ['over', ({ counts }) => counts[1]],
    [
      'over_share',
      ({ counts }) => {
        const overPpm = lateSharePpm(counts)
        return overPpm === undefined ? undefined : (overPpm / PPM).toFixed(6)
      },
    ],
  ],
}
