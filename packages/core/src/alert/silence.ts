import { isoIn } from '../time/index.ts'
import { formatMatcher, type Labels, type Matcher, matchesAll } from './matcher.ts'

type Recorded = { readonly at: number; readonly by?: string }

/** One thing that was recorded about a silence. Append-only; times in milliseconds. */
export type SilenceEvent = Recorded &
  (
    | {
        readonly type: 'added'
        readonly matchers: readonly Matcher[]
        readonly owner: string
        readonly reason: string
        readonly from: number
        readonly to: number
        /** It ends by itself when nothing that it matches was open for this long. */
        readonly idleMs?: number
      }
    | { readonly type: 'extended'; readonly to: number; readonly reason: string }
    /** `idle`: nothing that it matched was open any more. */
    | { readonly type: 'ended'; readonly why: 'person' | 'idle'; readonly reason?: string }
  )

/** Everything that was recorded about one silence, oldest first. */
export type SilenceHistory = { readonly key: string; readonly events: readonly SilenceEvent[] }

/** A silence as its events tell it: what it matches is not told while it is in force. */
export type Silence = {
  /** `SIL-0007`, for people. */
  readonly key: string
  /** How often it was stated, extensions included. */
  readonly version: number
  readonly matchers: readonly Matcher[]
  /** Whom to ask about it. */
  readonly owner: string
  readonly reason: string
  readonly from: number
  /** The first instant that is not silent any more. */
  readonly to: number
  readonly idleMs?: number
  readonly createdAt: number
  readonly createdBy?: string
  readonly ended?: Recorded & { readonly why: 'person' | 'idle'; readonly reason?: string }
}

/** `expired`: its time came. `ended`: before its time, by a person or because it was idle. */
export const SILENCE_STATES = ['planned', 'active', 'ended', 'expired'] as const
export type SilenceState = (typeof SILENCE_STATES)[number]

/** The key of the nth silence, counted from 1. */
export function silenceKey(number: number): string {
  return `SIL-${String(number).padStart(4, '0')}`
}

/** @returns the silence that the events come to; `undefined` when there are none */
export function foldSilence({ key, events }: SilenceHistory): Silence | undefined {
  const [first, ...later] = events
  if (first?.type !== 'added') return undefined
  const { type: _, at, by, ...stated } = first
  let silence: Silence = { key, version: 1, ...stated, createdAt: at, ...(by !== undefined && { createdBy: by }) }
  for (const event of later) {
    const { type, ...said } = event
    if (type === 'extended') silence = { ...silence, version: silence.version + 1, to: event.to }
    if (type === 'ended') silence = { ...silence, ended: said as NonNullable<Silence['ended']> }
  }
  return silence
}

export function silenceStateAt({ from, to, ended }: Pick<Silence, 'from' | 'to' | 'ended'>, now: number): SilenceState {
  if (ended !== undefined) return 'ended'
  if (now >= to) return 'expired'
  return now >= from ? 'active' : 'planned'
}

/** The silence that holds an alert back, of several the one that lasts longest; absent when there is none. */
export function silencedBy(labels: Labels, active: readonly Silence[]): Silence | undefined {
  return active.filter(({ matchers }) => matchesAll(matchers, labels)).sort((a, b) => b.to - a.to)[0]
}

/** A silence as it is told; times in ISO 8601 on the clocks of the zone. */
export type SilenceSummary = {
  readonly key: string
  readonly state: SilenceState
  readonly version: number
  readonly matchers: readonly string[]
  readonly owner: string
  readonly reason: string
  readonly from: string
  readonly to: string
  readonly idleMs?: number
  readonly createdAt: string
  readonly createdBy?: string
  readonly ended?: {
    readonly at: string
    readonly by?: string
    readonly why: 'person' | 'idle'
    readonly reason?: string
  }
}

export function summarizeSilence(silence: Silence, now: number, zone: string): SilenceSummary {
  const { matchers, from, to, createdAt, ended, ...rest } = silence
  return {
    ...rest,
    state: silenceStateAt(silence, now),
    matchers: matchers.map(formatMatcher),
    from: isoIn(from, zone),
    to: isoIn(to, zone),
    createdAt: isoIn(createdAt, zone),
    ...(ended !== undefined && { ended: { ...ended, at: isoIn(ended.at, zone) } }),
  }
}
