import type { Helped, Origin } from '@tabiji/core/incident'
import type { Language } from '@tabiji/report'

/** What is on record of an incident: its timeline, its times, and the alerts, runbooks and fixes that belong to it. */
export type RecordWords = {
  readonly timeline: string
  readonly onlyLast: (shown: string, earlier: string) => string
  readonly star: string
  readonly unstar: string
  readonly addLine: string
  readonly line: string
  readonly at: string
  readonly decide: string
  readonly knew: string
  readonly options: string
  readonly choice: string
  readonly why: string
  readonly strike: string
  readonly times: string
  readonly unknown: string
  readonly origins: Readonly<Record<Origin, string>>
  readonly stated: string
  readonly setTime: string
  readonly moment: string
  readonly alerts: string
  readonly noAlerts: string
  readonly rings: string
  readonly over: string
  readonly join: string
  readonly leave: string
  readonly runbooks: string
  readonly jump: string
  readonly toChecklist: string
  readonly noRunbook: string
  readonly didItHelp: string
  readonly helped: Readonly<Record<Helped, string>>
  readonly said: (answer: string) => string
  readonly fixes: string
  readonly noFixes: string
  readonly noOwner: string
  readonly due: (date: string) => string
  readonly addFix: string
  readonly fixTitle: string
  readonly kind: string
  readonly owner: string
  readonly dueDate: string
  readonly cause: string
  readonly noCause: string
  readonly ticketIn: (tracker: string) => string
  readonly postmortem: string
  readonly postmortemNone: string
}

export const RECORD_WORDS: Readonly<Record<Language, RecordWords>> = {
  en: {
    timeline: 'Timeline',
    onlyLast: (shown, earlier) =>
      `The last ${shown} lines. ${earlier} earlier ones are told by: tabiji incident timeline`,
    star: 'Star: goes to the postmortem',
    unstar: 'Take the star away',
    addLine: 'Write a line',
    line: 'Line',
    at: 'When, such as 13:52; empty: now',
    decide: 'Write a decision',
    knew: 'What was known then',
    options: 'What could have been done, one a line',
    choice: 'What was chosen',
    why: 'Why',
    strike: 'Strike a line',
    times: 'Times',
    unknown: 'not known',
    origins: { books: 'from the books', alert: 'from the alerts', person: 'from what somebody did' },
    stated: 'stated by a person',
    setTime: 'State a time',
    moment: 'Moment',
    alerts: 'Alerts',
    noAlerts: 'No alert belongs to it.',
    rings: 'rings',
    over: 'over',
    join: 'Add alerts, such as A-0042',
    leave: 'Take an alert out',
    runbooks: 'Runbooks',
    jump: 'To what is done now',
    toChecklist: 'Checklist',
    noRunbook: 'No runbook is known for this.',
    didItHelp: 'Did it help?',
    helped: { yes: 'Yes', partly: 'Partly', no: 'No', none: 'There was none' },
    said: (answer) => `answered: ${answer}`,
    fixes: 'Permanent fixes',
    noFixes: 'No fix was added yet. What would keep this from coming back?',
    noOwner: 'no owner',
    due: (date) => `due ${date}`,
    addFix: 'Add a fix',
    fixTitle: 'What is to be done',
    kind: 'Kind',
    owner: 'Owner',
    dueDate: 'Due',
    cause: 'Cause',
    noCause: 'none named',
    ticketIn: (tracker) => `Create a ticket in ${tracker}`,
    postmortem: 'Postmortem',
    postmortemNone: 'none is owed',
  },
  ja: {
    timeline: 'タイムライン',
    onlyLast: (shown, earlier) =>
      `最新の${shown}行です。それより前の${earlier}行はコマンドで確認できます：tabiji incident timeline`,
    star: '★を付ける（ポストモーテムに載せる）',
    unstar: '★を外す',
    addLine: '出来事を書く',
    line: '内容',
    at: '時刻（例：13:52、空欄なら現在）',
    decide: '判断を書く',
    knew: 'その時点でわかっていたこと',
    options: 'ほかに取れた選択肢（1行に1つ）',
    choice: '選んだこと',
    why: '理由',
    strike: '行を取り消す',
    times: '時刻',
    unknown: '不明',
    origins: { books: '計測から', alert: 'アラートから', person: '操作から' },
    stated: '手入力',
    setTime: '時刻を入力',
    moment: '項目',
    alerts: 'アラート',
    noAlerts: '関連するアラートはありません。',
    rings: '発報中',
    over: '終了',
    join: 'アラートを追加（例：A-0042）',
    leave: 'アラートを外す',
    runbooks: 'ランブック',
    jump: 'いま使う欄へ',
    toChecklist: 'チェックリスト',
    noRunbook: '該当するランブックはありません。',
    didItHelp: '役に立ちましたか？',
    helped: { yes: 'はい', partly: '一部', no: 'いいえ', none: 'ランブックがなかった' },
    said: (answer) => `回答：${answer}`,
    fixes: '恒久対応',
    noFixes: '恒久対応はまだありません。再発を防ぐには何が必要ですか？',
    noOwner: '担当者なし',
    due: (date) => `期限${date}`,
    addFix: '恒久対応を追加',
    fixTitle: '実施する内容',
    kind: '種類',
    owner: '担当',
    dueDate: '期限',
    cause: '要因',
    noCause: '指定なし',
    ticketIn: (tracker) => `${tracker}にチケットを作成`,
    postmortem: 'ポストモーテム',
    postmortemNone: '作成は不要です',
  },
}
