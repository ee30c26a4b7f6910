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
  readonly doctor: string
  readonly doctorHow: string
  readonly lookNow: string
  readonly lookedAt: string
  readonly nothingFound: string
  readonly severities: { readonly error: string; readonly warning: string }
  readonly where: string
  readonly fix: string
  readonly looked: string
  readonly notLooked: string
  readonly inForce: string
  readonly houseZone: string
  readonly promises: string
  readonly promisesOf: (journeys: string, objectives: string) => string
  readonly frames: string
  readonly frameOf: (window: string, objectives: string) => string
  readonly evaluation: string
  readonly every: (length: string) => string
  readonly kept: string
  readonly slots: (width: string, from: string | undefined) => string
  readonly keptFor: (length: string) => string
  readonly keptForEver: string
  readonly keptIssued: string
  readonly versions: string
  readonly policies: string
  readonly ringsAt: (speed: string, windows: string, level: number) => string
  readonly spends: (percent: string) => string
  readonly milestones: (percents: string) => string
  readonly guard: (events: string, percent: string) => string
  readonly calm: (length: string) => string
  readonly policyOf: (objectives: string) => string
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
    doctor: 'What makes numbers wrong',
    doctorHow:
      'The doctor reads every service several times, asks lists and engines, and compares clocks and definitions.',
    lookNow: 'Look now',
    lookedAt: 'Looked at',
    nothingFound: 'Nothing was found.',
    severities: { error: '✕ error', warning: '△ warning' },
    where: 'Where',
    fix: 'What mends it',
    looked: 'Looked at:',
    notLooked: 'Not looked at:',
    inForce: 'What is in force',
    houseZone: 'Zone of days and months',
    promises: 'Promises',
    promisesOf: (journeys, objectives) => `${journeys} journeys, ${objectives} objectives`,
    frames: 'Budgets over',
    frameOf: (window, objectives) => `${window}: ${objectives} objectives`,
    evaluation: 'Evaluation',
    every: (length) => `every ${length}`,
    kept: 'Numbers are kept',
    slots: (width, from) =>
      from === undefined ? `in slots of ${width}` : `in slots of ${width} from an age of ${from} on`,
    keptFor: (length) => `for ${length}`,
    keptForEver: 'for ever',
    keptIssued: 'issued months for ever',
    versions: 'Versions',
    policies: 'When budgets ring',
    ringsAt: (speed, windows, level) => `level ${level} above ${speed} over ${windows}`,
    spends: (percent) => `${percent} of the budget`,
    milestones: (percents) => `level 3 when ${percents} are spent`,
    guard: (events, percent) => `only with at least ${events} bad events, and ${percent} % sure`,
    calm: (length) => `over when it was calm for ${length}`,
    policyOf: (objectives) => `of ${objectives} objectives`,
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
    doctor: '数値を誤らせるもの',
    doctorHow: 'すべてのサービスを数回ずつ読み取り、対象の一覧とエンジンに問い合わせ、時計と定義を照合します。',
    lookNow: '今すぐ確認',
    lookedAt: '確認時刻',
    nothingFound: '問題は見つかりませんでした。',
    severities: { error: '✕ エラー', warning: '△ 警告' },
    where: '場所',
    fix: '対処',
    looked: '確認したもの：',
    notLooked: '確認していないもの：',
    inForce: '適用中の設定',
    houseZone: '日・月の時間帯',
    promises: '目標',
    promisesOf: (journeys, objectives) => `ジャーニー${journeys}件、目標${objectives}件`,
    frames: 'バジェットの期間',
    frameOf: (window, objectives) => `${window}：目標${objectives}件`,
    evaluation: '評価',
    every: (length) => `${length}ごと`,
    kept: '数値の保存',
    slots: (width, from) => (from === undefined ? `${width}単位` : `${from}を過ぎたら${width}単位`),
    keptFor: (length) => `${length}保存`,
    keptForEver: '無期限',
    keptIssued: '発行済みの月は無期限',
    versions: 'バージョン',
    policies: 'アラートの条件',
    ringsAt: (speed, windows, level) => `${windows}で${speed}を超えたらレベル${level}`,
    spends: (percent) => `バジェットの${percent}`,
    milestones: (percents) => `消費が${percents}に達したらレベル3`,
    guard: (events, percent) => `失敗${events}件以上、確度${percent}%以上のときのみ`,
    calm: (length) => `${length}落ち着いたら解消`,
    policyOf: (objectives) => `対象の目標：${objectives}件`,
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
