import type { Language } from './language.ts'

/** What is said of how fixes went over several months, and of how old the open ones are. */
export type FixTrendWords = {
  /** How old the view of a tracker is, by its name. */
  readonly view: (tracker: string, stamp: string) => string
  readonly viewFailing: (tracker: string, stamp: string, since: string) => string
  readonly viewNever: (tracker: string) => string
  readonly byPresentMeaning: string
  /** The rates of several months. */
  readonly months: string
  readonly month: string
  readonly netFlow: string
  readonly clears: (n: number, days: string) => string
  readonly grows: string
  /** One sentence for those who do not see the chart. */
  readonly curvesSummary: (days: string) => string
  /** That a month has so many fixes. */
  readonly fixes: (n: number, count: string) => string
  readonly tooFew: string
  readonly young: string
  readonly estimate: (percent: string) => string
  readonly soFar: (share: string, estimate: string) => string
  readonly ageingSummary: (open: string, overdue: string) => string
  readonly ages: (median: string, most: string) => string
  readonly overdue: string
  readonly notOverdue: string
  readonly monthBefore: string
  /** An age in days, as short as a chart wants it. */
  readonly between: (from: string, to: string) => string
  readonly over: (days: string) => string
  readonly ofWhich: (open: string, overdue: string) => string
  readonly burnt: string
  readonly target: (target: string) => string
}

const plurals = new Intl.PluralRules('en')

export const FIX_TREND_WORDS: Readonly<Record<Language, FixTrendWords>> = {
  en: {
    view: (tracker, stamp) => `Tickets in ${tracker} as of ${stamp}.`,
    viewFailing: (tracker, stamp, since) =>
      `Tickets in ${tracker} as of ${stamp}; they could not be read since ${since}, so what happened later is missing.`,
    viewNever: (tracker) => `Tickets in ${tracker} were never read.`,
    target: (target) => `target ${target}`,
    byPresentMeaning: 'done by the due date that was agreed last, of those whose date of now was in the month',
    months: 'Both rates, month by month',
    month: 'Month',
    netFlow: 'Open fixes, change',
    clears: (n, days) =>
      `At the pace of the last three months, nothing is open after ${days} ${plurals.select(n) === 'one' ? 'day' : 'days'}.`,
    grows: 'At the pace of the last three months, the number of open fixes does not shrink.',
    curvesSummary: (days) => `A line for each month of creation: the share of its fixes done within ${days} days.`,
    fixes: (n, count) => `${count} ${plurals.select(n) === 'one' ? 'fix' : 'fixes'}`,
    tooFew: 'too few for a rate',
    young:
      'Dashed lines with hollow points are estimates (Kaplan-Meier): not every fix of that month has had that many days yet.',
    estimate: (percent) => `≈ ${percent}`,
    soFar: (share, estimate) => `${share} so far, estimate ${estimate}`,
    ageingSummary: (open, overdue) => `Open fixes by age: ${open} altogether, ${overdue} of them overdue.`,
    ages: (median, most) => `Half of the open fixes are at most ${median} old, nine of ten at most ${most}.`,
    overdue: 'overdue',
    notOverdue: 'not overdue',
    monthBefore: 'A month before',
    between: (from, to) => `${from}–${to} days`,
    over: (days) => `over ${days} days`,
    ofWhich: (open, overdue) => `${open}, ${overdue} overdue`,
    burnt: 'Budget burnt behind them',
  },
  ja: {
    view: (tracker, stamp) => `${tracker}のチケットは${stamp}時点の内容です。`,
    viewFailing: (tracker, stamp, since) =>
      `${tracker}のチケットは${stamp}時点の内容です。${since}から読み取れていないため、以降の変更は反映されていません。`,
    viewNever: (tracker) => `${tracker}のチケットはまだ読み取れていません。`,
    target: (target) => `目標${target}`,
    byPresentMeaning: '現在の期限が当月の恒久対応のうち、その期限までに完了したもの',
    months: '完了率の月別推移',
    month: '月',
    netFlow: '未完了の増減',
    clears: (_, days) => `直近3か月のペースが続けば、未完了は${days}日後になくなります。`,
    grows: '直近3か月のペースでは、未完了の件数は減りません。',
    curvesSummary: (days) => `起票月ごとに1本の線で、${days}日以内に完了した割合を示します。`,
    fixes: (_, count) => `${count}件`,
    tooFew: '少数のため率なし',
    young: '破線と白抜きの点は推定値（カプラン・マイヤー法）です。その日数がまだ経過していない恒久対応を含む月です。',
    estimate: (percent) => `≈ ${percent}`,
    soFar: (share, estimate) => `${share}（途中経過、推定${estimate}）`,
    ageingSummary: (open, overdue) => `未完了の経過日数別の件数。合計${open}件、うち期限超過${overdue}件。`,
    ages: (median, most) => `未完了の半数は起票から${median}以内、9割は${most}以内です。`,
    overdue: '期限超過',
    notOverdue: '期限内',
    monthBefore: '前月末',
    between: (from, to) => `${from}〜${to}日`,
    over: (days) => `${days}日超`,
    ofWhich: (open, overdue) => `${open}件（超過${overdue}件）`,
    burnt: '関連して消費したバジェット',
  },
}
