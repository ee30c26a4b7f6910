import type { Language } from './language.ts'

/** What is said of figures that are others now than when the month ended. */
export type RestatedWords = {
  readonly heading: string
  /** Of a month that runs, which can only have begun with another number. */
  readonly headingRunning: string
  readonly figure: string
  readonly whenEnded: string
  readonly whenBegan: string
  readonly now: string
  readonly byPresentDate: string
  readonly recorded: (fix: string, stamp: string, reason?: string) => string
}

export const RESTATED_WORDS: Readonly<Record<Language, RestatedWords>> = {
  en: {
    heading: 'Restated since the month ended',
    headingRunning: 'Restated since the month before ended',
    figure: 'Figure',
    whenEnded: 'When it ended',
    whenBegan: 'When that ended',
    now: 'Now',
    byPresentDate: 'On time by the date agreed last',
    recorded: (fix, stamp, reason) => `${fix}, recorded ${stamp}${reason === undefined ? '' : `: ${reason}`}`,
  },
  ja: {
    heading: '月末後に訂正された数値',
    headingRunning: '前月末後に訂正された数値',
    figure: '項目',
    whenEnded: '月末時点',
    whenBegan: '前月末時点',
    now: '現在',
    byPresentDate: '変更後の期限での完了率',
    recorded: (fix, stamp, reason) => `${fix}（${stamp}に記録${reason === undefined ? '' : `、${reason}`}）`,
  },
}
