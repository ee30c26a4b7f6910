import type { MonthFacts } from '@tabiji/core/report'

/** A month in which nothing is told but when it was written. */
export function emptyMonth(month: string, now: number): MonthFacts {
  const generatedAt = new Date(now).toISOString()
  return { schema: 'report/v1', month, generatedAt } as MonthFacts
}
