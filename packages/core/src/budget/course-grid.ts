import { floorTo } from '../ledger/index.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../time/duration.ts'

/** Which points a course has: the ends of so many steps. Milliseconds; all of them are edges of slots. */
export type CourseGrid = {
  readonly from: number
  readonly stepMs: number
  readonly steps: number
  /** How wide slots are, where they are the widest. */
  readonly slotSeconds: number
}

export type CourseStretch = {
  readonly from: number
  readonly to: number
  /** Absent: the finest with which the points are not too many. */
  readonly stepMs?: number
}

/** More points than a picture can show, or a person read. */
export const MOST_STEPS = 720

/** What people count time in. */
const NICE = [
  ...[15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  DAY,
]

/**
 * Cuts a stretch into steps on the edges of slots: the first holds its beginning, the last is over by `until`.
 *
 * @param slotSeconds of the widest slots that the stretch may have; @param until milliseconds
 * @returns the least step (milliseconds) instead, when the stated one is none
 */
export function courseGrid(
  { from, to, stepMs }: CourseStretch,
  slotSeconds: number,
  until: number,
): { readonly ok: true; readonly grid: CourseGrid } | { readonly ok: false; readonly leastMs: number } {
  const slotMs = slotSeconds * 1000
  const leastMs = leastStep(to - from, slotMs)
  if (stepMs !== undefined && (stepMs % slotMs !== 0 || Math.ceil((to - from) / stepMs) > MOST_STEPS)) {
    return { ok: false, leastMs }
  }
  const step = stepMs ?? leastMs
  const begin = floorTo(from, step)
  const end = Math.min(Math.ceil(to / step) * step, floorTo(until, step))
  // A beginning inside a step adds one; the oldest gives way.
  const steps = Math.min(MOST_STEPS, Math.max(0, (end - begin) / step))
  return { ok: true, grid: { from: Math.max(begin, end - steps * step), stepMs: step, steps, slotSeconds } }
}

function leastStep(lengthMs: number, slotMs: number): number {
  const fits = (step: number) => step % slotMs === 0 && Math.ceil(lengthMs / step) <= MOST_STEPS
  const nice = [slotMs, ...NICE].find(fits)
  if (nice !== undefined) return nice
  const base = DAY % slotMs === 0 ? DAY : slotMs
  return Math.ceil(lengthMs / MOST_STEPS / base) * base
}
