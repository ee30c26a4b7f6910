import { refreshAccounts } from '@tabiji/core/budget'
import type { ImpactSeries } from '@tabiji/core/incident'
import { floorTo } from '@tabiji/core/ledger'
import type { Range } from '@tabiji/core/time'
import type { LedgerStore } from '../../ports/ledger-store.ts'
import type { Judge } from '../budget/budgets.ts'
import { createIndex, type Sums, scan, tallyRow } from '../budget/exclusion-scan.ts'

/** A graph of more points shows nothing more. */
const MOST_SLOTS = 240

/**
 * How the objectives of some journeys went in a stretch (milliseconds), by the books. Slots are as wide as they must be for a graph, and never
 * narrower than the ledger keeps them by then.
 *
 * @param journeys none: of all journeys
 */
export function impactSeries(
  judge: Judge,
  store: Pick<LedgerStore, 'rows'>,
  journeys: readonly string[],
  { from, to }: Range,
  now: number,
): readonly ImpactSeries[] {
  const { evaluator, ledger } = judge
  refreshAccounts(evaluator, ledger.books)
  const width = widthFor(judge, { from, to }, now)
  const begin = floorTo(Math.floor(from / 1000), width)
  const end = Math.max(begin + width, Math.ceil(to / 1000))
  const chosen = evaluator.objectives.filter(({ journey }) => journeys.length === 0 || journeys.includes(journey.name))
  const stretch = [{ from: begin, to: end }]
  const index = createIndex(evaluator, new Map(chosen.map(({ id }) => [id, stretch])))
  const bySlot = new Map<number, Sums>()
  scan(index, stretch, { from: begin, to: end }, store.rows, (row, fed) => {
    const slot = floorTo(row.start, width)
    const sums = bySlot.get(slot) ?? new Map()
    bySlot.set(slot, sums)
    for (const each of fed) tallyRow(sums, each, row, 1)
  })
  const starts = Array.from({ length: Math.ceil((end - begin) / width) }, (_, i) => begin + i * width)
  return chosen.map(({ id, objective }) => ({
    objective: id,
    targetPpm: objective.targetPpm,
    widthMs: width * 1000,
    slots: starts.map((start) => ({ at: start * 1000, ...(bySlot.get(start)?.get(id) ?? { bad: 0, valid: 0 }) })),
  }))
}

function widthFor({ ledger }: Judge, { from, to }: Range, now: number): number {
  const age = Math.floor((now - from) / 1000)
  const kept = ledger.grid.findLast(({ fromAgeSeconds }) => fromAgeSeconds <= age)?.width ?? ledger.grid[0].width
  const slots = Math.ceil((to - from) / 1000 / kept)
  return kept * Math.max(1, Math.ceil(slots / MOST_SLOTS))
}
