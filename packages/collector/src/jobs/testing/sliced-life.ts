import { NOON } from './books.ts'
import type { createJudgeBooks } from './sliced-books.ts'

const SLOT = 15_000

/** What happens to books. Lengths and ages in slots; these books withdraw nothing. */
export type Happening =
  | { readonly kind: 'read' | 'gap'; readonly slots: number; readonly counts: readonly number[] }
  | { readonly kind: 'late'; readonly back: number; readonly counts: readonly number[] }
  | { readonly kind: 'correct'; readonly back: number; readonly slots: number }
  | { readonly kind: 'restart' | 'withdraw' }

/** Has all of it happen to the books from noon on. @returns the instant at which it ends, milliseconds */
export function live(
  books: ReturnType<typeof createJudgeBooks>,
  happenings: readonly Happening[],
  after: (now: number) => void = () => undefined,
): number {
  let now = NOON
  let keys = 0
  const read = (counts: readonly number[]) => {
    now += SLOT
    books.read(now, counts)
  }
  read([0, 0, 0])
  for (const step of happenings) {
    if (step.kind === 'read') for (let i = 0; i < step.slots; i++) read(step.counts)
    if (step.kind === 'gap') {
      now += step.slots * SLOT
      read(step.counts)
    }
    if (step.kind === 'late') books.late(now, Math.max(NOON, now - step.back * SLOT), step.counts)
    if (step.kind === 'correct') books.correct(++keys, now - step.back * SLOT, step.slots * SLOT, now)
    if (step.kind === 'restart') books.restart()
    after(now)
  }
  return now
}
