import type { MonthFacts } from '@tabiji/core/report'

/** A month in which nothing is told but when it was written. */
export function* emptyMonth(month: string, now: number): Generator<void, MonthFacts, void> {
  const generatedAt = new Date(now).toISOString()
  yield
  return { schema: 'report/v1', month, generatedAt } as MonthFacts
}
