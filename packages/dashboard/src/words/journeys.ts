import type { Language } from '@tabiji/report'
import type { Sort, Wish } from '../view/overview.ts'

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
  /** What a screen reader says of the bars. */
  readonly stripTold: (days: number, over: number) => string
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
  readonly groups: Readonly<Record<Wish['group'], string>>
  readonly tier: (tier: string) => string
  readonly state: string
  readonly allStates: string
  readonly noneStands: (state: string, filter: string) => string
  readonly sortBy: string
  readonly sorts: Readonly<Record<Sort, string>>
  readonly reversed: (sort: string) => string
  readonly fewer: string
  readonly evenPace: (percent: string) => string
  readonly reports: string
  readonly wall: string
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
    stripTold: (days, over) =>
      `${over === 0 ? 'None' : over} of the last ${days} days used more of the budget than their share.`,
    open: 'Open',
    others: (n) => (n === 1 ? '1 more objective' : `${n} more objectives`),
    none: 'No journeys yet. A journey is something that a user gets done, such as paying.',
    noneHow: 'Write one with: tabiji init. See one with: tabiji demo.',
    waiting: 'Waiting for the first event. Send a request through it; if none arrives, look why:',
    filter: 'Filter',
    apply: 'Show',
    clear: 'Clear the filter',
    noMatch: (text) => `No journey matches “${text}”.`,
    didYouMean: 'Did you mean',
    ungrouped: 'Without a team',
    groupBy: 'Group',
    groups: { team: 'by team', tier: 'by tier', none: 'all together' },
    tier: (tier) => `Tier ${tier}`,
    state: 'State',
    allStates: 'all',
    noneStands: (state, filter) =>
      filter === ''
        ? `No journey is in the state: ${state}.`
        : `No journey that matches “${filter}” is in the state: ${state}.`,
    sortBy: 'Order',
    sorts: {
      worst: 'the worst first',
      name: 'by name',
      target: 'the highest target first',
      result: 'the worst result first',
      left: 'the least budget first',
      burn: 'the fastest burning first',
      open: 'the most open first',
    },
    reversed: (sort) => `${sort}, from the other end`,
    fewer: 'only the worst objective',
    evenPace: (percent) => `An even pace would have spent ${percent}.`,
    reports: 'Reports',
    wall: 'Wallboard',
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
    stripTold: (days, over) => `過去${days}日のうち、1日分の配分を超えてエラーバジェットを消費した日は${over}日。`,
    open: '対応中',
    others: (n) => `ほか${n}件の目標`,
    none: 'ジャーニーはまだありません。ジャーニーとは、支払いのように利用者が成し遂げたいことです。',
    noneHow: '作成するには tabiji init、見本を見るには tabiji demo を実行してください。',
    waiting: '最初のイベントを待っています。リクエストを送っても届かない場合の確認：',
    filter: '絞り込み',
    apply: '表示',
    clear: '絞り込みを解除',
    noMatch: (text) => `「${text}」に一致するジャーニーはありません。`,
    didYouMean: 'もしかして：',
    ungrouped: 'チームなし',
    groupBy: 'まとめ方',
    groups: { team: 'チームごと', tier: '重要度ごと', none: 'すべて一覧' },
    tier: (tier) => `重要度 ${tier}`,
    state: '状態',
    allStates: 'すべて',
    noneStands: (state, filter) =>
      filter === ''
        ? `状態が「${state}」のジャーニーはありません。`
        : `「${filter}」に一致し、状態が「${state}」のジャーニーはありません。`,
    sortBy: '並び順',
    sorts: {
      worst: '悪い順',
      name: '名前順',
      target: '目標の高い順',
      result: '実績の悪い順',
      left: '残量の少ない順',
      burn: 'バーンレートの高い順',
      open: '対応中の多い順',
    },
    reversed: (sort) => `${sort}（逆順）`,
    fewer: '最も悪い目標だけ表示',
    evenPace: (percent) => `均等なペースなら消費は${percent}です。`,
    reports: 'レポート',
    wall: '壁面表示',
    alerts: (n) => `アラート${n}`,
    incidents: (n) => `インシデント${n}`,
    fixes: (n) => `恒久対応${n}`,
  },
}
