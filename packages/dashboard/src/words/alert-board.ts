import type { Language } from '@tabiji/report'
import type { AlertsView } from '../view/alerts.ts'

/** What the board of alerts says besides the words of one alert. */
export type AlertBoardWords = {
  readonly states: string
  readonly shown: Readonly<Record<AlertsView['state'], string>>
  readonly teams: string
  readonly everyTeam: string
  readonly levels: string
  readonly silences: string
  readonly everyLevel: string
  readonly ofJourney: (title: string) => string
  readonly everyJourney: string
  readonly burn: string
  readonly whenTold: string
  readonly acts: string
  /** In the digest of the next business day, and when that is. */
  readonly day: (at: string | undefined) => string
  readonly week: (at: string | undefined) => string
  readonly drill: (key: string) => string
  readonly noneFits: string
  readonly showAll: string
  readonly didYouMean: string
  readonly newest: (n: number) => string
}

export const ALERT_BOARD_WORDS: Readonly<Record<Language, AlertBoardWords>> = {
  en: {
    states: 'Which alerts',
    shown: { open: 'Open', taken: 'Acknowledged', quiet: 'Held back', over: 'Over', all: 'All' },
    teams: 'Team',
    everyTeam: 'Every team',
    levels: 'Level',
    silences: 'Silences',
    everyLevel: 'Every level',
    ofJourney: (title) => `Of ${title} only.`,
    everyJourney: 'Show every journey',
    burn: 'Burns now',
    whenTold: 'When people are told',
    acts: 'What you can do',
    day: (at) => (at === undefined ? 'in the next digest' : `in the digest of ${at}`),
    week: (at) => (at === undefined ? 'in the digest of the week' : `in the digest of the week, ${at}`),
    drill: (key) => `DRILL ${key}`,
    noneFits: 'No alert fits this filter.',
    showAll: 'Show all open alerts',
    didYouMean: 'Did you mean',
    newest: (n) => `These are the newest ${n}.`,
  },
  ja: {
    states: '表示する状態',
    shown: { open: '発報中', taken: '対応中', quiet: '通知を保留中', over: '終了', all: 'すべて' },
    teams: 'チーム',
    everyTeam: '全チーム',
    levels: 'レベル',
    silences: 'サイレンス一覧',
    everyLevel: '全レベル',
    ofJourney: (title) => `${title}のみ表示しています。`,
    everyJourney: 'すべてのジャーニーを表示',
    burn: '現在の消費ペース',
    whenTold: '通知の予定',
    acts: '操作',
    day: (at) => (at === undefined ? '次回のまとめ通知' : `${at}のまとめ通知`),
    week: (at) => (at === undefined ? '週次のまとめ通知' : `${at}の週次まとめ通知`),
    drill: (key) => `訓練 ${key}`,
    noneFits: '条件に合うアラートはありません。',
    showAll: '発報中のアラートをすべて表示',
    didYouMean: 'もしかして：',
    newest: (n) => `新しい順に${n}件を表示しています。`,
  },
}
