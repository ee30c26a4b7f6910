import type { Range } from '@tabiji/core/time'
import type { LedgerPast } from '../../ports/ledger-store.ts'

/** Whether anything was booked in a stretch of time, milliseconds. */
export function isCounted({ rows }: Pick<LedgerPast, 'rows'>, { from, to }: Range): boolean {
  for (const _ of rows(Math.floor(from / 1000), Math.floor(to / 1000))) return true
  return false
}
