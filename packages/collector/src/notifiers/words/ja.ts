import type { IndicatorName, Level, Subject } from '@tabiji/core/journey'
import type { Period } from '@tabiji/core/time'
import type { Catalogue, SpanUnit } from './catalogue.ts'
import { DIGEST_JA } from './digest-words.ts'
import { explainedJa } from './explained-ja.ts'
import { INCIDENT_JA } from './incident-words.ts'
import { POSTMORTEM_JA } from './postmortem-words.ts'
import { REMINDER_JA } from './reminder-words.ts'
import { SLACK_JA } from './slack-words.ts'
import { TROUBLE_JA } from './trouble-words.ts'
import { numbered, UPDATE_JA } from './update-words.ts'

const LEVELS: Readonly<Record<Level, string>> = { 1: '▲ レベル1', 2: '◆ レベル2', 3: '● レベル3' }
const BAD: Readonly<Record<IndicatorName, string>> = {
  availability: '失敗',
  latency: '遅延',
  experience: '失敗または遅延',
}
const GOOD: Readonly<Record<IndicatorName, string>> = {
  availability: '成功',
  latency: '時間内に完了',
  experience: '時間内に成功',
}
const OUTCOME: Readonly<Record<Subject, string>> = {
  errors: '失敗した',
  slow: '遅延した',
  excluded: '除外された',
  events: '',
}
const HAPPENED: Readonly<Record<Subject, string>> = {
  errors: '失敗',
  slow: '遅延',
  excluded: '除外',
  events: '発生',
}
const UNITS: Readonly<Record<SpanUnit, string>> = { days: '日', hours: '時間', minutes: '分', seconds: '秒' }
const EACH: Readonly<Record<Period['unit'], string>> = {
  d: '毎日',
  w: '毎週',
  M: '毎月',
  Q: '四半期ごと',
  Y: '毎年',
}
const PERIODS: Readonly<Record<Period['unit'], string>> = { d: '日', w: '週間', M: 'か月', Q: '四半期', Y: '年' }

