/** Events of a step that took longer than the edge before and at most this one. */
export type DurationCount = {
  /** Seconds since the Unix epoch: the UTC day in which they were told. */
  readonly day: number
  readonly journey: string
  readonly step: string
  readonly service: string
  /** Milliseconds; infinite beyond all edges. */
  readonly edge: number
  readonly events: number
}

/** Where durations are kept: a sum per day, step, service and bucket. For advice; no budget and no alert knows of them. */
export interface DurationStore {
  /** Adds events, all of it or nothing, and lets go of days before the time (seconds). */
  add(counts: readonly DurationCount[], keptFrom: number): void
  /** Of all days that the stretch touches, seconds: a day is told as a whole. Ascending by edge. */
  between(journey: string, from: number, to: number): readonly DurationCount[]
}
