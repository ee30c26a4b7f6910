import type { Correction } from '@tabiji/core/budget'
import { applyRow, type Edge, edgeAt } from '@tabiji/core/ledger'
import type { LedgerSnapshot } from '../../ports/ledger-store.ts'
import type { LedgerView } from '../ledger/ledger.ts'
import { createJudge, type Judge } from './budgets.ts'
import { createExclusions } from './exclusions.ts'

/**
 * The judge by the books as they stand now. Whoever takes its time over them, with room for others in between, meets no entry
 * that came in meanwhile: else the days of a month would not add up to the month.
 *
 * @param past opened in the same step, so that it holds what the totals hold
 */
export function freezeJudge(present: Judge, past: LedgerSnapshot, corrections: () => readonly Correction[]): Judge {
  const { definition, revisions, slices } = present
  const { books, grid } = present.ledger
  const pointAt = (at: number) => atOnce(pointBy(past, at))
  const ledger: LedgerView = {
    grid,
    books: {
      ...books,
      accounts: [...books.accounts],
      total: { at: books.total.at, rows: books.total.rows.slice() },
      coveredUntil: books.coveredUntil.slice(),
    },
    onBooked: () => undefined,
    pointAt,
    windowEdge: (windowMs, now) => pointAt(edgeAt(grid, windowMs, now)),
    fixedEdge: (_, at) => pointAt(at),
  }
  return createJudge(definition, ledger, revisions, createExclusions(ledger, past.rows, corrections), slices)
}

/** How much of the log is unpacked in a few milliseconds. */
export const STEP_BYTES = 64 * 1024

/** Walks to a cumulative point (seconds), in steps. @param nearest a point that is known, else the nearest one that was saved */
export function* pointBy(
  { keptFrom, pointBefore, rows }: Pick<LedgerSnapshot, 'keptFrom' | 'pointBefore' | 'rows'>,
  at: number,
  nearest?: Edge,
): Generator<void, Edge, void> {
  // What was let go is one point: no earlier moment can be told from it.
  const to = Math.max(at, keptFrom())
  const saved = pointBefore(to)
  const isNearer = nearest !== undefined && nearest.at >= saved.at && nearest.at <= to
  const edge: Edge = isNearer ? { at: nearest.at, rows: nearest.rows.slice() } : saved
  let bytes = 0
  for (const row of rows(edge.at, to)) {
    applyRow(edge, row)
    bytes += row.body.length
    if (bytes < STEP_BYTES) continue
    bytes = 0
    yield
  }
  edge.at = to
  return edge
}

/** Takes all steps one after another. */
export function atOnce<Result>(steps: Generator<void, Result, void>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}
