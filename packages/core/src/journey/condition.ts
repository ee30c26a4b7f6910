import { MINUTE } from '../time/index.ts'

/** What a simple rule counts: outcomes in the words of people. `events` are all of them, excluded ones too. */
export const SUBJECTS = ['errors', 'slow', 'excluded', 'events'] as const
export type Subject = (typeof SUBJECTS)[number]

/** A number of events, or a share of them in parts per million; both are passed strictly. */
export type Limit = { readonly count: number } | { readonly ppm: number }

/**
 * The condition of a simple rule. `windowMs` is the stretch up to now in which events are counted; with `forMs` it must hold
 * at every evaluation for so long. `absent` is a service that feeds the rule and of which nothing was read for longer than
 * `forMs`. A share is of what the indicators call valid (errors: good, slow, error; slow: good, slow) and of all events for
 * `excluded`.
 */
export type Condition =
  | {
      readonly kind: 'above' | 'below'
      readonly subject: Subject
      readonly limit: Limit
      readonly windowMs: number
      readonly forMs?: number
    }
  | { readonly kind: 'absent'; readonly forMs: number }

/** Without `in` a condition that must hold for a time is asked about the last five minutes, or about the time when it is shorter. */
const LOOK_BACK = 5 * MINUTE

export function lookBackOf(forMs: number): number {
  return Math.min(LOOK_BACK, forMs)
}

/** The condition in the one notation that all others of the same meaning come to, such as `errors > 10 in 5m`. */
export function formatCondition(condition: Condition, duration: (ms: number) => string): string {
  if (condition.kind === 'absent') return `target absent for ${duration(condition.forMs)}`
  const { kind, subject, limit, windowMs, forMs } = condition
  if (kind === 'below' && 'count' in limit && limit.count === 1 && forMs === undefined) {
    return `no events for ${duration(windowMs)}`
  }
  const within = forMs !== undefined && windowMs === lookBackOf(forMs) ? '' : ` in ${duration(windowMs)}`
  const lasting = forMs === undefined ? '' : ` for ${duration(forMs)}`
  return `${subject} ${kind === 'above' ? '>' : '<'} ${formatLimit(limit)}${within}${lasting}`
}

/** `10`, or `2.5 %`. */
export function formatLimit(limit: Limit): string {
  return 'count' in limit ? String(limit.count) : `${limit.ppm / 10_000} %`
}