export const ja: Catalogue = {
  sample: '🟦 サンプル(実際の障害ではありません)',
  drill: (key) => `🟪 訓練 DRILL ${key}`,
  drillNote: 'これは訓練です。利用者への影響はありません。本番と同じように対応してください(所要時間を記録しています)。',
  separator: '・',
  listSeparator: '、',
  span: (n, unit) => `${n}${UNITS[unit]}`,
  spanSeparator: '',

  title: {
    burning: (level, journey, indicator, rate) =>
      `${LEVELS[level]}・${journey}で${BAD[indicator]}が発生中(バジェット消費ペースの${rate}倍)`,
    milestone: (level, journey, spent) => `${LEVELS[level]}・${journey}:エラーバジェットの${spent}を消費`,
    simple: (level, journey, happening) => `${LEVELS[level]}・${journey}:${happening}`,
    resolved: (level, journey, lasted) => `✔ 解消(レベル${level})・${journey}(継続${lasted})`,
    withdrawn: (level, journey) => `■ 取り下げ(レベル${level})・${journey}:このルールでの監視は終了`,
    drillOver: (journey) => `■ 終了・${journey}:訓練は終わりました`,
  },

  lead: {
    burning: (indicator, step, long, short, rate, limit) =>
      `直近${long.span}に${eventsOf(step)}の${long.percent}が${BAD[indicator]}(${long.valid}件中${long.bad}件)。バジェットが許すペースの${rate}倍です(このレベルは${limit}倍超で鳴ります)。直近${short.span}は${short.percent}(${short.valid}件中${short.bad}件)。`,
    burningSlices: (slice, long, short, rate, limit) =>
      `直近${long.span}の${long.percent}の時間帯が不良(${slice}単位の区間${long.valid}個中${long.bad}個)。バジェットが許すペースの${rate}倍です(このレベルは${limit}倍超で鳴ります)。直近${short.span}は${short.percent}(${short.valid}個中${short.bad}個)。`,
    milestone: (spent) => `エラーバジェットの${spent}超を消費しました。`,
    resolved: (lasted) => `解消しました。継続時間は${lasted}でした。`,
    withdrawn: (lasted) =>
      `発生から${lasted}後、アラート中にルールが削除されました。問題が解消したことを意味するものではありません。`,
    drillOver: (lasted) => `アラート発生から${lasted}後に訓練を終了しました。あとは振り返りだけです。`,
  },

  simple: {
    count: (subject, step, count, span) =>
      count === '0'
        ? `直近${span}に${OUTCOME[subject]}${eventsOf(step)}なし`
        : `直近${span}に${OUTCOME[subject]}${eventsOf(step)}が${count}件`,
    share: (subject, step, percent, count, of, span) =>
      `直近${span}に${eventsOf(step)}の${percent}が${HAPPENED[subject]}(${of}件中${count}件)`,
    absent: (services, span) => `${services.join('、') || 'サービス'}を${span}を超えて読み取れていません`,
    lead: (happening, kind, limit, lasting) => {
      const beyond = `${limit}を${kind === 'above' ? '超える' : '下回る'}`
      return `${happening}。このルールは${lasting === undefined ? beyond : `${beyond}状態が${lasting}続く`}と鳴ります。`
    },
    unread: (happening) => `${happening}。利用者への影響は分かっていません。`,
  },

  fields: {
    objective: '目標',
    condition: 'ルール',
    note: 'メモ',
    budget: 'バジェット残',
    since: '発生',
    guard: '判定条件',
    worstStep: '最も悪いステップ',
    worstDependency: '最も悪い依存先',
    hurts: '影響する複合目標',
    owner: '担当',
    runbook: '手順書',
    askedBy: '依頼者',
  },
  promise: (indicator, step, target, window) => `${eventsOf(step)}の${target}が${GOOD[indicator]}(${window})`,
  estimated: (promise) => `≈ ${promise}(推定値:実数ではなくクエリの評価結果)`,
  guard: (badEvents, confidence) =>
    `不良イベント${badEvents}件以上、かつ真の割合が基準を超える確からしさ${confidence}以上`,
  month: '暦月',
  calendar: (n, unit, from) => `${from}から${n === 1 ? EACH[unit] : `${n}${PERIODS[unit]}ごと`}`,
  rolling: (span) => `直近${span}`,
  left: (indicator, left, bad, valid) => `${left}(${valid}件中${bad}件が${BAD[indicator]})`,
  leftSlices: (slice, left, bad, valid) => `${left}(${slice}単位の区間${valid}個中${bad}個が不良)`,
  promiseSlices: (slice, share, target, window) =>
    share === undefined
      ? `${slice}単位の区間の平均で${target}が良好(${window})`
      : `${slice}単位の区間の${target}で${share}以上が良好(${window})`,
  ofBad: (step, bad, ofBad) => `${step}(不良${ofBad}件中${bad}件)`,
  atService: (step, service, bad, valid) => `${service}の${step}(${valid}件中不良${bad}件)`,

  explained: explainedJa,
  reminder: REMINDER_JA,
  slack: SLACK_JA,
  incident: INCIDENT_JA,

  foreign: {
    lead: (name, summary) =>
      `${summary === undefined ? '' : `${summary.replace(/[.。]?$/, '。')}`}外部の監視がアラート「${name}」の発生を伝えています。`,
    link: '評価元',
  },

  digest: DIGEST_JA,
  trouble: TROUBLE_JA,
  update: UPDATE_JA,
  postmortem: POSTMORTEM_JA,
  toDo: (incident, items) =>
    items.length === 0 ? `インシデント: ${incident}` : `インシデント: ${incident}。まず行うこと: ${numbered(items)}`,

  group: {
    ofJourney: (journey, alerts) => `● レベル3・${journey}:アラート${alerts}件`,
    ofMany: (alerts, journeys) => `● レベル3・アラート${alerts}件(ジャーニー${journeys}件)`,
    lead: '短時間に発生したため、まとめてお知らせします。今すぐの対応は不要です。',
  },

  test: {
    title: (receiver) => `🧪 テスト・${receiver}:届いていますか`,
    over: (receiver) => `🧪 テスト終了・${receiver}`,
    weekly: '定期テスト(毎週)',
    lead: '障害は発生していません。この通知先に届くかどうかを、担当者の操作または定期実行で確認しています。',
  },

  first: (level, hasRunbook) => {
    if (level === 3) return '周知のみです。いま対応する必要はありません。'
    if (level === 2) return '今日中に:担当者を決め、レベル1になる前に原因を突き止めてください。'
    const runbook = hasRunbook ? '手順書を開く' : '直前の変更を確認する'
    return `初動:ここで「対応します」と宣言 → ${runbook} → 障害を登録(tabiji incident open)。早めに報告し、助けを求めてください。`
  },
  mayRepeat: '(再送の可能性があります)',
  insteadOf: (receiver) => `受信先 ${receiver} に届けられなかったため、こちらに送っています。`,
  late: (due, why) => `通知が遅れました。${due} に送る予定でしたが、${LATE[why]}。`,
  asOf: (stamp) => `${stamp} 時点`,
  links: { runbook: '手順書', alert: 'アラート', incident: 'インシデント' },
}

function eventsOf(step: string | undefined): string {
  return step === undefined ? 'イベント' : `${step}のイベント`
}

const LATE: Readonly<Record<Parameters<Catalogue['late']>[1], string>> = {
  startup_grace: 'コレクターの起動直後でした',
  inhibition: 'より緊急度の高いアラートが続いていました',
  silence: 'サイレンス中でした',
  maintenance: 'メンテナンス中でした',
  hours: '営業時間外でした',
  grouping: '同じジャーニーのほかの通知を待っていました',
  rate_budget: 'この受信先に送れる通知数の上限に達していました',
  receiver: '受信先に届きませんでした',
}
