import { PPM } from '../budget/index.ts'
import type { Window } from '../journey/index.ts'
import { HOUR } from '../time/index.ts'
import type { AnnotationKind, DeploymentPhase } from './annotation.ts'

/** When a budget will be empty if things go on as they went in a window. */
export type Outlook =
  | { readonly kind: 'spent' }
  /** Milliseconds from the moment of the message. */
  | { readonly kind: 'empty'; readonly inMs: number }
  /** No faster than the target allows. */
  | { readonly kind: 'never' }
  /** A calendar month ends before it is empty. */
  | { readonly kind: 'lasts' }

/** What is left of a budget, and the window whose pace is carried on. `allowedMillionths` as in `Spending`. */
export type Pace = {
  readonly window: Window
  readonly targetPpm: number
  readonly bad: number
  readonly allowedMillionths: number
  readonly long: { readonly ms: number; readonly bad: number; readonly valid: number }
  /** How much of a calendar month is left, milliseconds. */
  readonly monthLeftMs?: number
}

/**
 * Whole numbers to the end: with left = allowed − bad, and per millisecond of the window b bad and v valid events, the budget
 * is empty after left ÷ b of a rolling window (its traffic stays as it is, and nothing bad leaves it: the soonest), and after
 * left ÷ (b − v × (1 − target)) of a calendar month, whose allowance grows with its events. Cut down to milliseconds.
 */
export function outlookOf({ window, targetPpm, bad, allowedMillionths, long, monthLeftMs }: Pace): Outlook {
  const left = BigInt(allowedMillionths) - BigInt(bad) * BigInt(PPM)
  if (left <= 0n) return { kind: 'spent' }
  // Millionths of an event in the whole long window.
  const spent = BigInt(long.bad) * BigInt(PPM)
  const earned = BigInt(long.valid) * BigInt(PPM - targetPpm)
  if (spent <= earned) return { kind: 'never' }
  const pace = window.kind === 'month' ? spent - earned : spent
  const inMs = Number((left * BigInt(long.ms)) / pace)
  return monthLeftMs !== undefined && inMs >= monthLeftMs ? { kind: 'lasts' } : { kind: 'empty', inMs }
}

/** What users of one step met within a window. */
export type Felt = {
  readonly step: string
  readonly failed: number
  readonly slow: number
  /** Good, slow and failed ones. */
  readonly valid: number
}

/** How sure it is that a share of bad events is above what the level rings at, in parts per million. */
export type Sureness = {
  /** The lower end of what the true share may be, with this confidence. */
  readonly atLeastPpm: number
  readonly confidencePercent: number
  readonly ringsAbovePpm: number
}

/** Something that changed, as a message tells of it. */
export type Change = {
  readonly kind: AnnotationKind | 'definition' | 'correction'
  /** Milliseconds. */
  readonly at: number
  /** What people called it; absent for a definition, which has only a fingerprint. */
  readonly title?: string
  readonly service?: string
  readonly phase?: DeploymentPhase
  readonly url?: string
  readonly by?: string
}

/** How long before its start a change may have been made that could explain an alert. */
export const JUST_BEFORE_MS = HOUR
const MOST_CHANGES = 3

/** Of all changes those within the hour before the start, the newest first, three at most. */
export function changesBefore(changes: readonly Change[], startedAt: number): readonly Change[] {
  return changes
    .filter(({ at }) => at <= startedAt && at >= startedAt - JUST_BEFORE_MS)
    .toSorted((a, b) => b.at - a.at)
    .slice(0, MOST_CHANGES)
}
