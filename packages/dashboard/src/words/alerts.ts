import type { EpisodeState, Gate } from '@tabiji/core/alert'
import type { Language } from '@tabiji/report'
import type { AlertView, NextKind, Owed } from '../view/alerts.ts'

/** The board of alerts, and the page of one. */
export type AlertsWords = {
  readonly heading: string
  readonly states: Readonly<Record<EpisodeState, string>>
  readonly nothing: string
  readonly last: (id: string, date: string) => string
  readonly since: string
  readonly who: string
  readonly nobody: string
  readonly has: (name: string) => string
  readonly somebody: string
  readonly left: string
  readonly alert: string
  readonly acknowledge: string
  readonly giveBack: string
  readonly forHowLong: string
  readonly note: string
  readonly silence: string
  readonly runbook: string
  readonly openIncident: string
  readonly incident: string
  readonly milestone: (percent: string) => string
  readonly otherRule: string
  readonly counts: string
  readonly window: string
  readonly bad: string
  readonly valid: string
  readonly worstStep: (step: string, bad: string, ofBad: string) => string
  readonly dependencies: string
  readonly changes: string
  readonly history: string
  readonly transitions: Readonly<Record<AlertView['timeline'][number]['transition'], string>>
  readonly told: string
  readonly receiver: string
  readonly what: string
  readonly state: string
  readonly why: string
  readonly nobodyTold: string
  /** What is told of an alert itself; other messages are called by their kind. */
  readonly kinds: Readonly<Record<'trigger' | 'reminder' | 'resolve' | 'withdraw', string>>
  readonly owed: Readonly<Record<Owed, string>>
  readonly nextKinds: Readonly<Record<NextKind, string>>
  readonly toldBy: (who: string) => string
  readonly gates: Readonly<Record<Gate, string>>
  readonly held: (gate: string, until: string | undefined, because: string | undefined) => string
  readonly mayRepeat: string
  readonly next: string
  readonly similar: string
  readonly noneSimilar: string
}

