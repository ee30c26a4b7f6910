import type { Definition } from '@tabiji/core/journey'
import { createJudge, type Judge } from '../jobs/budget/budgets.ts'
import { createCorrections } from '../jobs/budget/corrections.ts'
import { createExclusions } from '../jobs/budget/exclusions.ts'
import { AVAILABILITY, createShop, definitionOf, MINUTE, openBooks } from '../jobs/testing/books.ts'
import type { CorrectionStore } from '../ports/correction-store.ts'
import type { Corrections } from '../ports/corrections.ts'

/** Tuesday, one in the afternoon in Tokyo. */
const NOW = Date.parse('2026-10-20T13:00:00+09:00')

export type CorrectionDesk = {
  readonly corrections: Corrections
  readonly store: CorrectionStore
  readonly judge: Judge
  /** Moves the clock to a time in Tokyo. */
  at(text: string): void
  close(): void
}

/**
 * Corrections on a real store: each minute from ten to eleven brought 100 orders, and from 10:05 to 10:10 half of them
 * failed. The journey has a rolling objective of 99 % and one of the calendar month.
 */
export function openCorrectionDesk(): CorrectionDesk {
  const clock = { now: NOW }
  const file: Definition = definitionOf(AVAILABILITY, { ...AVAILABILITY, name: 'monthly', window: { kind: 'month' } })
  const began = Date.parse('2026-10-20T10:00:00+09:00')
  const { ledger, ledgerStore, corrections: store, close } = openBooks(file, began)
  const shop = createShop(began)
  for (let minute = 0; minute < 60; minute++) {
    const at = began + minute * MINUTE
    // Read one slot before too, so that all orders of a minute stand in its first slot.
    ledger.book([shop(at - 15_000, {})], at)
    const failing = minute >= 5 && minute < 10
    ledger.book([shop(at, { pay: failing ? [50, 0, 50, 0] : [100, 0, 0, 0] })], at)
  }
  const exclusions = createExclusions(ledger, ledgerStore.rows, store.all)
  const judge = createJudge(file, ledger, ledgerStore.revisions(), exclusions)
  return {
    corrections: createCorrections({ store, exclusions, judge: () => judge, now: () => clock.now }),
    store,
    judge,
    at: (text) => {
      clock.now = Date.parse(`${text}+09:00`)
    },
    close,
  }
}
