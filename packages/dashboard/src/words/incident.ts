import type { Question } from '@tabiji/core/incident'
import type { Language } from '@tabiji/report'
import { RECORD_WORDS, type RecordWords } from './incident-record.ts'

/** The page of one incident. Statuses, roles, moments and sources are called as on its timeline. */
export type IncidentWords = RecordWords & {
  readonly drill: string
  readonly mergedInto: string
  readonly absorbed: string
  readonly hurtFor: (length: string) => string
  readonly hurtAndEnded: (length: string) => string
  readonly resolve: string
  readonly reopen: string
  readonly setStatus: string
  readonly status: string
  readonly note: string
  readonly reason: string
  readonly edit: string
  readonly title: string
  readonly level: string
  readonly unchanged: string
  readonly setJourneys: string
  readonly journeys: string
  readonly merge: string
  readonly mergeForGood: string
  readonly into: string
  readonly questionsHeading: (questions: string) => string
  readonly questions: Readonly<Record<Question, string>>
  readonly impact: string
  readonly noImpact: string
  readonly badOf: (bad: string, valid: string) => string
  readonly journey: string
  readonly failed: string
  readonly share: string
  readonly course: string
  readonly ok: string
  readonly others: string
  readonly notOk: string
  readonly people: string
  readonly roleOf: (role: string) => string
  readonly nobody: string
  readonly takeOver: string
  readonly handOver: string
  readonly role: string
  readonly to: string
  readonly handNote: string
  readonly first: (level: string | undefined, done: string, of: string) => string
  readonly noChecklist: string
  readonly tick: string
  readonly untick: string
  readonly dueAt: string
  readonly byRecord: string
  readonly updates: string
  readonly noUpdate: string
  readonly nextAt: string
  readonly late: string
  readonly nothingOwed: string
  readonly say: string
  readonly update: string
  readonly next: string
  readonly nextUsual: string
  readonly nextOff: string
}

export const INCIDENT_WORDS: Readonly<Record<Language, IncidentWords>> = {
  en: {
    ...RECORD_WORDS.en,
    drill: 'DRILL',
    mergedInto: 'This turned out to be part of',
    absorbed: 'Took in',
    hurtFor: (length) => `hurting for ${length}`,
    hurtAndEnded: (length) => `hurt for ${length}`,
    resolve: 'Resolved',
    reopen: 'Reopen',
    setStatus: 'Change the status',
    status: 'Status',
    note: 'Note',
    reason: 'Reason',
    edit: 'Change title or level',
    title: 'Title',
    level: 'Level',
    unchanged: 'unchanged',
    setJourneys: 'Which journeys are hurt',
    journeys: 'Journeys',
    merge: 'Part of another one',
    mergeForGood: 'This cannot be undone: alerts, lines and fixes go to the other one.',
    into: 'Of which',
    questionsHeading: (questions) => `Not known yet: ${questions}`,
    questions: {
      lead: 'who leads',
      comms: 'who tells others',
      journeys: 'which journeys are hurt',
      impactStarted: 'when it began',
      mitigated: 'when the pain ended',
      update: 'nobody was told anything yet',
      updateOverdue: 'the next update is late',
    },
    impact: 'Hurt journeys',
    noImpact: 'No journey of this incident has events in the books.',
    badOf: (bad, valid) => `${bad} of ${valid}`,
    journey: 'Journey',
    failed: 'Failed or slow',
    share: 'Of the whole budget',
    course: 'Course',
    ok: 'kept its promises',
    others: 'Other journeys',
    notOk: 'not within its target',
    people: 'Who does what',
    roleOf: (role) => `${role}:`,
    nobody: 'nobody',
    takeOver: 'Take over',
    handOver: 'Hand over',
    role: 'Role',
    to: 'To',
    handNote: 'What the next one must know',
    first: (level, done, of) => `First response${level === undefined ? '' : `, level ${level}`}: ${done} of ${of}`,
    noChecklist: 'This incident was opened before there were checklists.',
    tick: 'Done',
    untick: 'Not done',
    dueAt: 'by',
    byRecord: 'by the record',
    updates: 'What others were told',
    noUpdate: 'Nobody was told anything yet.',
    nextAt: 'Next update by',
    late: 'late',
    nothingOwed: 'No further update is owed.',
    say: 'Say how it stands',
    update: 'How it stands, for who does not know the system',
    next: 'Next update in',
    nextUsual: 'as usual',
    nextOff: 'none needed',
  },
  ja: {
    ...RECORD_WORDS.ja,
    drill: '訓練',
    mergedInto: '次のインシデントに統合されました：',
    absorbed: '統合したインシデント',
    hurtFor: (length) => `影響継続中（${length}）`,
    hurtAndEnded: (length) => `影響時間 ${length}`,
    resolve: '解消した',
    reopen: '再開する',
    setStatus: '状況を変更',
    status: '状況',
    note: '補足',
    reason: '理由',
    edit: '件名・レベルを変更',
    title: '件名',
    level: 'レベル',
    unchanged: '変更しない',
    setJourneys: '影響を受けたジャーニーを選ぶ',
    journeys: 'ジャーニー',
    merge: '別のインシデントに統合',
    mergeForGood: '元に戻せません。アラート、記録、恒久対応は統合先に移ります。',
    into: '統合先',
    questionsHeading: (questions) => `未確認：${questions}`,
    questions: {
      lead: '指揮をとる人',
      comms: '連絡を担当する人',
      journeys: '影響を受けたジャーニー',
      impactStarted: '影響が始まった時刻',
      mitigated: '影響が収まった時刻',
      update: '状況報告がまだありません',
      updateOverdue: '次の状況報告が遅れています',
    },
    impact: '影響を受けたジャーニー',
    noImpact: '対象のジャーニーには計測されたイベントがありません。',
    badOf: (bad, valid) => `${valid}件中${bad}件`,
    journey: 'ジャーニー',
    failed: '失敗・遅延',
    share: '予算全体に対して',
    course: '推移',
    ok: '目標内',
    others: 'その他のジャーニー',
    notOk: '目標未達',
    people: '役割',
    roleOf: (role) => `${role}：`,
    nobody: '未定',
    takeOver: '引き受ける',
    handOver: '引き継ぐ',
    role: '役割',
    to: '引き継ぎ先',
    handNote: '次の人に伝えること',
    first: (level, done, of) =>
      `初動対応${level === undefined ? '' : `（レベル${level}）`}：${of}項目中${done}項目完了`,
    noChecklist: 'チェックリストの導入前に始まったインシデントです。',
    tick: '完了',
    untick: '戻す',
    dueAt: '期限',
    byRecord: '記録から自動',
    updates: '状況報告',
    noUpdate: 'まだ状況報告はありません。',
    nextAt: '次の報告期限',
    late: '期限超過',
    nothingOwed: '次の報告予定はありません。',
    say: '状況を報告する',
    update: '今の状況（詳しくない人にもわかるように）',
    next: '次の報告まで',
    nextUsual: '通常どおり',
    nextOff: '不要',
  },
}