export const ALERTS_WORDS: Readonly<Record<Language, AlertsWords>> = {
  en: {
    heading: 'Alerts',
    states: { firing: 'firing', acked: 'in somebody’s hands', resolved: 'resolved', closed: 'closed' },
    nothing: 'Nothing is firing.',
    last: (id, date) => `The last alert was ${id}, on ${date}.`,
    since: 'Since',
    who: 'Who has it',
    nobody: 'nobody yet',
    has: (name) => `${name} has it`,
    somebody: 'somebody has it',
    left: 'Budget left',
    alert: 'Alert',
    acknowledge: 'Acknowledge',
    giveBack: 'Give back',
    forHowLong: 'For how long, such as 2h',
    note: 'Note',
    silence: 'Silence',
    runbook: 'Runbook',
    openIncident: 'Open an incident',
    incident: 'Incident',
    milestone: (percent) => `${percent} of the budget is spent.`,
    otherRule: 'A rule of its own, stated in the journeys file or by another system.',
    counts: 'What was counted when it rang',
    window: 'Window',
    bad: 'Bad',
    valid: 'Counted',
    worstStep: (step, bad, ofBad) => `The worst step is ${step}: ${bad} of ${ofBad} bad events.`,
    dependencies: 'What other services did for it',
    changes: 'What changed in the hour before',
    history: 'History',
    transitions: {
      fired: 'fired',
      resolved: 'resolved',
      reopened: 'fired again',
      closed: 'closed',
      data_lost: 'its data cannot be read',
      data_back: 'its data can be read again',
      flapping: 'comes and goes',
      acked: 'acknowledged',
      unacked: 'given back',
      ack_expired: 'nobody has it any more',
      raised: 'became a more urgent one',
      lowered: 'is the less urgent one again',
      withdrawn: 'its rule was taken out',
      noted: 'noted elsewhere',
      noise: 'judged to be noise',
      not_noise: 'no noise after all',
    },
    told: 'Who was told',
    receiver: 'Receiver',
    what: 'Of what',
    state: 'State',
    why: 'Why so',
    nobodyTold: 'Nobody: the configuration names no receiver for this level.',
    kinds: {
      trigger: 'that it began',
      reminder: 'that nobody has it',
      resolve: 'that it is over',
      withdraw: 'that its rule went',
    },
    owed: {
      gated: 'held back',
      waiting: 'waiting',
      sending: 'being sent',
      held: 'waits for a decision',
      delivered: 'delivered',
      cancelled: 'not needed any more',
      dead: 'given up',
      digest: 'for the digest',
      digested: 'told in the digest',
    },
    nextKinds: {
      ack_expiry: 'nobody has it any more',
      escalation: 'others are told:',
      reminder: 'it is told again',
      ticket: 'a ticket is proposed',
    },
    toldBy: (who) => `${who} tells of it, not this collector.`,
    gates: {
      startup_grace: 'the start',
      inhibition: 'another alert',
      silence: 'a silence',
      maintenance: 'maintenance',
      hours: 'business hours',
      grouping: 'grouping',
      rate_budget: 'the budget of messages',
    },
    held: (gate, until, because) =>
      `held back by ${gate}${because === undefined ? '' : ` (${because})`}${until === undefined ? '' : ` until ${until}`}`,
    mayRepeat: 'may have been told twice',
    next: 'What happens next, if nothing else does',
    similar: 'The same rule in the last 90 days',
    noneSimilar: 'It had not rung in the 90 days before.',
  },
  ja: {
    heading: 'アラート',
    states: { firing: '発報中', acked: '対応中', resolved: '解消', closed: '終了' },
    nothing: '発報中のアラートはありません。',
    last: (id, date) => `最後のアラートは${id}（${date}）です。`,
    since: '発生',
    who: '対応者',
    nobody: '未対応',
    has: (name) => `${name}が対応中`,
    somebody: '対応中',
    left: '残量',
    alert: 'アラート',
    acknowledge: '対応する',
    giveBack: '対応を戻す',
    forHowLong: '期間（例：2h）',
    note: 'メモ',
    silence: 'サイレンス',
    runbook: 'ランブック',
    openIncident: 'インシデントを開始',
    incident: 'インシデント',
    milestone: (percent) => `エラーバジェットの${percent}を消費しました。`,
    otherRule: 'ジャーニー定義または他システムの個別ルールによるアラートです。',
    counts: '発報時点の計数',
    window: '期間',
    bad: '失敗',
    valid: '対象',
    worstStep: (step, bad, ofBad) => `最も悪いステップ：${step}（不良${ofBad}件中${bad}件）`,
    dependencies: '他サービスの処理',
    changes: '直前1時間の変更',
    history: '履歴',
    transitions: {
      fired: '発報',
      resolved: '解消',
      reopened: '再発報',
      closed: '終了',
      data_lost: 'データを読み取れない',
      data_back: 'データの読み取りを再開',
      flapping: '断続的に発報',
      acked: '対応開始',
      unacked: '対応を戻した',
      ack_expired: '対応の期限切れ',
      raised: 'より緊急のアラートに移行',
      lowered: '元の緊急度に戻った',
      withdrawn: 'ルールが削除された',
      noted: '他システムでの記録',
      noise: 'ノイズと判断',
      not_noise: 'ノイズの判断を取り消し',
    },
    told: '通知先',
    receiver: '宛先',
    what: '内容',
    state: '状態',
    why: '理由',
    nobodyTold: 'ありません。設定ファイルにこのレベルの宛先がありません。',
    kinds: { trigger: '発報', reminder: '未対応の再通知', resolve: '解消', withdraw: 'ルールの削除' },
    owed: {
      gated: '保留中',
      waiting: '送信待ち',
      sending: '送信中',
      held: '判断待ち',
      delivered: '送信済み',
      cancelled: '不要になり中止',
      dead: '送信を断念',
      digest: 'まとめて送信予定',
      digested: 'まとめて送信済み',
    },
    nextKinds: {
      ack_expiry: '対応の期限が切れる',
      escalation: '次の宛先に通知：',
      reminder: '再通知',
      ticket: 'チケット化の提案',
    },
    toldBy: (who) => `このアラートは${who}が通知します。`,
    gates: {
      startup_grace: '起動直後の待機',
      inhibition: '別のアラート',
      silence: 'サイレンス',
      maintenance: 'メンテナンス',
      hours: '営業時間',
      grouping: '集約',
      rate_budget: '通知数の上限',
    },
    held: (gate, until, because) =>
      `${gate}${because === undefined ? '' : `（${because}）`}により${until === undefined ? '' : `${until}まで`}保留`,
    mayRepeat: '重複して届いた可能性あり',
    next: 'このままの場合に起きること',
    similar: '同じルールのアラート（過去90日間）',
    noneSimilar: '過去90日間の発報はありません。',
  },
}
