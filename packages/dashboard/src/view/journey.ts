import type { AnnotationSummary } from '@tabiji/core/alert'
import type { Work } from '@tabiji/core/budget'
import type { FixSummary } from '@tabiji/core/fix'
import type { IncidentSummary } from '@tabiji/core/incident'
import type { MonthFacts } from '@tabiji/core/report'
import type { CourseView } from './course.ts'
import type { JourneyStanding } from './standing.ts'

/** Everything that one journey's page reads. */
export type JourneyView = {
  readonly journey: JourneyStanding & { readonly runbook?: string; readonly steps: readonly string[] }
  /** Which of its objectives the rules and the month are shown of. */
  readonly objective: string
  /** `YYYY-MM`, and what the books say of it; absent when they say nothing. */
  readonly month: string
  readonly facts?: MonthFacts
  readonly latestMonth: string
  /** How the chosen objective went; absent where it has none. */
  readonly course?: CourseView
  /** What services did for it in the last hours (milliseconds). */
  readonly work: { readonly ms: number; readonly own: readonly Work[]; readonly dependencies: readonly Work[] }
  readonly annotations: readonly AnnotationSummary[]
  readonly incidents: readonly IncidentSummary[]
  readonly fixes: readonly FixSummary[]
}
