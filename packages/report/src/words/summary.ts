import type { Language } from './language.ts'

/** What stands above the fold: four tiles, two sentences and what is asked. A cause is told in one sentence with its effect. */
export type SummaryWords = {
  readonly heading: string
  readonly journeys: string
  readonly noneJudged: string
  readonly unjudgedToo: (unjudged: string) => string
  readonly missedNames: (names: string) => string
  readonly more: (others: string) => string
  readonly onTime: string
  readonly noneDue: string
  readonly dueOf: (fraction: string) => string
  readonly stock: string
  readonly stockOf: (fraction: string) => string
  readonly nothingToDo: string
  readonly overdue: (overdue: string, oldest: string) => string
  readonly stop: string
  readonly noIncident: string
  readonly untimed: string
  readonly incidents: (n: number, incidents: string) => string
  readonly median: (incidents: string) => string
  readonly range: (shortest: string, longest: string) => string
  /** The same in whole minutes, where both are few. */
  readonly minutes: (shortest: string, longest: string) => string
  readonly asked: string
  readonly nothingAsked: string
  readonly decisions: (n: number, decisions: string) => string
  readonly noneJudgedSentence: string
  readonly metAll: (n: number, judged: string) => string
  readonly missed: (journey: string, result: string, target: string) => string
  readonly missedBy: {
    readonly incident: (
      j: string,
      result: string,
      target: string,
      share: string,
      key: string,
      duration: string,
    ) => string
    readonly alert: (j: string, result: string, target: string, share: string, key: string, duration: string) => string
    readonly unexplained: (n: number, j: string, result: string, target: string, share: string, hours: string) => string
    readonly drip: (n: number, j: string, result: string, target: string, share: string, days: string) => string
  }
  readonly corrected: (n: number, objectives: string) => string
  readonly openFixes: (n: number, open: string) => string
  readonly lateFixes: (n: number, open: string, late: string, days: string) => string
  readonly oneLateFix: (days: string) => string
  readonly written: (date: string) => string
  readonly writtenBy: (name: string, date: string) => string
  readonly weAsk: (decision: string) => string
  readonly by: (date: string) => string
}

const many = (n: number, one: string, other: string) => (n === 1 ? one : other)

