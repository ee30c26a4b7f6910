import type { FixStatistics } from '@tabiji/core/fix'
import type { Result } from './work.ts'

/** What a month says of permanent fixes and of how incidents were answered, worked out when it is asked for. */
export interface Statistics {
  /** @param month `YYYY-MM`, or `undefined` for the month that runs; one that has not begun is refused */
  of(month: string | undefined): Result<FixStatistics>
}
