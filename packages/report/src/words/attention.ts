import type { SpentOn } from '@tabiji/core/report'
import type { Language } from './language.ts'

/** What is said beside the figures of a journey: how it was before, where its budget went, and on which days. */
export type AttentionWords = {
  readonly heading: string
  readonly none: string
  readonly missed: (objective: string, result: string, target: string, used: string) => string
  readonly atRisk: (objective: string, left: string) => string
  readonly comment: string
  readonly commented: (text: string) => string
  readonly commentedBy: (name: string, text: string) => string
  readonly fixes: (journey: string) => string
  readonly moreFixes: (n: number, fixes: string) => string
  /** The columns that look back. */
  readonly change: string
  readonly better: (points: string) => string
  readonly worse: (points: string) => string
  readonly same: string
  readonly tooFew: string
  /** Of a month in which an objective did not exist. */
  readonly noFigures: string
  readonly months: string
  readonly monthWas: (month: string, state: string) => string
  /** Where the budget went. */
  readonly spent: (objective: string) => string
  readonly spentSummary: (objective: string, parts: string) => string
  readonly kinds: { readonly [on in SpentOn]: string }
  readonly kind: string
  readonly cause: string
  readonly when: string
  readonly share: string
  readonly stretch: (from: string, to: string) => string
  readonly days: (n: number, days: string) => string
  readonly whole: string
  /** When it hurt. */
  readonly strip: (objective: string) => string
  readonly stripSummary: (objective: string, date: string, bad: string, of: string) => string
  readonly most: (date: string, bad: string) => string
  readonly allowed: string
  /** A table of days that is folded away. */
  readonly daily: (objective: string) => string
}

export const ATTENTION_WORDS: Readonly<Record<Language, AttentionWords>> = {
  en: {
    heading: 'Journeys that need attention',
    none: 'No journey missed its target or is at risk.',
    missed: (objective, result, target, used) =>
      `${objective} was missed (${result} against ${target}); ${used} of its error budget was used.`,
    atRisk: (objective, left) => `${objective} has ${left} of its error budget left.`,
    comment: "Owner's comment",
    commented: (text) => `The owner says: ${text}`,
    commentedBy: (name, text) => `${name} says: ${text}`,
    fixes: (journey) => `Open fixes of incidents of ${journey}`,
    moreFixes: (n, fixes) => `${fixes} more ${n === 1 ? 'stands' : 'stand'} under Permanent fixes.`,
    change: 'Since last month',
    better: (points) => `▲ ${points} pt`,
    worse: (points) => `▼ ${points} pt`,
    same: '±0',
    tooFew: 'too few to compare',
    noFigures: 'no figures',
    months: '12 months',
    monthWas: (month, state) => `${month}: ${state}`,
    spent: (objective) => `Where the budget went: ${objective}`,
    spentSummary: (objective, parts) => `Bad events of ${objective} by cause, in parts of the budget: ${parts}.`,
    kinds: {
      incident: 'incident',
      alert: 'alert without incident',
      unexplained: 'unexplained',
      drip: 'slow drip',
    },
    kind: 'Cause',
    cause: 'Which',
    when: 'When',
    share: 'Of the budget',
    stretch: (from, to) => `${from} to ${to}`,
    days: (n, days) => (n === 1 ? `on ${days} day` : `on ${days} days`),
    whole: 'whole budget',
    strip: (objective) => `Bad events by day: ${objective}`,
    stripSummary: (objective, date, bad, of) =>
      `Bad events of ${objective} over the days of the month; most of them on ${date}: ${bad} of ${of}.`,
    most: (date, bad) => `${date}: ${bad}`,
    allowed: 'Allowed',
    daily: (objective) => `Each day of ${objective}`,
  },
  ja: {
    heading: '要注意ジャーニー',
    none: '目標未達または危険な状態のジャーニーはありません。',
    missed: (objective, result, target, used) =>
      `${objective}は未達でした（実績${result}、目標${target}）。エラーバジェットの${used}を消費しました。`,
    atRisk: (objective, left) => `${objective}のエラーバジェットは残り${left}です。`,
    comment: '担当者コメント',
    commented: (text) => `担当者コメント：${text}`,
    commentedBy: (name, text) => `コメント（${name}）：${text}`,
    fixes: (journey) => `${journey}の障害に関する未完了の恒久対応`,
    moreFixes: (_, fixes) => `ほか${fixes}件は「恒久対応」に記載しています。`,
    change: '前月比',
    better: (points) => `▲ ${points} pt`,
    worse: (points) => `▼ ${points} pt`,
    same: '±0',
    tooFew: '件数が少なく比較対象外',
    noFigures: 'データなし',
    months: '過去12か月',
    monthWas: (month, state) => `${month}：${state}`,
    spent: (objective) => `エラーバジェットの使途：${objective}`,
    spentSummary: (objective, parts) =>
      `${objective}の不良イベントの原因別内訳（エラーバジェットに占める割合）：${parts}。`,
    kinds: {
      incident: '障害',
      alert: 'アラートのみ（障害なし）',
      unexplained: '原因不明',
      drip: '少しずつの消費',
    },
    kind: '原因',
    cause: '対象',
    when: '時期',
    share: 'バジェット比',
    stretch: (from, to) => `${from}〜${to}`,
    days: (_, days) => `${days}日間`,
    whole: 'バジェット全体',
    strip: (objective) => `日ごとの不良イベント：${objective}`,
    stripSummary: (objective, date, bad, of) =>
      `${objective}の日ごとの不良イベント。最多は${date}で、全${of}件中${bad}件。`,
    most: (date, bad) => `${date}：${bad}件`,
    allowed: '許容',
    daily: (objective) => `${objective}の日別の数値`,
  },
}
