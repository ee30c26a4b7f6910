import type { CoursePoint } from '@tabiji/core/budget'
import type { Budgeting, IndicatorName } from '@tabiji/core/journey'
import type { DayTally } from '@tabiji/core/report'
import type { Range } from '@tabiji/core/time'

/** Of which objective, and of when. Milliseconds. */
export type CourseQuery = {
  readonly journey: string
  /** Its name in the journey. */
  readonly objective: string
  readonly from: number
  readonly to: number
  /** Absent: the finest with which the points are not too many. */
  readonly stepMs?: number
  /** Whose burn is told; absent: those of the two fastest pairs. */
  readonly windowsMs?: readonly number[]
}

/** How an objective went, step by step. Milliseconds; all are edges of slots. */
export type Course = {
  readonly journey: string
  readonly objective: string
  readonly indicator: IndicatorName
  /** Of the file in force; the burn of a point is by the target that held then. */
  readonly targetPpm: number
  readonly budgeting?: Budgeting
  readonly timeZone: string
  /** As asked for, on whole steps, as far as they are over and kept. */
  readonly from: number
  readonly to: number
  readonly stepMs: number
  /** Those of the asked ones that are no narrower than the slots. */
  readonly windowsMs: readonly number[]
  /** What corrections exclude. */
  readonly excluded: readonly Range[]
  readonly points: readonly CoursePoint[]
}

export type CourseAnswer =
  | { readonly ok: true; readonly course: Course }
  | { readonly ok: false; readonly why: 'journey' | 'objective'; readonly known: readonly string[] }
  /** The stated step is no whole number of slots, or gives too many points. */
  | { readonly ok: false; readonly why: 'step'; readonly leastMs: number }

/** How things went over time, worked out from the log with room for everything else in between. */
export interface Courses {
  of(query: CourseQuery): Promise<CourseAnswer>
  /**
   * The last days of every objective by its id, oldest first, today as it stands now. Days are counted once and kept, so
   * this waits for no longer than the patience: what is not counted by then is counted on, and nothing is told.
   *
   * @param patienceMs milliseconds
   */
  lastDays(patienceMs: number): Promise<Readonly<Record<string, readonly DayTally[]>> | undefined>
}
