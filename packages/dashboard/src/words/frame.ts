import type { Language } from '@tabiji/report'
import type { Section } from '../page/section.ts'

/** What stands around every screen. */
export type FrameWords = {
  readonly skip: string
  readonly navigation: string
  readonly sections: Readonly<Record<Section, string>>
  readonly signIn: string
  readonly signedInAs: (name: string) => string
  readonly mustSignIn: string
  readonly mayRead: (name: string) => string
  readonly theme: string
  readonly themes: { readonly system: string; readonly light: string; readonly dark: string }
  readonly themeNext: (theme: string) => string
  readonly ringing: (journey: string) => string
  readonly nobody: string
  readonly taken: (name: string) => string
  readonly silenced: (by: string, reason: string, until: string | undefined) => string
  readonly open: string
  readonly acknowledge: string
  readonly unread: (services: string) => string
  readonly sample: string
  readonly dataUntil: string
  readonly rules: string
  readonly keys: string
  readonly refused: string
  readonly sendAgain: string
  readonly back: string
  readonly reconnecting: (time: string) => string
}

export const FRAME_WORDS: Readonly<Record<Language, FrameWords>> = {
  en: {
    skip: 'Skip to the content',
    navigation: 'Screens',
    sections: {
      journeys: 'Journeys',
      alerts: 'Alerts',
      incidents: 'Incidents',
      fixes: 'Fixes',
      reports: 'Reports',
      drills: 'Drills',
      settings: 'Settings',
    },
    signIn: 'Sign in',
    signedInAs: (name) => `Signed in as ${name}`,
    mustSignIn: 'Sign in to do this',
    mayRead: (name) => `${name} may read only`,
    theme: 'Colours',
    themes: { system: 'System', light: 'Light', dark: 'Dark' },
    themeNext: (theme) => `Change to: ${theme}`,
    ringing: (journey) => `Level 1 ringing: ${journey}`,
    nobody: 'Nobody has it yet.',
    taken: (name) => `${name} has it.`,
    silenced: (by, reason, until) =>
      `Nobody was told, because of ${by} (${reason})${until === undefined ? '' : ` until ${until}`}.`,
    open: 'Open',
    acknowledge: 'Acknowledge',
    unread: (services) => `Not read lately: ${services}. These numbers may be old.`,
    sample: 'SAMPLE DATA. These numbers are made up.',
    dataUntil: 'Data until',
    rules: 'journeys file',
    keys: 'Keys',
    refused: 'Not done',
    sendAgain: 'Send again',
    back: 'Back',
    reconnecting: (time) => `Reconnecting… numbers from ${time}.`,
  },
  ja: {
    skip: '本文へ移動',
    navigation: '画面',
    sections: {
      journeys: 'ジャーニー',
      alerts: 'アラート',
      incidents: 'インシデント',
      fixes: '恒久対応',
      reports: 'レポート',
      drills: '訓練',
      settings: '設定',
    },
    signIn: 'サインイン',
    signedInAs: (name) => `${name}としてサインイン中`,
    mustSignIn: '操作にはサインインが必要です',
    mayRead: (name) => `${name}は閲覧のみできます`,
    theme: '配色',
    themes: { system: '自動', light: 'ライト', dark: 'ダーク' },
    themeNext: (theme) => `${theme}に切り替える`,
    ringing: (journey) => `レベル1 発報中：${journey}`,
    nobody: 'まだ誰も対応していません。',
    taken: (name) => `${name}が対応中です。`,
    silenced: (by, reason, until) =>
      `${by}（${reason}）により${until === undefined ? '' : `${until}まで`}通知を止めています。`,
    open: '開く',
    acknowledge: '対応する',
    unread: (services) => `最近読み取れていないサービス：${services}。数値が古い可能性があります。`,
    sample: 'サンプルデータです。数値は架空のものです。',
    dataUntil: 'データ',
    rules: 'ジャーニー定義',
    keys: 'キー操作',
    refused: '実行できませんでした',
    sendAgain: '送り直す',
    back: '戻る',
    reconnecting: (time) => `再接続中… 数値は${time}時点のものです。`,
  },
}
