import { type Counts, NO_COUNTS, OUTCOMES } from '@tabiji/core/journey'
import type { DeltaPoint, Reading, Speaker, StepReading } from '@tabiji/core/ledger'

/** A cumulative point: what there is in all since `from`, as it was at `to`. */
export type Cumulative = DeltaPoint

/**
 * Cumulative points as readings, the older first. Points of one collection are one reading, although instruments may be
 * read some microseconds apart; a body that was gathered on the way may hold several collections.
 *
 * @param startedAt what the process says of its start; without it, the earliest start of its counters
 * @param repeated told of each point that stands in the body twice at one time
 */
export function readingsOf(
  speaker: Speaker,
  points: readonly Cumulative[],
  startedAt: number | undefined,
  fingerprint: string | undefined,
  repeated: () => void,
): readonly { readonly told: Reading; readonly points: number }[] {
  const sorted = points.toSorted((a, b) => (a.to < b.to ? -1 : a.to > b.to ? 1 : 0))
  const groups: { last: bigint; readonly series: Map<string, Cumulative> }[] = []
  for (const point of sorted) {
    const key = `${point.role}\u0000${point.journey}\u0000${point.step}\u0000${point.outcome}`
    const group = groups.at(-1)
    const before = group?.series.get(key)
    if (before?.to === point.to) repeated()
    else if (group === undefined || before !== undefined)
      groups.push({ last: point.to, series: new Map([[key, point]]) })
    else {
      group.series.set(key, point)
      group.last = point.to
    }
  }
  return groups.map(({ last, series }) => {
    const told = [...series.values()]
    const start = startedAt ?? startOf(told)
    const reading: Reading = {
      speaker: { ...speaker, ...(start !== undefined && { startedAt: start }) },
      at: milliseconds(last),
      steps: stepsOf(told),
      ...(fingerprint !== undefined && { fingerprint }),
    }
    return { told: reading, points: told.length }
  })
}

/**
 * The earliest start of the counters. A counter that does not tell its start, or tells the moment of the reading itself (so
 * a sender says that it does not know, and so does one that counted for the first time just now), says nothing of it.
 */
function startOf(points: readonly Cumulative[]): number | undefined {
  const known = points.filter(({ from, to }) => from !== 0n && from < to)
  const start = known.reduce((least, { from }) => Math.min(least, milliseconds(from)), Number.POSITIVE_INFINITY)
  return Number.isFinite(start) ? start : undefined
}

function stepsOf(points: readonly Cumulative[]): readonly StepReading[] {
  const steps = new Map<string, { readonly step: StepReading; readonly told: number }>()
  for (const { journey, step, role, outcome, count } of points) {
    const key = `${role}\u0000${journey}\u0000${step}`
    const before = steps.get(key)
    const counts = withCount(before?.step.counts ?? NO_COUNTS, OUTCOMES.indexOf(outcome), count)
    steps.set(key, { step: { journey, step, role, counts }, told: (before?.told ?? 0) + 1 })
  }
  return [...steps.values()].map(({ step, told }) => (told < OUTCOMES.length ? { ...step, partial: true } : step))
}

function withCount(counts: Counts, column: number, count: number): Counts {
  return counts.map((before, i) => (i === column ? count : before)) as unknown as Counts
}

function milliseconds(nanoseconds: bigint): number {
  return Number(nanoseconds / 1_000_000n)
}
