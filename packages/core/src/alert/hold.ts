import type { Signal } from './episode.ts'

/** A signal that must last, and since when it has; milliseconds. Absent while it does not hold. */
export type Held = { readonly signal: Signal; readonly since?: number }

/**
 * Lets a condition pass only once it has held at every evaluation for `forMs`: `since` is the first of them, the evaluation at
 * which `forMs` have passed is the first that holds. Whether it is calm is not touched. One that is unread, or does
 * not hold, begins anew. Pure and idempotent, as the episode's own step.
 */
export function holdFor(signal: Signal, since: number | undefined, forMs: number): Held {
  if (!signal.read || !signal.holds) return { signal }
  // A beginning ahead of now was taken by a clock that has gone back since.
  const from = Math.min(since ?? signal.now, signal.now)
  return { signal: { ...signal, holds: signal.now - from >= forMs }, since: from }
}
