import type { Language } from './language.ts'

/** What is said of months that stand beside each other. */
export type MonthsWords = {
  readonly compared: (month: string) => string
  readonly quarter: (number: string, year: string) => string
  readonly title: (quarter: string) => string
  readonly ofMonth: (month: string, line: string) => string
  readonly journeys: string
  readonly journey: string
  readonly objective: string
  readonly result: (result: string, target: string, used: string) => string
  readonly rest: string
  readonly figure: string
  readonly stopped: string
  readonly medianOf: (median: string, n: string) => string
  /** Why nothing is added up. */
  readonly apart: string
}

export const MONTHS_WORDS: Readonly<Record<Language, MonthsWords>> = {
  en: {
    compared: (month) => `Beside ${month}`,
    quarter: (number, year) => `Q${number} ${year}`,
    title: (quarter) => `Reliability, month by month — ${quarter}`,
    ofMonth: (month, line) => `${month}: ${line}`,
    journeys: 'Journeys, month by month',
    journey: 'Journey',
    objective: 'Objective',
    result: (result, target, used) => `${result} against ${target}, ${used} of the budget`,
    rest: 'Fixes and incidents, month by month',
    figure: 'Figure',
    stopped: 'Harm stopped (median)',
    medianOf: (median, n) => `${median} of ${n}`,
    apart: 'Each month is judged by itself, by the targets that held in it; nothing is added up over months.',
  },
  ja: {
    compared: (month) => `${month}との比較`,
    quarter: (number, year) => `${year}年第${number}四半期`,
    title: (quarter) => `信頼性の月別推移 ${quarter}`,
    ofMonth: (month, line) => `${month}：${line}`,
    journeys: 'ユーザージャーニーの月別結果',
    journey: 'ジャーニー',
    objective: '目標項目',
    result: (result, target, used) => `実績${result}／目標${target}、消費${used}`,
    rest: '恒久対応と障害の月別推移',
    figure: '項目',
    stopped: '影響停止まで（中央値）',
    medianOf: (median, n) => `${median}（n=${n}）`,
    apart: '各月は、その月に有効だった目標で個別に判定しています。月をまたいだ合算はしません。',
  },
}
