/**
 * The life of one continuous problem of one rule. `inactive` is the absence of an episode; `acked` is firing with
 * somebody on it.
 */
export const EPISODE_STATES = ['firing', 'acked', 'resolved', 'closed'] as const
export type EpisodeState = (typeof EPISODE_STATES)[number]

/** That somebody has an episode. It ends by itself, so that nothing is forgotten because somebody once had it. */
export type Ack = {
  /** Absent where nobody signs in. */
  readonly by?: string
  /** Milliseconds. */
  readonly at: number
  /** From then on nobody has it any more. */
  readonly until: number
  /** By which way it came, such as `api` or `pagerduty`. */
  readonly via: string
  readonly note?: string
}

export type Episode = {
  readonly state: EpisodeState
  readonly startedAt: number
  /** Since when the condition to resolve has held without a break. */
  readonly calmSince?: number
  readonly resolvedAt?: number
  /** Since when its data could not be read. */
  readonly unreadSince?: number
  /** How often it fired again within the flap window. */
  readonly reopenings: number
  /** Who has it; exactly while it is `acked`. */
  readonly ack?: Ack
  /** The page of the same objective that it became: while that one is open, this one is told of no more. */
  readonly raisedTo?: string
  /** It was open so long that a ticket was proposed; that is said once. */
  readonly ticketProposed?: true
}

/** The id of the nth episode, counted from 1, such as `A-0042`: what people call it. */
export function episodeId(number: number): string {
  return `A-${String(number).padStart(4, '0')}`
}

/** What the rule's condition says now. Unread data say nothing: they neither fire nor resolve. */
export type Signal =
  | {
      readonly read: true
      readonly holds: boolean
      readonly calm: boolean
      readonly now: number
      readonly keepMs: number
    }
  | { readonly read: false; readonly now: number }

/** What happened to an episode. Only transitions are told to people; a step without one changes clocks at most. */
export type Transition =
  | 'fired'
  | 'resolved'
  | 'reopened'
  | 'closed'
  | 'data_lost'
  | 'data_back'
  /** It comes back so often that its end is not believed before a long quiet. */
  | 'flapping'
  | 'acked'
  | 'unacked'
  | 'ack_expired'
  /** The same objective rings at a more urgent level now, and later: does so no more. */
  | 'raised'
  | 'lowered'

/**
 * Where an episode stands after a signal. When the transitions are `closed` and then `fired`, `episode` is a new one: the
 * one that was passed in ends as it was, with the state `closed`, and must be kept so before the new one is.
 */
export type Step = { readonly episode: Episode | undefined; readonly transitions: readonly Transition[] }

/** A problem that comes back within this time is the same one. */
export const FLAP_WINDOW_MS = 30 * 60_000

/** After this many reopenings a resolve waits until the whole flap window has been quiet. */
const FLAPPING_AFTER = 3

/**
 * Advances an episode. Pure and idempotent: the same signal at the same time again changes nothing.
 *
 * - fires at once, because the windows of a burn rule are the hold;
 * - resolves after `keepMs` of calm, which is stricter than "the condition no longer holds";
 * - no data never resolves anything, and the calm is counted anew when data come back.
 */
export function stepEpisode(current: Episode | undefined, signal: Signal): Step {
  if (current === undefined || current.state === 'closed') return begin(signal)
  if (!signal.read) return loseData(current, signal.now)
  const back: readonly Transition[] = current.unreadSince === undefined ? [] : ['data_back']
  const { unreadSince: _, ...readable } = current
  const next = current.state === 'resolved' ? afterResolve(readable, signal) : whileOpen(readable, signal)
  return { episode: next.episode, transitions: [...back, ...next.transitions] }
}

/** A rule that is gone from the file ends its episode without a verdict. */
export function withdrawEpisode(current: Episode, now: number): Episode {
  const { ack: _, raisedTo: __, ...rest } = current
  return { ...rest, state: 'closed', resolvedAt: current.resolvedAt ?? now }
}

/** Whether somebody could take it: it rings, and is not over. */
export function isOpen({ state }: Episode): boolean {
  return state === 'firing' || state === 'acked'
}

/** Whether it comes and goes: then it is told of once, and its end only after a quiet of the whole flap window. */
export function isFlapping(episode: Episode): boolean {
  return isOpen(episode) && episode.reopenings >= FLAPPING_AFTER
}

type Read = Extract<Signal, { read: true }>

function begin(signal: Signal): Step {
  if (!signal.read || !signal.holds) return { episode: undefined, transitions: [] }
  return { episode: { state: 'firing', startedAt: signal.now, reopenings: 0 }, transitions: ['fired'] }
}

function loseData(current: Episode, now: number): Step {
  const { calmSince: _, ...rest } = current
  if (current.unreadSince !== undefined) return { episode: rest, transitions: [] }
  return { episode: { ...rest, unreadSince: now }, transitions: ['data_lost'] }
}

function whileOpen(current: Episode, signal: Read): Step {
  const { calmSince, ...rest } = current
  if (signal.holds || !signal.calm) return { episode: rest, transitions: [] }
  // A beginning ahead of now was taken by a clock that has gone back since: the calm is counted from now.
  const since = Math.min(calmSince ?? signal.now, signal.now)
  const keep = isFlapping(current) ? Math.max(signal.keepMs, FLAP_WINDOW_MS) : signal.keepMs
  if (signal.now - since < keep) return { episode: { ...rest, calmSince: since }, transitions: [] }
  // Whoever had it is done with it: when it comes back, somebody has to take it again.
  const { ack: _, raisedTo: __, ...over } = rest
  return { episode: { ...over, state: 'resolved', resolvedAt: signal.now }, transitions: ['resolved'] }
}

function afterResolve(current: Episode, signal: Read): Step {
  const resolvedAt = current.resolvedAt ?? signal.now
  if (signal.now - resolvedAt >= FLAP_WINDOW_MS) {
    const closed: Episode = { ...current, state: 'closed' }
    if (!signal.holds) return { episode: closed, transitions: ['closed'] }
    return { episode: { state: 'firing', startedAt: signal.now, reopenings: 0 }, transitions: ['closed', 'fired'] }
  }
  if (!signal.holds) return { episode: current, transitions: [] }
  const { resolvedAt: _, ...open } = current
  const episode: Episode = { ...open, state: 'firing', reopenings: current.reopenings + 1 }
  return { episode, transitions: isFlapping(episode) ? ['reopened', 'flapping'] : ['reopened'] }
}
