import type { Role } from '@tabiji/core/incident'
import type { Language } from './language.ts'

type Labels<Name extends string> = { readonly [name in Name]: string }

/** How incidents were answered. */
export type ResponseWords = Labels<
  | 'cost'
  | 'answers'
  | 'detected'
  | 'taken'
  | 'stopped'
  | 'causes'
  | 'postmortem'
  | 'fixes'
  | 'people'
  | 'times'
  | 'measure'
  | 'count'
  | 'median'
  | 'shortest'
  | 'longest'
  | 'toDetect'
  | 'toTake'
  | 'toStop'
  | 'drillDetect'
  | 'drillTake'
  | 'minute'
  | 'hour'
  | 'day'
> & {
  /** Of one objective, the share of its budget. */
  readonly ofBudget: (share: string, objective: string) => string
  readonly states: Labels<'draft' | 'inReview' | 'published'>
  readonly noPostmortem: string
  readonly roles: Readonly<Record<Role, string>>
  readonly role: (role: string, name: string) => string
  readonly timesSummary: (rows: string) => string
  readonly timesRow: (measure: string, count: string, median: string) => string
}

export const RESPONSE_WORDS: Readonly<Record<Language, ResponseWords>> = {
  en: {
    cost: 'Budget that it cost',
    answers: 'How they were answered',
    detected: 'Detected after',
    taken: 'Taken after',
    stopped: 'Harm stopped after',
    causes: 'Causes',
    postmortem: 'Postmortem',
    fixes: 'Fixes',
    people: 'Roles',
    times: 'Times of the response',
    measure: 'From and to',
    count: 'Number',
    median: 'Median',
    shortest: 'Shortest',
    longest: 'Longest',
    toDetect: 'Impact → detected',
    toTake: 'Detected → taken (level 1)',
    toStop: 'Impact → harm stopped',
    drillDetect: 'Drill: began → rang',
    drillTake: 'Drill: rang → taken',
    minute: '1 min',
    hour: '1 h',
    day: '1 day',
    ofBudget: (share, objective) => `${share} of ${objective}`,
    states: { draft: 'draft', inReview: 'in review', published: 'published' },
    noPostmortem: 'none',
    roles: { lead: 'lead', comms: 'communications', scribe: 'scribe' },
    role: (role, name) => `${role}: ${name}`,
    timesSummary: (rows) => `A dot for each incident on an axis from a minute to a day. ${rows}`,
    timesRow: (measure, count, median) => `${measure}: ${count}, median ${median}.`,
  },
  ja: {
    cost: '消費したバジェット',
    answers: '対応の経過',
    detected: '検知まで',
    taken: '対応開始まで',
    stopped: '影響停止まで',
    causes: '要因',
    postmortem: 'ポストモーテム',
    fixes: '恒久対応',
    people: '役割',
    times: '対応にかかった時間',
    measure: '区間',
    count: '件数',
    median: '中央値',
    shortest: '最短',
    longest: '最長',
    toDetect: '影響開始→検知',
    toTake: '検知→対応開始（レベル1）',
    toStop: '影響開始→影響停止',
    drillDetect: '訓練：開始→発報',
    drillTake: '訓練：発報→対応開始',
    minute: '1分',
    hour: '1時間',
    day: '1日',
    ofBudget: (share, objective) => `${objective}の${share}`,
    states: { draft: '下書き', inReview: 'レビュー中', published: '公開済み' },
    noPostmortem: 'なし',
    roles: { lead: '指揮', comms: '連絡', scribe: '記録' },
    role: (role, name) => `${role}：${name}`,
    timesSummary: (rows) => `障害ごとに点を1つ、1分から1日までの軸に示します。${rows}`,
    timesRow: (measure, count, median) => `${measure}は${count}件、中央値${median}。`,
  },
}
