import type { Period } from '@tabiji/core/time'

/** How windows are named that are periods of the calendar, counted from a date; `n` only chooses the form. */
export type CalendarWords = Readonly<Record<Period['unit'], (n: number, count: string, from: string) => string>>

const each = (n: number, count: string, unit: string) => (n === 1 ? `each ${unit}` : `every ${count} ${unit}s`)

export const CALENDAR_EN: CalendarWords = {
  d: (n, count, from) => `${each(n, count, 'day')} from ${from}`,
  w: (n, count, from) => `${each(n, count, 'week')} from ${from}`,
  M: (n, count, from) => `${each(n, count, 'month')} from ${from}`,
  Q: (n, count, from) => `${each(n, count, 'quarter')} from ${from}`,
  Y: (n, count, from) => `${each(n, count, 'year')} from ${from}`,
}

export const CALENDAR_JA: CalendarWords = {
  d: (n, count, from) => (n === 1 ? `${from}から毎日` : `${from}から${count}日ごと`),
  w: (n, count, from) => (n === 1 ? `${from}から毎週` : `${from}から${count}週間ごと`),
  M: (n, count, from) => (n === 1 ? `${from}から毎月` : `${from}から${count}か月ごと`),
  Q: (n, count, from) => (n === 1 ? `${from}から四半期ごと` : `${from}から${count}四半期ごと`),
  Y: (n, count, from) => (n === 1 ? `${from}から毎年` : `${from}から${count}年ごと`),
}
