/**
 * Reasons that may hold a notification back, in the order in which they are asked; the last two depend on the receiver, and only
 * one that has a budget is asked for it.
 */
export const GATES = [
  'startup_grace',
  'inhibition',
  'silence',
  'maintenance',
  'hours',
  'grouping',
  'rate_budget',
] as const
export type Gate = (typeof GATES)[number]

/** Whose doing it is that a gate holds something back. */
export type Because =
  | { readonly kind: 'alert'; readonly id: string; readonly rule: string }
  | { readonly kind: 'silence'; readonly key: string; readonly owner: string; readonly reason: string }
  | { readonly kind: 'maintenance'; readonly key: string; readonly reason: string }
  | { readonly kind: 'hours'; readonly owner?: string }

/**
 * What one gate said. Every verdict is stored, so that "why was I not told?" has an answer. What is deferred without a time waits
 * for the end of what it names.
 */
export type Verdict =
  | { readonly gate: Gate; readonly verdict: 'pass' }
  | { readonly gate: Gate; readonly verdict: 'defer'; readonly until?: number; readonly by?: Because }

export function pass(gate: Gate): Verdict {
  return { gate, verdict: 'pass' }
}

/** Whether a gate holds it back. */
export function isDeferred(verdicts: readonly Verdict[]): boolean {
  return verdicts.some(({ verdict }) => verdict === 'defer')
}

/** When a notification may leave by the verdicts: the latest time that a gate named. Some name none. */
export function notBefore(verdicts: readonly Verdict[], now: number): number {
  return Math.max(now, ...verdicts.map((each) => (each.verdict === 'defer' ? (each.until ?? now) : now)))
}
