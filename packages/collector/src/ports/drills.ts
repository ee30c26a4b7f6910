import type { Level } from '@tabiji/core/journey'
import type { DrillEnding } from './drill-store.ts'
import type { Result } from './work.ts'

/** What is practised: a made-up trouble of a journey, or one that was booked. */
export type DrillRequest = { readonly level: Level } & (
  | {
      readonly journey: string
      readonly step?: string
      readonly outcome: 'error' | 'slow'
      readonly sharePpm: number
      readonly perMinute: number
      readonly lengthMs: number
    }
  /** The key of an alert or an incident; the journey where that hurt more than one. */
  | { readonly replay: string; readonly journey?: string }
)

/** When one alert of a drill was told and taken. Times in ISO 8601; lengths from the drill's beginning, milliseconds. */
export type DrillAlert = {
  readonly id: string
  readonly rule: string
  readonly state: string
  readonly firedAt: string
  readonly told: readonly { readonly receiver: string; readonly at: string; readonly afterMs: number }[]
  readonly ackedAt?: string
  readonly resolvedAt?: string
}

export type ToldDrill = {
  readonly key: string
  readonly journey: string
  readonly level: Level
  readonly what: string
  readonly by?: string
  readonly startedAt: string
  /** How long the trouble lasts, milliseconds. */
  readonly lengthMs: number
  readonly ended?: { readonly at: string; readonly how: DrillEnding; readonly by?: string }
  readonly alerts: readonly DrillAlert[]
  /** From the beginning to the first alert, its first message, its first acknowledgement, and the end of all; milliseconds. */
  readonly times: {
    readonly rangMs?: number
    readonly toldMs?: number
    readonly ackedMs?: number
    readonly resolvedMs?: number
  }
}

/** Practice through the real path, kept out of every number. */
export interface Drills {
  /** Refused when nothing would ring, or when the journey is in a drill already. @returns it, with when it will ring */
  start(request: DrillRequest, by?: string): Result<ToldDrill & { readonly ringsAfterMs: number }>
  /** Ends it at once; whoever was told is told that it is over. */
  stop(key: string, by?: string): Result<ToldDrill>
  /** Newest first. */
  list(): readonly ToldDrill[]
  drill(key: string): Result<ToldDrill>
}
