import type { Language } from '@tabiji/report'

/** The overview of all journeys. */
export type JourneysWords = {
  readonly heading: string
  readonly count: (n: number, journeys: string) => string
  readonly burning: string
  readonly burningCount: (n: number) => string
  readonly journey: string
  readonly target: string
  readonly result: string
  readonly left: string
  readonly failed: string
  readonly burn: (long: string) => string
  readonly strip: string
  readonly open: string
  readonly others: (n: number) => string
  readonly none: string
  readonly noneHow: string
  readonly waiting: string
  readonly filter: string
  readonly apply: string
  readonly clear: string
  readonly noMatch: (text: string) => string
  readonly didYouMean: string
  readonly ungrouped: string
  readonly groupBy: string
  readonly groups: { readonly team: string; readonly none: string }
  readonly alerts: (n: number) => string
  readonly incidents: (n: number) => string
  readonly fixes: (n: number) => string
}

export const JOURNEYS_WORDS: Readonly<Record<Language, JourneysWords>> = {
  en: {
    heading: 'Journeys',
    count: (n, journeys) => (n === 1 ? '1 journey' : `${journeys} journeys`),
    burning: 'burning',
    burningCount: (n) => `${n} burning`,
    journey: 'Journey',
    target: 'Target',
    result: 'Result',
    left: 'Budget left',
    failed: 'Bad / allowed',
    burn: (long) => `Burn ${long}`,
    strip: 'Last 30 days',
    open: 'Open',
    others: (n) => (n === 1 ? '1 more objective' : `${n} more objectives`),
    none: 'No journeys yet. A journey is something that a user gets done, such as paying.',
    noneHow: 'Write one with: tabiji init. See one with: tabiji demo.',
    waiting: 'Waiting for the first event.',
    filter: 'Filter',
    apply: 'Show',
    clear: 'Clear the filter',
    noMatch: (text) => `No journey matches “${text}”.`,
    didYouMean: 'Did you mean',
    ungrouped: 'Without a team',
    groupBy: 'Group',
    groups: { team: 'by team', none: 'all together' },
    alerts: (n) => (n === 1 ? '1 alert' : `${n} alerts`),
    incidents: (n) => (n === 1 ? '1 incident' : `${n} incidents`),
    fixes: (n) => (n === 1 ? '1 fix' : `${n} fixes`),
  },
  ja: {
    heading: 'ジャーニー',
    count: (_, journeys) => `${journeys}件`,
    burning: '燃焼中',
    burningCount: (n) => `燃焼中 ${n}件`,
    journey: 'ジャーニー',
    target: '目標',
    result: '実績',
    left: '残量',
    failed: '失敗／許容',
    burn: (long) => `バーンレート ${long}`,
    strip: '過去30日',
    open: '対応中',
    others: (n) => `ほか${n}件の目標`,
    none: 'ジャーニーはまだありません。ジャーニーとは、支払いのように利用者が成し遂げたいことです。',
    noneHow: '作成するには tabiji init、見本を見るには tabiji demo を実行してください。',
    waiting: '最初のイベントを待っています。',
    filter: '絞り込み',
    apply: '表示',
    clear: '絞り込みを解除',
    noMatch: (text) => `「${text}」に一致するジャーニーはありません。`,
    didYouMean: 'もしかして：',
    ungrouped: 'チームなし',
    groupBy: 'まとめ方',
    groups: { team: 'チームごと', none: 'すべて一覧' },
    alerts: (n) => `アラート${n}`,
    incidents: (n) => `インシデント${n}`,
    fixes: (n) => `恒久対応${n}`,
  },
}
