import { EVENT_WORDS } from './event-words.ts'

/** Every sentence of a timeline in one language. Slots are written figures, times or names; a sentence is a function of them. */
export type TimelineWords = {
  /** What a word of ours is called; words of a newer kind stand as they are. */
  readonly moment: Readonly<Record<string, string>>
  readonly role: Readonly<Record<string, string>>
  readonly status: Readonly<Record<string, string>>
  readonly field: Readonly<Record<string, string>>
  readonly alertChange: Readonly<Record<string, string>>
  readonly message: Readonly<Record<string, string>>
  readonly gate: Readonly<Record<string, string>>
  readonly change: Readonly<Record<string, string>>
  readonly fixChange: Readonly<Record<string, string>>
  /** Events of other families, by their names. */
  readonly event: Readonly<Record<string, string>>
  readonly source: Readonly<Record<string, string>>
  readonly listSeparator: string
  /** How late something was; hours are 0 below two of them. */
  readonly late: (hours: number, minutes: number, seconds: number) => string

  readonly command: (text: string) => string
  readonly decision: (knew: string, options: string, choice: string, why: string) => string
  readonly noOptions: string
  readonly opened: (title: string, isDrill: boolean) => string
  readonly edited: (fields: string) => string
  readonly timed: (moment: string, at: string, because: string) => string
  readonly untimed: (moment: string) => string
  readonly derived: (moment: string, at: string) => string
  readonly underived: (moment: string) => string
  readonly because: (reason: string) => string
  readonly resolved: string
  readonly reopened: (reason: string) => string
  readonly taken: (role: string, name: string) => string
  readonly handed: (role: string, from: string, name: string) => string
  readonly statusSet: (status: string) => string
  readonly recorded: (what: string, about: string) => string
  readonly nextBy: (at: string) => string
  readonly alert: (episode: string, level: number, journey: string, change: string) => string
  readonly held: (episode: string, receiver: string, gates: string, until: string) => string
  readonly until: (at: string) => string
  readonly delivered: (episode: string, receiver: string, message: string, late: string) => string
  readonly undelivered: (episode: string, receiver: string, why: string) => string
  readonly changed: (what: string, title: string, service: string) => string
  readonly ofService: (service: string) => string
  readonly correction: (key: string, from: string, to: string, reason: string) => string
  readonly fix: (key: string, title: string, change: string) => string
  readonly began: (objective: string, percent: string, bad: string, valid: string) => string
  readonly worst: (objective: string, percent: string, bad: string, valid: string) => string
  readonly back: (objective: string, percent: string, bad: string, valid: string) => string
  readonly struck: (text: string, reason: string) => string
}

