import type { Language } from '@tabiji/report'

/** How an objective went: charts over time, and the way through it. */
export type CourseWords = {
  readonly heading: string
  readonly range: (range: string) => string
  readonly stretch: (from: string, to: string, step: string) => string
  readonly nearer: string
  readonly farther: string
  readonly earlier: string
  readonly later: string
  readonly hint: string
  readonly none: string
  readonly noneHow: string
  readonly table: string
  readonly from: string
  readonly burn: string
  readonly burnLine: (window: string, burn: string) => string
  readonly burnTold: (parts: readonly string[]) => string
  readonly burnPeak: (window: string, burn: string, at: string) => string
  readonly bad: string
  readonly badTold: (bad: string, valid: string) => string
  readonly most: (count: string, at: string) => string
  readonly traffic: string
  readonly trafficTold: (events: string) => string
  readonly late: string
  readonly lateTold: (late: string, worked: string) => string
  readonly lateMost: (share: string, at: string) => string
  readonly latePromised: (share: string) => string
  readonly per: (step: string) => string
  readonly unread: (unread: string, steps: string) => string
  readonly notRead: string
  readonly counted: string
  readonly events: string
  readonly share: string
  readonly excluded: string
  readonly incident: (key: string, title: string) => string
  readonly rangAt: (at: string) => string
  readonly json: string
  readonly csv: string
  readonly around: string
  readonly noObjective: string
}

export const COURSE_WORDS: Readonly<Record<Language, CourseWords>> = {
  en: {
    heading: 'Course',
    range: (range) => `Last ${range}`,
    stretch: (from, to, step) => `${from} to ${to}, in steps of ${step}.`,
    nearer: 'Nearer',
    farther: 'Farther',
    earlier: 'Earlier',
    later: 'Later',
    hint: 'Drag over a chart to look closer. On a chart, ← and → read its values, z looks closer there.',
    none: 'Nothing is over yet in this stretch.',
    noneHow: 'Look at the last days instead, or wait for a minute.',
    table: 'The figures as a table',
    from: 'From',
    burn: 'Burn rate',
    burnLine: (window, burn) => `${window} ${burn}`,
    burnTold: (parts) =>
      parts.length === 0 ? 'The budget did not burn.' : `The budget burnt at most ${parts.join(', ')}.`,
    burnPeak: (window, burn, at) => `${burn} over ${window} (${at})`,
    bad: 'Bad events',
    badTold: (bad, valid) => `${bad} of ${valid} events were bad.`,
    most: (count, at) => ` The most in one step were ${count}, at ${at}.`,
    traffic: 'Traffic',
    trafficTold: (events) => `${events} events.`,
    late: 'Later than promised',
    lateTold: (late, worked) => `${late} of ${worked} events that worked came later than promised.`,
    lateMost: (share, at) => ` The largest share in one step was ${share}, at ${at}.`,
    latePromised: (share) => `allowed ${share}`,
    per: (step) => `per ${step}`,
    unread: (unread, steps) => ` ${unread} of ${steps} steps were not read; nothing is drawn there.`,
    notRead: 'not read',
    counted: 'Counted',
    events: 'Events',
    share: 'Share',
    excluded: 'The shaded time is left out of the budget by a correction.',
    incident: (key, title) => `${key} ${title}`,
    rangAt: (at) => `It rang at ${at}; the band is the time in which it was open.`,
    json: 'JSON',
    csv: 'CSV',
    around: 'Three hours before and after',
    noObjective: 'This rule belongs to no objective, so there is no burn rate to show.',
  },
  ja: {
    heading: '推移',
    range: (range) => `直近${range}`,
    stretch: (from, to, step) => `${from}〜${to}（${step}刻み）。`,
    nearer: '拡大',
    farther: '縮小',
    earlier: '前へ',
    later: '後へ',
    hint: 'グラフ上をドラッグすると拡大します。グラフを選んで ← → で値を読み、z でその前後を拡大します。',
    none: 'この期間には、まだ集計の終わった区間がありません。',
    noneHow: '直近の数日を表示するか、1分ほどお待ちください。',
    table: '数値を表で見る',
    from: '開始',
    burn: 'バーンレート',
    burnLine: (window, burn) => `${window} ${burn}`,
    burnTold: (parts) =>
      parts.length === 0
        ? 'エラーバジェットの消費はありませんでした。'
        : `エラーバジェットの消費速度は最大で${parts.join('、')}。`,
    burnPeak: (window, burn, at) => `${window}で${burn}（${at}）`,
    bad: '失敗したイベント',
    badTold: (bad, valid) => `対象${valid}件のうち${bad}件が失敗。`,
    most: (count, at) => `1区間の最多は${count}件（${at}）。`,
    traffic: 'トラフィック',
    trafficTold: (events) => `イベント${events}件。`,
    late: '約束の時間を超えた割合',
    lateTold: (late, worked) => `処理できた${worked}件のうち${late}件が約束の時間を超過。`,
    lateMost: (share, at) => `1区間の最大は${share}（${at}）。`,
    latePromised: (share) => `許容${share}`,
    per: (step) => `${step}あたり`,
    unread: (unread, steps) => `${steps}区間のうち${unread}区間は読み取れておらず、描画していません。`,
    notRead: '読み取りなし',
    counted: '対象',
    events: 'イベント',
    share: '割合',
    excluded: '網掛けの時間は、補正によりエラーバジェットから除外されています。',
    incident: (key, title) => `${key} ${title}`,
    rangAt: (at) => `発報は${at}。帯はアラートが続いていた時間です。`,
    json: 'JSON',
    csv: 'CSV',
    around: '発報前後3時間の推移',
    noObjective: 'このルールは目標に属さないため、バーンレートはありません。',
  },
}
