import type { LinesCommand, TimelineLine } from '@tabiji/core/incident'
import type { Result } from './work.ts'

/** A line as plain JSON: its instant in ISO 8601 with the zone's offset, its text in both languages. */
export type ToldLine = Pick<TimelineLine, 'id' | 'source' | 'by' | 'starred'> & {
  readonly at: string
  readonly kind: TimelineLine['facts']['kind']
  readonly text: { readonly en: string; readonly ja: string }
  readonly struck?: { readonly at: string; readonly by?: string; readonly reason: string }
}

/** How an objective of a hurt journey went, slot by slot. */
export type ToldSeries = {
  /** `checkout/availability`. */
  readonly objective: string
  readonly targetPpm: number
  readonly slotSeconds: number
  /** The share of bad events in a sign for each slot; a dot is a slot without events. */
  readonly spark: string
  readonly slots: readonly {
    readonly at: string
    readonly bad: number
    readonly valid: number
    /** Rounded down; absent without events. */
    readonly badPpm?: number
  }[]
}

type ToldTimeline = {
  readonly incident: string
  /** What was looked at: from a margin before the impact to one after the end, or to now. */
  readonly from: string
  readonly to: string
  readonly lines: readonly ToldLine[]
  readonly series: readonly ToldSeries[]
}

/** The timelines of incidents: put together whenever somebody looks, from everything that tells of the time. */
export interface IncidentTimelines {
  /** @param beforeMs how long before the impact it begins */
  timeline(key: string, beforeMs: number): Result<ToldTimeline>
  /** The lines as facts, for whoever writes from them. */
  lines(key: string, beforeMs: number): Result<readonly TimelineLine[]>
  /** Writes or marks a line. Masked before: what comes here is kept. @param by who does, when that is known */
  write(key: string, command: LinesCommand, by?: string): Result<ToldTimeline>
}