export const TIMELINE_EN: TimelineWords = {
  moment: {
    impactStarted: 'impact began',
    detected: 'detected',
    acknowledged: 'acknowledged',
    mitigated: 'mitigated',
    resolved: 'resolved',
    delivered: 'first notification delivered',
  },
  role: { lead: 'lead', comms: 'communications', scribe: 'scribe' },
  status: {
    investigating: 'investigating',
    identified: 'cause identified',
    monitoring: 'monitoring',
    resolved: 'resolved',
  },
  field: { title: 'title', level: 'level', journeys: 'journeys', episodes: 'alerts' },
  alertChange: {
    fired: 'began to ring',
    resolved: 'stopped ringing',
    reopened: 'rang again',
    closed: 'was closed',
    withdrawn: 'was withdrawn with its rule',
    data_lost: 'could not be judged for want of data',
    data_back: 'could be judged again',
    flapping: 'kept coming and going',
    acked: 'was taken',
    unacked: 'was given back',
    ack_expired: 'was nobody’s again: its time was up',
    raised: 'was raised to a more urgent level',
    lowered: 'was lowered again',
    noted: 'was noted on elsewhere',
    noise: 'was judged to be noise',
    not_noise: 'was no noise after all',
  },
  message: { trigger: 'alert', reminder: 'reminder', resolve: 'all-clear', withdraw: 'withdrawal', digest: 'digest' },
  gate: {
    startup_grace: 'the collector had just started',
    inhibition: 'a more urgent alert rang',
    silence: 'a silence',
    maintenance: 'maintenance',
    hours: 'outside working hours',
    grouping: 'told together with others',
  },
  change: { deploy: 'Deployment', flag: 'Feature flag', config: 'Configuration', note: 'Change' },
  fixChange: {
    added: 'was added',
    done: 'was done',
    moved: 'got another due date',
    reopened: 'was reopened',
    dropped: 'was dropped',
    undropped: 'was taken up again',
    accepted: 'became an accepted risk',
    assigned: 'changed hands',
    blocked: 'was blocked',
    unblocked: 'was no longer blocked',
    retitled: 'got another title',
    reclassified: 'was classified anew',
    linked: 'was linked with a ticket',
    merged: 'turned out to be the same as another one',
    absorbed: 'took another one in',
  },
  event: EVENT_WORDS.en,
  source: {
    books: 'books',
    alert: 'alert',
    delivery: 'delivery',
    annotation: 'change',
    tracker: 'tracker',
    collector: 'collector',
    person: 'person',
    slack: 'Slack',
    shell: 'shell',
  },
  listSeparator: ', ',
  late: (hours, minutes, seconds) =>
    hours > 0 ? `${hours} h ${minutes} min` : minutes > 0 ? `${minutes} min` : `${seconds} s`,
  command: (text) => `$ ${text}`,
  decision: (knew, options, choice, why) =>
    `Decision: ${choice}. Known then: ${knew}. Options: ${options}. Because: ${why}`,
  noOptions: 'none others seen',
  opened: (title, isDrill) => `${isDrill ? 'Drill' : 'Incident'} opened: ${title}`,
  edited: (fields) => `Changed: ${fields}`,
  timed: (moment, at, because) => `Time stated: ${moment} at ${at}${because}`,
  untimed: (moment) => `Time taken back: ${moment}`,
  derived: (moment, at) => `Time from the record: ${moment} at ${at}`,
  underived: (moment) => `Not known any more: ${moment}`,
  because: (reason) => ` (${reason})`,
  resolved: 'Incident resolved',
  reopened: (reason) => `Incident reopened: ${reason}`,
  taken: (role, name) => `${name} is ${role}`,
  handed: (role, from, name) => `${role} handed over${from === '' ? '' : ` by ${from}`} to ${name}`,
  statusSet: (status) => `Status: ${status}`,
  recorded: (what, about) => `${what}${about === '' ? '' : `: ${about}`}`,
  nextBy: (at) => `next by ${at}`,
  alert: (episode, level, journey, change) => `${episode} (level ${level}, ${journey}) ${change}`,
  held: (episode, receiver, gates, until) => `${episode} to ${receiver} was held back${until}: ${gates}`,
  until: (at) => ` until ${at}`,
  delivered: (episode, receiver, message, late) => `${episode}: ${message} reached ${receiver} after ${late}`,
  undelivered: (episode, receiver, why) => `${episode}: ${receiver} could not be reached: ${why}`,
  changed: (what, title, service) => `${what}${service}: ${title}`,
  ofService: (service) => ` of ${service}`,
  correction: (key, from, to, reason) => `${key} excludes ${from} to ${to} from budgets: ${reason}`,
  fix: (key, title, change) => `${key} ${change}: ${title}`,
  began: (objective, percent, bad, valid) => `${objective} left its target: ${percent} bad (${bad} of ${valid})`,
  worst: (objective, percent, bad, valid) => `${objective} was at its worst: ${percent} bad (${bad} of ${valid})`,
  back: (objective, percent, bad, valid) =>
    `${objective} was back within its target: ${percent} bad (${bad} of ${valid})`,
  struck: (text, reason) => `[struck out: ${reason}] ${text}`,
}

