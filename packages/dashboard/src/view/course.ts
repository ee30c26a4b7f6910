import type { CoursePoint } from '@tabiji/core/budget'
import type { IndicatorName } from '@tabiji/core/journey'
import type { Range } from '@tabiji/core/time'

/** The stretches that are one press away; the first one follows the books. */
export const COURSE_RANGES = ['6h', '3d', '30d'] as const
type CourseRange = (typeof COURSE_RANGES)[number]

/** How an objective went, as the collector tells it. Milliseconds. */
type Course = {
  readonly journey: string
  readonly objective: string
  readonly indicator: IndicatorName
  readonly targetPpm: number
  readonly from: number
  readonly to: number
  readonly stepMs: number
  readonly windowsMs: readonly number[]
  readonly excluded: readonly Range[]
  readonly points: readonly CoursePoint[]
}

/** What is drawn of a course, and what happened meanwhile. */
export type CourseView = {
  readonly course: Course
  /** Absent for a stretch of its own. */
  readonly range?: CourseRange
  readonly incidents: readonly (Range & { readonly key: string; readonly title: string })[]
  readonly deploys: readonly { readonly at: number; readonly title: string }[]
}
