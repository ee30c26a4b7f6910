import type { Range } from './calendar.ts'

/** The same instants as few ranges: ascending, and no two of them touch. Empty ranges vanish. */
export function uniteRanges(ranges: readonly Range[]): readonly Range[] {
  const united: { from: number; to: number }[] = []
  for (const { from, to } of ranges.toSorted((a, b) => a.from - b.from)) {
    const last = united.at(-1)
    if (to <= from) continue
    if (last === undefined || from > last.to) united.push({ from, to })
    else last.to = Math.max(last.to, to)
  }
  return united
}

/** What of united ranges lies within a stretch. */
export function clipRanges(ranges: readonly Range[], within: Range): readonly Range[] {
  return ranges.flatMap(({ from, to }) => {
    const clipped = { from: Math.max(from, within.from), to: Math.min(to, within.to) }
    return clipped.from < clipped.to ? [clipped] : []
  })
}

/** The instants of `ranges` that are not in `others`; both united, and so is what remains. */
export function subtractRanges(ranges: readonly Range[], others: readonly Range[]): readonly Range[] {
  const left: Range[] = []
  let next = 0
  for (const { from, to } of ranges) {
    let start = from
    while (next > 0 && (others[next - 1]?.to ?? 0) > from) next--
    for (; next < others.length; next++) {
      const other = others[next]
      if (other === undefined || other.from >= to) break
      if (other.from > start) left.push({ from: start, to: other.from })
      start = Math.max(start, other.to)
    }
    if (start < to) left.push({ from: start, to })
  }
  return left
}

/** Whether one of the united ranges holds the instant: found by halving, so years of them cost a few steps. */
export function isInside(ranges: readonly Range[], at: number): boolean {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.to ?? Number.POSITIVE_INFINITY) <= at) low = middle + 1
    else high = middle
  }
  return (ranges[low]?.from ?? Number.POSITIVE_INFINITY) <= at
}
