import type { Edge } from '@tabiji/core/ledger'
import type { LedgerPast } from '../../ports/ledger-store.ts'
import type { Judge } from './budgets.ts'
import { pointBy } from './frozen-books.ts'

/**
 * Answers a question about the books, with room for others while the log is walked. It is asked without any points first, to
 * hear which ones it needs; then all of them are walked to in their order, each from the one before it, so that no stretch of
 * the log is walked for two of them; then it is asked again. What it answers comes in one step, with nothing in between.
 *
 * @param ask must depend on nothing but the books, and do nothing: it is called until it asks for no more points
 * @param known points by their time, seconds; those that are walked to join them
 */
export function* withPoints<Answer>(
  judge: Judge,
  past: LedgerPast,
  ask: (judge: Judge) => Answer,
  known = new Map<number, Edge>(),
): Generator<void, Answer, void> {
  for (;;) {
    const wanted = new Set<number>()
    const pointAt = (at: number): Edge => {
      const point = known.get(at)
      if (point === undefined) wanted.add(at)
      return point ?? { at, rows: NOTHING }
    }
    const answer = ask({ ...judge, ledger: { ...judge.ledger, pointAt } })
    if (wanted.size === 0) return answer
    let nearest: Edge | undefined
    for (const at of [...wanted].sort((a, b) => a - b)) {
      nearest = yield* pointBy(past, at, nearest ?? latestBefore(known, at))
      known.set(at, nearest)
      yield
    }
  }
}

function latestBefore(known: ReadonlyMap<number, Edge>, at: number): Edge | undefined {
  const before = [...known.keys()].filter((each) => each <= at)
  return before.length === 0 ? undefined : known.get(Math.max(...before))
}

const NOTHING = new Float64Array(0)
