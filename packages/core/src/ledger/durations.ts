/** How long the events of a step took, in buckets. The books count outcomes; this stands beside them, for advice only. */
export type StepDurations = {
  readonly journey: string
  readonly step: string
  /** Upper edges in milliseconds, ascending, the last one infinite; an event on an edge belongs below it. */
  readonly edges: readonly number[]
  /** Events per bucket since the process began; not cumulative over edges. */
  readonly counts: readonly number[]
}

/**
 * What was added to the buckets of a step since the last time. A process only counts up, so a lower number adds nothing; other
 * edges than before cannot be compared, and add nothing either.
 *
 * @param before absent when all of it is new
 */
export function durationsAdded(now: StepDurations, before: StepDurations | undefined): readonly number[] {
  if (before === undefined) return now.counts
  const isAlike = before.edges.length === now.edges.length && before.edges.every((edge, i) => edge === now.edges[i])
  return now.counts.map((count, i) => (isAlike ? Math.max(0, count - (before.counts[i] ?? 0)) : 0))
}
