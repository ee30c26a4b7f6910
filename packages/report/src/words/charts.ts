import type { Language } from './language.ts'

/** What is written on charts and above the tables beside them. */
export type ChartWords = {
  /** Opens the figures behind a chart. */
  readonly table: string
  readonly day: string
  readonly bad: string
  readonly valid: string
  readonly burnDown: (objective: string) => string
  readonly burnDownSummary: (objective: string, left: string) => string
  readonly left: (left: string) => string
  readonly overspent: (over: string) => string
  readonly pace: string
  readonly budgetLeft: string
}

export const CHART_WORDS: Readonly<Record<Language, ChartWords>> = {
  en: {
    table: 'The figures as a table',
    day: 'Day',
    bad: 'Bad',
    valid: 'Counted',
    burnDown: (objective) => `Budget left, day by day: ${objective}`,
    burnDownSummary: (objective, left) =>
      `Budget of ${objective} over the days of the month; at the end ${left} is left.`,
    left: (left) => `${left} left`,
    overspent: (over) => `${over} overspent`,
    pace: 'even pace',
    budgetLeft: 'Budget left',
  },
  ja: {
    table: '数値を表で見る',
    day: '日',
    bad: '失敗',
    valid: '対象',
    burnDown: (objective) => `エラーバジェット残量の推移：${objective}`,
    burnDownSummary: (objective, left) => `${objective}のエラーバジェットの日ごとの推移。最後の残量は${left}。`,
    left: (left) => `残り${left}`,
    overspent: (over) => `${over}超過`,
    pace: '均等なペース',
    budgetLeft: 'エラーバジェット残量',
  },
}
