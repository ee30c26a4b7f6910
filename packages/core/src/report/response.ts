import { instantOf } from '../time/index.ts'
import type { IncidentMonth } from './incident-month.ts'

/** How long it took until an incident was noticed, taken and its harm stopped; milliseconds, absent while a clock is not known. */
export type AnswerTimes = {
  /** From the beginning of the impact to its detection. */
  readonly detectMs?: number
  /** From the detection to somebody who has it. */
  readonly acknowledgeMs?: number
  /** From the beginning of the impact to the end of the harm. */
  readonly mitigateMs?: number
}

/** The times of an incident of a month, each between two stated moments (incident.md §3.1); never negative. */
export function answerTimes(incident: IncidentMonth): AnswerTimes {
  const { impactStartedAt, detectedAt, acknowledgedAt, mitigatedAt } = incident
  const detectMs = between(impactStartedAt, detectedAt)
  const acknowledgeMs = between(detectedAt, acknowledgedAt)
  const mitigateMs = between(impactStartedAt, mitigatedAt)
  return {
    ...(detectMs !== undefined && { detectMs }),
    ...(acknowledgeMs !== undefined && { acknowledgeMs }),
    ...(mitigateMs !== undefined && { mitigateMs }),
  }
}

function between(from: string | undefined, to: string | undefined): number | undefined {
  if (from === undefined || to === undefined) return undefined
  return Math.max(0, instantOf(to) - instantOf(from))
}

/** What so few and so uneven times come to: at least half of them are within the lower median. Never a mean. */
export type Span = {
  readonly count: number
  readonly median: number
  readonly shortest: number
  readonly longest: number
}

/** Median and range of some times; nothing without any. */
export function spanOf(times: readonly number[]): Span | undefined {
  const sorted = times.toSorted((a, b) => a - b)
  const [shortest, median, longest] = [sorted[0], sorted[Math.ceil(sorted.length / 2) - 1], sorted.at(-1)]
  if (shortest === undefined || median === undefined || longest === undefined) return undefined
  return { count: sorted.length, median, shortest, longest }
}
