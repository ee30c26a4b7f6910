import type { Level } from '@tabiji/core/journey'
import type { Pace } from '../../ports/notifier.ts'

/** Keeps to the pace that each receiver allows. */
export type Pacing = {
  /** From when on a message of the level may go to the receiver, milliseconds; in the past when it may now. */
  freeAt(receiver: string, level: Level, now: number): number
  /** A message goes now. */
  sent(receiver: string, now: number): void
}

/**
 * A bucket of tokens for each receiver, kept as the time at which it will be full. Levels 2 and 3 leave the last token where there
 * is more than one, so that a page that comes after a burst of them need not wait.
 */
export function createPacing(paceOf: (receiver: string) => Pace | undefined): Pacing {
  const fullAt = new Map<string, number>()
  /** A clock that went back must not make anybody wait for longer than an empty bucket does. */
  const full = (receiver: string, { everyMs, burst }: Pace, now: number) =>
    Math.min(fullAt.get(receiver) ?? now, now + burst * everyMs)
  return {
    freeAt: (receiver, level, now) => {
      const pace = paceOf(receiver)
      if (pace === undefined) return now
      const left = level === 1 || pace.burst === 1 ? 0 : 1
      return full(receiver, pace, now) - (pace.burst - 1 - left) * pace.everyMs
    },
    sent: (receiver, now) => {
      const pace = paceOf(receiver)
      if (pace !== undefined) fullAt.set(receiver, Math.max(now, full(receiver, pace, now)) + pace.everyMs)
    },
  }
}