export const SUMMARY_WORDS: Readonly<Record<Language, SummaryWords>> = {
  en: {
    heading: 'In 30 seconds',
    journeys: 'Journeys on target',
    noneJudged: 'none judged',
    unjudgedToo: (unjudged) => `${unjudged} not judged`,
    missedNames: (names) => `missed: ${names}`,
    more: (others) => `${others} more`,
    onTime: 'Fixes on time',
    noneDue: 'none due',
    dueOf: (fraction) => `${fraction} due`,
    stock: 'stock rate',
    stockOf: (fraction) => `stock rate, ${fraction}`,
    nothingToDo: 'none on the table',
    overdue: (overdue, oldest) => `${overdue} overdue, oldest ${oldest}`,
    stop: 'Time to stop harm',
    noIncident: 'no incident',
    untimed: 'not stated',
    incidents: (n, incidents) => `${incidents} ${many(n, 'incident', 'incidents')}`,
    median: (incidents) => `median, n = ${incidents}`,
    range: (shortest, longest) => `${shortest} to ${longest}`,
    minutes: (shortest, longest) => `${shortest}–${longest} min`,
    asked: 'Asked of you',
    nothingAsked: 'nothing',
    decisions: (n, decisions) => `${decisions} ${many(n, 'decision', 'decisions')}`,
    noneJudgedSentence: 'No journey could be judged this month.',
    metAll: (n, judged) =>
      many(n, `The ${judged} judged journey met its target.`, `All ${judged} judged journeys met their target.`),
    missed: (journey, result, target) => `${journey} missed its target (${result} against ${target}).`,
    missedBy: {
      incident: (j, result, target, share, key, duration) =>
        `${j} missed its target (${result} against ${target}): incident ${key} used ${share} of its budget in ${duration}.`,
      alert: (j, result, target, share, key, duration) =>
        `${j} missed its target (${result} against ${target}): ${share} of its budget went in ${duration} while alert ${key} rang and no incident was opened.`,
      unexplained: (n, j, result, target, share, hours) =>
        `${j} missed its target (${result} against ${target}): ${share} of its budget went in ${hours} ${many(n, 'hour', 'hours')} in which nothing rang.`,
      drip: (n, j, result, target, share, days) =>
        `${j} missed its target (${result} against ${target}). No single event stands out: ${share} of its budget was lost in small amounts on ${days} ${many(n, 'day', 'days')}.`,
    },
    corrected: (n, objectives) => `${objectives} ${many(n, 'result leaves', 'results leave')} corrected time out.`,
    openFixes: (n, open) => `${open} ${many(n, 'fix is', 'fixes are')} open, none late.`,
    lateFixes: (n, open, late, days) => `${late} of ${open} open fixes ${many(n, 'is', 'are up to')} ${days} late.`,
    oneLateFix: (days) => `The only open fix is ${days} late.`,
    written: (date) => `(Written by a person, ${date}.)`,
    writtenBy: (name, date) => `(Written by ${name}, ${date}.)`,
    weAsk: (decision) => `We ask: ${decision}`,
    by: (date) => `by ${date}`,
  },
  ja: {
    heading: '30秒サマリー',
    journeys: '目標を達成したジャーニー',
    noneJudged: '判定対象なし',
    unjudgedToo: (unjudged) => `判定対象外 ${unjudged}件`,
    missedNames: (names) => `未達：${names}`,
    more: (others) => `ほか${others}件`,
    onTime: '恒久対応の期限内完了',
    noneDue: '期限到来なし',
    dueOf: (fraction) => `期限内 ${fraction}件`,
    stock: '消化率',
    stockOf: (fraction) => `消化率 ${fraction}件`,
    nothingToDo: '対象なし',
    overdue: (overdue, oldest) => `期限超過 ${overdue}件、最長 ${oldest}`,
    stop: '影響停止までの時間',
    noIncident: '障害なし',
    untimed: '時刻未記録',
    incidents: (_, incidents) => `障害 ${incidents}件`,
    median: (incidents) => `中央値（n = ${incidents}）`,
    range: (shortest, longest) => `${shortest}〜${longest}`,
    minutes: (shortest, longest) => `${shortest}〜${longest}分`,
    asked: 'お願いしたい判断',
    nothingAsked: 'なし',
    decisions: (_, decisions) => `${decisions}件`,
    noneJudgedSentence: '当月は判定できるジャーニーがありませんでした。',
    metAll: (n, judged) =>
      n === 1
        ? `判定対象の${judged}ジャーニーは目標を達成しました。`
        : `判定対象の${judged}ジャーニーすべてが目標を達成しました。`,
    missed: (journey, result, target) => `${journey}は目標未達でした（実績${result}、目標${target}）。`,
    missedBy: {
      incident: (j, result, target, share, key, duration) =>
        `${j}は目標未達でした（実績${result}、目標${target}）。エラーバジェットの${share}を、障害${key}が${duration}で消費しました。`,
      alert: (j, result, target, share, key, duration) =>
        `${j}は目標未達でした（実績${result}、目標${target}）。エラーバジェットの${share}を、アラート${key}の発報中の${duration}で消費しましたが、障害としては扱われていません。`,
      unexplained: (_, j, result, target, share, hours) =>
        `${j}は目標未達でした（実績${result}、目標${target}）。エラーバジェットの${share}を、アラートの発報がなかった計${hours}時間で消費しました。`,
      drip: (_, j, result, target, share, days) =>
        `${j}は目標未達でした（実績${result}、目標${target}）。特定の障害ではなく、${days}日間にわたる小さな失敗でエラーバジェットの${share}を消費しました。`,
    },
    corrected: (_, objectives) => `${objectives}件のSLOは補正対象の時間を除いています。`,
    openFixes: (_, open) => `未完了の恒久対応は${open}件で、期限超過はありません。`,
    lateFixes: (_, open, late, days) =>
      `未完了の恒久対応${open}件のうち${late}件が期限を超過しています（最大${days}）。`,
    oneLateFix: (days) => `未完了の恒久対応は1件で、期限を${days}超過しています。`,
    written: (date) => `（担当者による記述、${date}）`,
    writtenBy: (name, date) => `（${name}による記述、${date}）`,
    weAsk: (decision) => `お願い：${decision}`,
    by: (date) => `期限${date}`,
  },
}
