import { compileEvaluator, periodOf, refreshAccounts, type Traffic, tallyBetween } from '@tabiji/core/budget'
import type { Definition } from '@tabiji/core/journey'
import { DAY } from '@tabiji/core/time'
import type { Config } from '../config/config.ts'
import { openLedger } from '../jobs/ledger/ledger.ts'
import { consult, type Unreadable } from './audit.ts'

/** What the books say about how much happens. */
export type Recorded = {
  /** Where the books begin, milliseconds: the store's birth, or later when older entries were let go. */
  readonly from: number
  /** Of each objective by its id; absent when less than a day is recorded, because traffic differs by the hour. */
  readonly traffic: ReadonlyMap<string, Traffic>
}

/** Reads from the store, beside a daemon or without one, how many valid events each objective has had, over its window at most. */
export function recordedTraffic(
  { storeFile, ledger: rules }: Config,
  definition: Definition,
  now: number,
): { readonly ok: true; readonly answer: Recorded } | Unreadable {
  return consult(storeFile, (store) => {
    const kept = store.ledger()
    const ledger = openLedger(kept, rules)
    const evaluator = compileEvaluator(definition)
    refreshAccounts(evaluator, ledger.books)
    const from = Math.max(kept.birth, kept.keptFrom() * 1000)
    const traffic = new Map<string, Traffic>()
    for (const compiled of evaluator.objectives) {
      const begins = Math.max(from, now - periodOf(compiled.objective.window))
      const ms = now - begins
      if (ms < DAY || compiled.accounts.length === 0) continue
      const edge = ledger.pointAt(Math.floor(begins / 1000))
      traffic.set(compiled.id, { events: tallyBetween(compiled, edge.rows, ledger.books.total.rows).valid, ms })
    }
    return { from, traffic }
  })
}
