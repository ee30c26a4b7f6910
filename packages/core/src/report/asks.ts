import { addMonths } from '../time/index.ts'
import type { MonthFacts } from './month-facts.ts'
import type { Ask } from './remark.ts'

/** What a month's report asks, each in the order of the facts. */
export type Asked = {
  readonly now: readonly Ask[]
  /** Those of now that nobody has answered. */
  readonly open: readonly Ask[]
  /** What the report of the month before asked. */
  readonly before: readonly Ask[]
}

/** Asks by the report that they stand in; older ones are told no more. */
export function asksOf({ asks = [], month }: Pick<MonthFacts, 'asks' | 'month'>): Asked {
  const now = asks.filter((ask) => ask.month === month)
  const previous = addMonths(month, -1)
  return {
    now,
    open: now.filter(({ state }) => state === 'open'),
    before: asks.filter((ask) => ask.month === previous),
  }
}