export const TIMELINE_JA: TimelineWords = {
  moment: {
    impactStarted: '影響開始',
    detected: '検知',
    acknowledged: '対応開始',
    mitigated: '影響緩和',
    resolved: '解消',
    delivered: '最初の通知の到達',
  },
  role: { lead: '指揮', comms: '連絡', scribe: '記録' },
  status: { investigating: '調査中', identified: '原因特定', monitoring: '経過観察中', resolved: '解消' },
  field: { title: '件名', level: 'レベル', journeys: 'ジャーニー', episodes: 'アラート' },
  alertChange: {
    fired: '発生しました',
    resolved: '解消しました',
    reopened: '再び発生しました',
    closed: '終了しました',
    withdrawn: 'ルールの削除により取り下げられました',
    data_lost: 'データがなく判定できなくなりました',
    data_back: '再び判定できるようになりました',
    flapping: '発生と解消を繰り返しています',
    acked: '担当者がつきました',
    unacked: '担当者が手放しました',
    ack_expired: '担当の期限が切れ、担当者がいなくなりました',
    raised: 'より緊急のレベルに上がりました',
    lowered: '元のレベルに戻りました',
    noted: '他システムに記録がありました',
    noise: 'ノイズと判断されました',
    not_noise: 'ノイズの判断が取り消されました',
  },
  message: {
    trigger: 'アラート',
    reminder: '催促',
    resolve: '解消の知らせ',
    withdraw: '取り下げの知らせ',
    digest: 'まとめ',
  },
  gate: {
    startup_grace: 'コレクターの起動直後',
    inhibition: 'より緊急のアラートが発生中',
    silence: 'サイレンス',
    maintenance: 'メンテナンス',
    hours: '営業時間外',
    grouping: '他の通知とまとめて送信',
  },
  change: { deploy: 'デプロイ', flag: '機能フラグ', config: '設定変更', note: '変更' },
  fixChange: {
    added: '追加されました',
    done: '完了しました',
    moved: '期限が変更されました',
    reopened: '再開されました',
    dropped: '取りやめになりました',
    undropped: '再び取り上げられました',
    accepted: 'リスクとして受容されました',
    assigned: '担当者が変わりました',
    blocked: '着手できない状態になりました',
    unblocked: '着手できるようになりました',
    retitled: '件名が変わりました',
    reclassified: '分類が変わりました',
    linked: 'チケットと紐付けられました',
    merged: '別の対応と同じものとして統合されました',
    absorbed: '同じ内容の別の対応を統合しました',
  },
  event: EVENT_WORDS.ja,
  source: {
    books: '計測',
    alert: 'アラート',
    delivery: '通知',
    annotation: '変更',
    tracker: 'チケット',
    collector: '自動',
    person: '記入',
    slack: 'Slack',
    shell: 'シェル',
  },
  listSeparator: '、',
  late: (hours, minutes, seconds) =>
    hours > 0 ? `${hours}時間${minutes}分` : minutes > 0 ? `${minutes}分` : `${seconds}秒`,
  command: (text) => `$ ${text}`,
  decision: (knew, options, choice, why) =>
    `判断：${choice}／当時わかっていたこと：${knew}／選択肢：${options}／理由：${why}`,
  noOptions: '他に挙がったものはなし',
  opened: (title, isDrill) => `${isDrill ? '訓練' : 'インシデント'}を開始：${title}`,
  edited: (fields) => `変更：${fields}`,
  timed: (moment, at, because) => `時刻の申告：${moment}は${at}${because}`,
  untimed: (moment) => `時刻の取り消し：${moment}`,
  derived: (moment, at) => `記録から求めた時刻：${moment}は${at}`,
  underived: (moment) => `時刻は不明になりました：${moment}`,
  because: (reason) => `（${reason}）`,
  resolved: 'インシデントを解消',
  reopened: (reason) => `インシデントを再開：${reason}`,
  taken: (role, name) => `${name}さんが${role}を担当`,
  handed: (role, from, name) => `${role}を${from === '' ? '' : `${from}さんから`}${name}さんに引き継ぎ`,
  statusSet: (status) => `状況：${status}`,
  recorded: (what, about) => `${what}${about === '' ? '' : `：${about}`}`,
  nextBy: (at) => `次は${at}まで`,
  alert: (episode, level, journey, change) => `${episode}（レベル${level}、${journey}）：${change}`,
  held: (episode, receiver, gates, until) => `${episode}の${receiver}への通知を${until}保留：${gates}`,
  until: (at) => `${at}まで`,
  delivered: (episode, receiver, message, late) => `${episode}：${message}が${late}後に${receiver}へ到達`,
  undelivered: (episode, receiver, why) => `${episode}：${receiver}に届けられませんでした：${why}`,
  changed: (what, title, service) => `${what}${service}：${title}`,
  ofService: (service) => `（${service}）`,
  correction: (key, from, to, reason) => `${key}により${from}から${to}までをバジェットから除外：${reason}`,
  fix: (key, title, change) => `${key}（${title}）：${change}`,
  began: (objective, percent, bad, valid) =>
    `${objective}が目標を割り込みました：不良${percent}（${valid}件中${bad}件）`,
  worst: (objective, percent, bad, valid) => `${objective}が最も悪化しました：不良${percent}（${valid}件中${bad}件）`,
  back: (objective, percent, bad, valid) => `${objective}が目標内に戻りました：不良${percent}（${valid}件中${bad}件）`,
  struck: (text, reason) => `［取り消し：${reason}］${text}`,
}
