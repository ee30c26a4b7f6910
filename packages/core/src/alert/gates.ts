import type { Level } from '../journey/index.ts'
import { type Desk, nextOpening } from '../time/index.ts'

/** Reasons that may hold a notification back, in the order in which they are asked. */
export const GATES = ['startup_grace', 'hours'] as const
export type Gate = (typeof GATES)[number]

/** What one gate said. Every verdict is stored, so that "why was I not told?" has an answer. */
export type Verdict =
  | { readonly gate: Gate; readonly verdict: 'pass' }
  | { readonly gate: Gate; readonly verdict: 'defer'; readonly until: number }

export type GateRules = {
  readonly now: number
  /** End of the time after start in which targets are still being read for the first time. */
  readonly graceUntil: number
  /** Of the team that owns what is told. */
  readonly desk: Desk
}

/**
 * Asks all gates about a notification. Level 1 goes out at any hour; level 2 waits for the desk to open; the end of an
 * episode passes with the same care as its beginning, so that the two arrive in order.
 */
export function askGates(level: Level, rules: GateRules): readonly Verdict[] {
  const afterGrace = Math.max(rules.now, rules.graceUntil)
  // A desk that never opens again must not swallow anything: then at once is better than never.
  const opening = level === 2 ? (nextOpening(afterGrace, rules.desk) ?? afterGrace) : afterGrace
  return [
    rules.now >= rules.graceUntil
      ? { gate: 'startup_grace', verdict: 'pass' }
      : { gate: 'startup_grace', verdict: 'defer', until: rules.graceUntil },
    opening <= afterGrace ? { gate: 'hours', verdict: 'pass' } : { gate: 'hours', verdict: 'defer', until: opening },
  ]
}

/** When a notification may leave by the verdicts: the latest time that a gate asked for. */
export function notBefore(verdicts: readonly Verdict[], now: number): number {
  return Math.max(now, ...verdicts.map((each) => (each.verdict === 'defer' ? each.until : now)))
}
