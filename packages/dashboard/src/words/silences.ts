import type { SilenceState } from '@tabiji/core/alert'
import type { Language } from '@tabiji/report'

/** Silences: what is not to be told of for a while, by whom and why. */
export type SilencesWords = {
  readonly heading: string
  readonly about: string
  readonly none: string
  readonly silence: string
  readonly matchers: string
  readonly matchersHow: string
  readonly owner: string
  readonly reason: string
  readonly until: string
  readonly state: string
  readonly states: Readonly<Record<SilenceState, string>>
  readonly extend: string
  readonly end: string
  readonly make: string
  readonly forHowLong: string
  readonly look: string
  readonly lookUntil: (opening: string) => string
  readonly which: string
  readonly live: string
  readonly all: string
  readonly sayWhy: string
  readonly would: (until: string) => string
  readonly now: (n: number) => string
  readonly lastWeek: (n: number) => string
  readonly confirm: string
}

export const SILENCES_WORDS: Readonly<Record<Language, SilencesWords>> = {
  en: {
    heading: 'Silences',
    about:
      'A silence holds messages back, never the alert: it goes on ringing in every list, and the report names the silence.',
    none: 'No silence is in force or planned.',
    which: 'Which silences',
    live: 'In force or planned',
    all: 'All',
    silence: 'Silence',
    matchers: 'Of what',
    matchersHow: 'One condition on each line or between commas, such as journey=checkout, level=2',
    owner: 'Whose',
    reason: 'Reason',
    until: 'Until',
    state: 'State',
    states: { planned: 'planned', active: 'in force', ended: 'ended', expired: 'over' },
    extend: 'Extend',
    end: 'End now',
    make: 'Make one',
    forHowLong: 'For how long',
    look: 'See what it would hold back',
    lookUntil: (opening) => `See it until the next business day, ${opening}`,
    sayWhy: 'Say below why and whose wish it is; then it can be made.',
    would: (until) => `It would end ${until}.`,
    now: (n) => (n === 1 ? '1 alert that is open now' : `${n} alerts that are open now`),
    lastWeek: (n) => (n === 1 ? '1 alert of the last seven days' : `${n} alerts of the last seven days`),
    confirm: 'Silence',
  },
  ja: {
    heading: 'サイレンス',
    about: 'サイレンスは通知だけを止めます。アラート自体は一覧に残り、レポートにも記載されます。',
    none: '有効または予定のサイレンスはありません。',
    which: '表示するサイレンス',
    live: '有効・予定',
    all: 'すべて',
    silence: 'サイレンス',
    matchers: '対象',
    matchersHow: '条件を1行ずつ、またはコンマ区切りで入力（例：journey=checkout, level=2）',
    owner: '責任者',
    reason: '理由',
    until: 'いつまで',
    state: '状態',
    states: { planned: '予定', active: '有効', ended: '途中終了', expired: '終了' },
    extend: '延長',
    end: '今すぐ終了',
    make: '作成する',
    forHowLong: '期間',
    look: '止まる通知を確認する',
    lookUntil: (opening) => `翌営業日（${opening}）までとして確認する`,
    sayWhy: '下の欄に理由と責任者を入力すると作成できます。',
    would: (until) => `${until}に終了します。`,
    now: (n) => `現在発報中のアラート${n}件`,
    lastWeek: (n) => `過去7日間のアラート${n}件`,
    confirm: 'サイレンスにする',
  },
}
