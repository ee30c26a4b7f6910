import type { IndicatorName, Level } from '../journey/index.ts'

/** The sentences of an annotation in one language. `value` stands where the ruler writes a figure. */
type Words = {
  readonly burning: (title: string, objective: string, level: Level) => string
  readonly share: (indicator: IndicatorName, value: string, target: string) => string
  readonly spent: (title: string, objective: string, percent: number) => string
  readonly spentShare: (value: string, window: string) => string
  readonly simple: (title: string, step: string | undefined, condition: string, level: Level) => string
  readonly simpleRule: (condition: string) => string
}

const ASKS: Readonly<Record<Level, string>> = { 1: 'act now', 2: 'next business day', 3: 'for your information' }
const ASKS_JA: Readonly<Record<Level, string>> = { 1: '今すぐ対応', 2: '翌営業日に対応', 3: 'お知らせ' }
const BAD: Readonly<Record<IndicatorName, string>> = {
  availability: 'failed',
  latency: 'were slow',
  experience: 'failed or were slow',
}
const BAD_JA: Readonly<Record<IndicatorName, string>> = {
  availability: '失敗しています',
  latency: '遅延しています',
  experience: '失敗または遅延しています',
}

export const EN: Words = {
  burning: (title, objective, level) =>
    `${title}: ${objective} burns its error budget (level ${level}, ${ASKS[level]})`,
  share: (indicator, value, target) => `${value} of events ${BAD[indicator]}; the target is ${target} %.`,
  spent: (title, objective, percent) => `${title}: more than ${percent} % of the error budget of ${objective} is spent`,
  spentShare: (value, window) => `${value} of the error budget over ${window} is spent.`,
  simple: (title, step, condition, level) =>
    `${title}${step === undefined ? '' : ` (${step})`}: ${condition} (level ${level}, ${ASKS[level]})`,
  simpleRule: (condition) => `The rule "${condition}" of the journeys file holds.`,
}

export const JA: Words = {
  burning: (title, objective, level) =>
    `${title}：${objective} のエラーバジェットを急速に消費しています（レベル ${level}・${ASKS_JA[level]}）`,
  share: (indicator, value, target) => `イベントの ${value} が${BAD_JA[indicator]}。目標は ${target} % です。`,
  spent: (title, objective, percent) => `${title}：${objective} のエラーバジェットの ${percent} % 超を消費しました`,
  spentShare: (value, window) => `${window} のエラーバジェットの ${value} を消費しました。`,
  simple: (title, step, condition, level) =>
    `${title}${step === undefined ? '' : `（${step}）`}：${condition}（レベル ${level}・${ASKS_JA[level]}）`,
  simpleRule: (condition) => `定義ファイルのルール「${condition}」に該当しています。`,
}
