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
  readonly giveBack: string
  readonly practice: string
  readonly moreRinging: (n: number) => string
  readonly ringingPanel: string
  readonly unread: (since: string, length: string, journeys: string) => string
  readonly neverRead: (journeys: string) => string
  readonly more: (n: number) => string
  readonly stale: string
  readonly failed: (what: string) => string
  readonly failedHow: (id: string) => string
  readonly firstResponse: string
  readonly otherZone: (zone: string, house: string) => string
  readonly copyLink: string
  readonly copied: string
  readonly leaveKiosk: string
  readonly sample: string
  readonly dataUntil: string
  readonly rules: string
  readonly keys: string
  readonly refused: string
  readonly sendAgain: string
  readonly back: string
  readonly reconnecting: (time: string) => string
  readonly signedOut: string
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
    giveBack: 'Give back',
    practice: 'DRILL 訓練: this is practice. No number counts it.',
    moreRinging: (n) => (n === 1 ? '1 more of level 1' : `${n} more of level 1`),
    ringingPanel: 'What rings',
    unread: (since, length, journeys) =>
      `No data since ${since} (${length}): ${journeys}. What is shown is of then. Look for the cause: tabiji doctor`,
    neverRead: (journeys) =>
      `Nothing was ever read of: ${journeys}. Start the service, or look for the cause: tabiji doctor`,
    more: (n) => `${n} more`,
    stale: '(stale)',
    failed: (what) => `${what}: this part could not be read. The rest of the page stands.`,
    failedHow: (id) =>
      `Load the page again in a minute. If it stays so, the log of the collector says why under ${id}.`,
    firstResponse: 'First response',
    otherZone: (zone, house) =>
      `Times are those of ${zone}. Days and months, and times that you type, are those of ${house}.`,
    copyLink: 'Copy link',
    copied: 'The link was copied.',
    leaveKiosk: 'Leave the wallboard',
    sample: 'SAMPLE DATA. These numbers are made up.',
    dataUntil: 'Data until',
    rules: 'journeys file',
    keys: 'Keys',
    refused: 'Not done',
    sendAgain: 'Send again',
    back: 'Back',
    reconnecting: (time) => `Reconnecting… numbers from ${time}.`,
    signedOut: 'You are not signed in any more, so these numbers stand still.',
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
    giveBack: '対応を戻す',
    practice: '訓練 DRILL：これは訓練です。数値には含まれません。',
    moreRinging: (n) => `ほか${n}件のレベル1`,
    ringingPanel: '発報中のアラート',
    unread: (since, length, journeys) =>
      `${since}以降（${length}）、データがありません：${journeys}。表示はその時点の値です。原因の確認：tabiji doctor`,
    neverRead: (journeys) =>
      `まだ一度も読み取れていません：${journeys}。サービスを起動するか、原因を確認してください：tabiji doctor`,
    more: (n) => `ほか${n}件`,
    stale: '（未更新）',
    failed: (what) => `「${what}」を読み取れませんでした。ほかの部分は正しく表示されています。`,
    failedHow: (id) => `1分ほど待って再読み込みしてください。続く場合は、コレクターのログの${id}に原因があります。`,
    firstResponse: '初期対応',
    otherZone: (zone, house) => `時刻は${zone}で表示しています。日や月の区切りと入力する時刻は${house}です。`,
    copyLink: 'リンクをコピー',
    copied: 'リンクをコピーしました。',
    leaveKiosk: '壁面表示を終了',
    sample: 'サンプルデータです。数値は架空のものです。',
    dataUntil: 'データ',
    rules: 'ジャーニー定義',
    keys: 'キー操作',
    refused: '実行できませんでした',
    sendAgain: '送り直す',
    back: '戻る',
    reconnecting: (time) => `再接続中… 数値は${time}時点のものです。`,
    signedOut: 'サインインの有効期限が切れたため、数値は更新されていません。',
  },
}
