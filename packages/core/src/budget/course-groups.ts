import type { Counts } from '../journey/index.ts'
import type { Range } from '../time/index.ts'
import type { CoursePoint } from './course.ts'

/** Neighbouring points as one, for who reads instead of looks. */
export type CourseGroup = Pick<CoursePoint, 'counts' | 'bad' | 'valid' | 'read'> & {
  /** Milliseconds: the first step's beginning and the last one's end. */
  readonly from: number
  readonly at: number
  /** The fastest burn of its points that were read, by window, thousandths; absent when none was. */
  readonly fastest: readonly (number | undefined)[]
}

/** At most `most` groups of equally many points, the last one of what is left: counts add up, of burns the fastest stands. */
export function condense(points: readonly CoursePoint[], stepMs: number, most: number): readonly CourseGroup[] {
  const size = Math.max(1, Math.ceil(points.length / most))
  const groups = Array.from({ length: Math.ceil(points.length / size) }, (_, i) =>
    points.slice(i * size, (i + 1) * size),
  )
  return groups.map((group) => {
    const sum = (of: (point: CoursePoint) => number) => group.reduce((total, point) => total + of(point), 0)
    const count = (column: 0 | 1 | 2 | 3) => sum(({ counts }) => counts[column])
    const counts: Counts = [count(0), count(1), count(2), count(3)]
    return {
      from: (group[0]?.at ?? 0) - stepMs,
      at: group.at(-1)?.at ?? 0,
      read: group.some(({ read }) => read),
      counts,
      bad: sum(({ bad }) => bad),
      valid: sum(({ valid }) => valid),
      fastest: fastestOf(group).map((burn) => burn?.milli),
    }
  })
}

/** What stands out of a course; `undefined` where nothing was read, or nothing happened. */
export type Highlights = {
  /** How many of its steps were read. */
  readonly read: number
  readonly bad: number
  readonly valid: number
  readonly counts: Counts
  /** By window: the fastest burn, thousandths, and when it was. */
  readonly fastest: readonly ({ readonly milli: number; readonly at: number } | undefined)[]
  /** The steps with the most bad events, with the most events, and with the largest share that came later than promised. */
  readonly worst: CoursePoint | undefined
  readonly busiest: CoursePoint | undefined
  readonly slowest: CoursePoint | undefined
}

export function highlightsOf(points: readonly CoursePoint[]): Highlights {
  const read = points.filter((point) => point.read)
  const [whole] = points.length === 0 ? [] : condense(points, 0, 1)
  return {
    read: read.length,
    bad: whole?.bad ?? 0,
    valid: whole?.valid ?? 0,
    counts: whole?.counts ?? [0, 0, 0, 0],
    fastest: fastestOf(points),
    worst: largest(read, ({ bad }) => bad),
    busiest: largest(read, ({ counts }) => eventsOf(counts)),
    slowest: largest(read, ({ counts }) => lateSharePpm(counts) ?? 0),
  }
}

/** All that happened, whatever it came to. */
export function eventsOf(counts: Counts): number {
  return counts.reduce((sum, count) => sum + count, 0)
}

/** Of the events that worked, the share that came later than promised, cut to parts per million; none when none worked. */
export function lateSharePpm([good, slow]: Counts): number | undefined {
  return good + slow > 0 ? Number((BigInt(slow) * 1_000_000n) / BigInt(good + slow)) : undefined
}

/** Milliseconds: the stretches of which nobody knows how they went. */
export function gapsOf(points: readonly CoursePoint[], stepMs: number): readonly Range[] {
  const gaps: { from: number; to: number }[] = []
  for (const { at, read } of points) {
    if (read) continue
    const last = gaps.at(-1)
    if (last?.to === at - stepMs) last.to = at
    else gaps.push({ from: at - stepMs, to: at })
  }
  return gaps
}

function fastestOf(points: readonly CoursePoint[]): Highlights['fastest'] {
  const read = points.filter((point) => point.read)
  return (points[0]?.burns ?? []).map((_, window) => {
    const burns = read.flatMap(({ at, burns }) => {
      const milli = burns[window]?.burnMilli
      return milli === undefined ? [] : [{ milli, at }]
    })
    return burns.reduce<(typeof burns)[number] | undefined>(
      (most, each) => (most && most.milli >= each.milli ? most : each),
      undefined,
    )
  })
}

/** The first one with the most of something, if any has some. */
function largest(points: readonly CoursePoint[], of: (point: CoursePoint) => number): CoursePoint | undefined {
  const found = points.reduce<CoursePoint | undefined>(
    (most, each) => (most && of(most) >= of(each) ? most : each),
    undefined,
  )
  return found !== undefined && of(found) > 0 ? found : undefined
}
