import type { Language } from '@tabiji/report'

/** What is loaded, how the collector is, and what a reader may choose. */
export type SettingsWords = {
  readonly heading: string
  readonly health: string
  readonly check: string
  readonly state: string
  readonly states: { readonly ok: string; readonly degraded: string; readonly failed: string }
  readonly message: string
  readonly receivers: string
  readonly receiver: string
  readonly kind: string
  readonly told: string
  readonly level: (level: number) => string
  readonly fallback: string
  readonly toldNothing: string
  readonly noReceivers: string
  readonly revisions: string
  readonly noRevisions: string
  readonly from: string
  readonly fingerprint: string
  readonly changes: string
  readonly first: string
  readonly otherChange: string
  readonly nobody: (level: number) => string
  readonly keys: string
  readonly keysOn: string
  readonly keysOff: string
  readonly turnOn: string
  readonly turnOff: string
  readonly key: string
  readonly does: string
  readonly goTo: (screen: string) => string
  readonly walk: string
  readonly filter: string
  readonly thisPage: string
  readonly enter: string
  readonly acknowledge: string
  readonly silence: string
  readonly months: string
  readonly course: string
  readonly cursor: string
  readonly escape: string
  readonly zone: string
  readonly ownZone: string
  readonly look: string
  readonly language: string
  readonly readOnly: string
}

export const SETTINGS_WORDS: Readonly<Record<Language, SettingsWords>> = {
  en: {
    heading: 'Settings',
    health: 'How the collector is',
    check: 'Part',
    state: 'State',
    states: { ok: '✓ works', degraded: '△ works, look at it', failed: '✕ failed' },
    message: 'What it says',
    receivers: 'Who is told',
    receiver: 'Receiver',
    kind: 'Kind',
    told: 'Is told',
    level: (level) => `level ${level}`,
    fallback: 'when another one takes nothing',
    toldNothing: 'nothing by itself',
    noReceivers: 'Nobody is told of anything. Add a receiver to the configuration (receivers, routes).',
    revisions: 'Journeys files that were in force',
    noRevisions: 'No journeys file was loaded yet.',
    from: 'From',
    fingerprint: 'Fingerprint',
    changes: 'What changed',
    first: 'the first one',
    otherChange: 'nothing that events are judged by',
    nobody: (level) => `Nobody is told of level ${level}.`,
    keys: 'Keys',
    keysOn: 'Single keys do something.',
    keysOff: 'Single keys are switched off.',
    turnOn: 'Switch keys on',
    turnOff: 'Switch keys off',
    key: 'Key',
    does: 'What it does',
    goTo: (screen) => `Go to: ${screen}`,
    walk: 'Next and previous row',
    filter: 'Filter',
    thisPage: 'This list',
    enter: 'Open the row',
    acknowledge: 'Acknowledge the alert of the row, or the first one',
    silence: 'Silence the same',
    months: 'The month before, the month after',
    course: 'Course of a journey: earlier, later, nearer, farther',
    cursor: 'On a chart: read the value before or after',
    escape: 'Close what is unfolded, let go of a field, leave the wallboard',
    zone: 'Times in',
    ownZone: 'this browser’s',
    look: 'Language, colours, zone',
    language: 'Language',
    readOnly: 'Everything else is changed in the files of the configuration and read again by the collector.',
  },
  ja: {
    heading: '設定',
    health: 'コレクターの状態',
    check: '項目',
    state: '状態',
    states: { ok: '✓ 正常', degraded: '△ 動作中・要確認', failed: '✕ 異常' },
    message: '詳細',
    receivers: '通知先',
    receiver: '通知先',
    kind: '種類',
    told: '通知する内容',
    level: (level) => `レベル${level}`,
    fallback: '他の通知先に送れないとき',
    toldNothing: '単独では通知しません',
    noReceivers: '通知先がありません。設定ファイルに通知先（receivers、routes）を追加してください。',
    revisions: 'ジャーニー定義の履歴',
    noRevisions: 'ジャーニー定義はまだ読み込まれていません。',
    from: '適用開始',
    fingerprint: 'フィンガープリント',
    changes: '変更内容',
    first: '最初の定義',
    otherChange: '判定に関わる変更なし',
    nobody: (level) => `レベル${level}の通知先がありません。`,
    keys: 'キー操作',
    keysOn: 'キー操作は有効です。',
    keysOff: 'キー操作は無効です。',
    turnOn: 'キー操作を有効にする',
    turnOff: 'キー操作を無効にする',
    key: 'キー',
    does: '動作',
    goTo: (screen) => `${screen}へ移動`,
    walk: '次の行・前の行',
    filter: '絞り込み',
    thisPage: 'この一覧を表示',
    enter: '行を開く',
    acknowledge: '行のアラート（なければ先頭）に対応する',
    silence: '同じアラートを通知停止にする',
    months: '前の月・次の月',
    course: 'ジャーニーの推移：前へ・後へ・拡大・縮小',
    cursor: 'グラフ上で前後の値を読む',
    escape: '開いた項目を閉じる、入力欄から抜ける、壁面表示を終える',
    zone: '時刻の表示',
    ownZone: 'このブラウザー',
    look: '言語・配色・時刻',
    language: '言語',
    readOnly: 'その他の設定は設定ファイルで変更し、コレクターに再読み込みさせます。',
  },
}
