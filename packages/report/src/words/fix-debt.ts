import type { MonthStatistics } from '@tabiji/core/fix'
import type { Language } from './language.ts'

type VirtualReason = MonthStatistics['debt']['virtual'][number]['reasons'][number]
type LateReason = 'slowDetection' | 'slowMitigation'
type Verdict = MonthStatistics['watched'][number]['verdict']

/** What is said of fixes that are late or stand still, of what it costs that they are open, and of whether the done ones work. */
export type FixDebtWords = {
  readonly overdue: string
  readonly firstPromised: string
  readonly nextDate: string
  readonly putOff: string
  readonly times: (n: number, times: string) => string
  readonly late: string
  readonly waitsFor: string
  readonly blocked: string
  readonly since: string
  /** The parts of the sentence about what stands still. */
  readonly blockedCount: (count: string) => string
  readonly ownerless: (count: string) => string
  readonly dateless: (count: string) => string
  readonly waiting: (parts: string) => string
  readonly exposed: string
  readonly objective: string
  readonly burnt: string
  readonly worth: string
  readonly incidents: string
  readonly repeats: string
  readonly burntOf: (objective: string, share: string) => string
  readonly virtual: string
  readonly why: string
  readonly tooLate: { readonly [reason in LateReason]: (goal: string) => string }
  readonly missing: { readonly [reason in Exclude<VirtualReason, LateReason>]: string }
  readonly repeated: string
  readonly incident: string
  readonly stood: string
  readonly openSince: (date: string) => string
  readonly doneOn: (date: string) => string
  readonly whileOpen: (n: number, incidents: string) => string
  readonly afterDone: (n: number, incidents: string) => string
  readonly noneRepeated: string
  readonly watched: string
  readonly done: string
  readonly verdict: string
  readonly verdicts: { readonly [verdict in Verdict]: string }
  readonly watchedFor: string
}

const one = new Intl.PluralRules('en')
const isOne = (n: number) => one.select(n) === 'one'

export const FIX_DEBT_WORDS: Readonly<Record<Language, FixDebtWords>> = {
  en: {
    overdue: 'Overdue fixes, the oldest first',
    firstPromised: 'First promised',
    nextDate: 'Agreed last',
    putOff: 'Put off',
    times: (n, times) => `${times} ${isOne(n) ? 'time' : 'times'}`,
    late: 'Overdue',
    waitsFor: 'Waits for',
    blocked: 'Blocked fixes',
    since: 'Since',
    blockedCount: (count) => `${count} blocked`,
    ownerless: (count) => `${count} without an owner`,
    dateless: (count) => `${count} without a stated date`,
    waiting: (parts) => `Of the open fixes: ${parts}.`,
    exposed: 'Budget burnt by incidents whose fix is still open',
    objective: 'Objective',
    burnt: 'Of its budget',
    worth: 'What each open fix would stop',
    incidents: 'Incidents',
    repeats: 'Repeats',
    burntOf: (objective, share) => `${objective}: ${share}`,
    virtual: 'Incidents that should have led to a fix and did not',
    why: 'What is missing',
    tooLate: {
      slowDetection: (goal) => `noticed later than ${goal}, and no fix to detect it`,
      slowMitigation: (goal) => `stopped later than ${goal}, and no fix to mitigate it`,
    },
    missing: {
      noCauses: 'no cause is recorded',
      noFixes: 'level 1 without a fix, and no reason why none is needed',
    },
    repeated: 'Repeats: incidents of a cause that has a fix',
    incident: 'Incident',
    stood: 'The fix when it began',
    openSince: (date) => `open since ${date}`,
    doneOn: (date) => `done on ${date}`,
    whileOpen: (n, incidents) =>
      `${incidents} ${isOne(n) ? 'incident' : 'incidents'} repeated a cause whose fix was still open.`,
    afterDone: (n, incidents) =>
      `${incidents} ${isOne(n) ? 'incident' : 'incidents'} repeated a cause whose fix was done.`,
    noneRepeated: 'As far as causes are recorded, no incident of the month repeated one that has a fix.',
    watched: 'Do the fixes that were done work?',
    done: 'Done',
    verdict: 'After 28 days',
    verdicts: {
      watching: 'still watched',
      held: 'it held',
      recurred: 'it came back',
      notEnoughTraffic: 'too little traffic to tell',
      unjudged: 'cannot be told: no cause or no objective',
    },
    watchedFor: 'Watched for',
  },
  ja: {
    overdue: '期限超過の恒久対応（経過日数の長い順）',
    firstPromised: '最初の期限',
    nextDate: '現在の期限',
    putOff: '延期',
    times: (_, times) => `${times}回`,
    late: '超過',
    waitsFor: '停滞の理由',
    blocked: 'ブロック中の恒久対応',
    since: '開始日',
    blockedCount: (count) => `ブロック中${count}件`,
    ownerless: (count) => `担当者なし${count}件`,
    dateless: (count) => `期限の明示なし${count}件`,
    waiting: (parts) => `未完了の内訳：${parts}。`,
    exposed: '恒久対応が未完了の障害が消費したエラーバジェット',
    objective: '対象SLO',
    burnt: 'バジェットに占める割合',
    worth: '未完了の恒久対応ごとの影響',
    incidents: '障害',
    repeats: '再発',
    burntOf: (objective, share) => `${objective}：${share}`,
    virtual: '恒久対応が起票されていない障害',
    why: '不足しているもの',
    tooLate: {
      slowDetection: (goal) => `検知まで${goal}を超えたが、検知の恒久対応なし`,
      slowMitigation: (goal) => `影響停止まで${goal}を超えたが、影響軽減の恒久対応なし`,
    },
    missing: {
      noCauses: '原因の記録なし',
      noFixes: 'レベル1だが恒久対応がなく、不要とする理由の記録もなし',
    },
    repeated: '再発（恒久対応がある原因による障害）',
    incident: '障害',
    stood: '障害発生時の恒久対応',
    openSince: (date) => `未完了（${date}から）`,
    doneOn: (date) => `完了済み（${date}）`,
    whileOpen: (_, incidents) => `恒久対応が未完了の原因による再発が${incidents}件ありました。`,
    afterDone: (_, incidents) => `恒久対応が完了した原因による再発が${incidents}件ありました。`,
    noneRepeated: '原因が記録された範囲では、恒久対応がある原因による再発は当月ありませんでした。',
    watched: '完了した恒久対応の効果確認',
    done: '完了日',
    verdict: '28日後の判定',
    verdicts: {
      watching: '確認中',
      held: '再発なし',
      recurred: '再発あり',
      notEnoughTraffic: '通信量が少なく判定できず',
      unjudged: '判定できず（原因または対象SLOなし）',
    },
    watchedFor: '確認日数',
  },
}
