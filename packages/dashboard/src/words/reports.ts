import type { AskState } from '@tabiji/core/report'
import type { Language } from '@tabiji/report'

/** Monthly reports: their list, and the life of one. */
export type ReportsWords = {
  readonly heading: string
  readonly none: string
  readonly month: string
  readonly state: string
  readonly issued: (revision: string, date: string, by: string | undefined) => string
  readonly draft: string
  readonly draftAt: (at: string) => string
  readonly noDraft: string
  readonly missing: (n: number) => string
  readonly missingHeading: string
  readonly nothingMissing: string
  readonly owes: (journey: string, owner: string | undefined) => string
  readonly files: string
  readonly draftFiles: string
  readonly revisions: string
  readonly revision: string
  readonly why: string
  readonly changed: string
  readonly hash: string
  readonly write: string
  readonly comment: string
  readonly journey: string
  readonly text: string
  readonly headline: string
  readonly ask: string
  readonly askText: string
  readonly owner: string
  readonly due: string
  readonly save: string
  readonly redraft: string
  readonly issue: string
  readonly reissue: string
  readonly reason: string
  readonly reasonIfMissing: string
  readonly partMonth: string
  readonly withPeople: string
  readonly canChange: string
  readonly asks: string
  readonly noAsks: string
  readonly askStates: Readonly<Record<AskState, string>>
  readonly answer: string
}

export const REPORTS_WORDS: Readonly<Record<Language, ReportsWords>> = {
  en: {
    heading: 'Reports',
    none: 'No reports yet. The first draft is made in the night after the first whole day.',
    month: 'Month',
    state: 'State',
    issued: (revision, date, by) => `issued as r${revision} on ${date}${by === undefined ? '' : ` by ${by}`}`,
    draft: 'draft',
    draftAt: (at) => `made ${at}; numbers can still change`,
    noDraft: 'No draft was made yet.',
    missing: (n) => (n === 1 ? '1 comment is missing' : `${n} comments are missing`),
    missingHeading: 'Missing before it is issued',
    nothingMissing: 'Nothing is missing.',
    owes: (journey, owner) =>
      owner === undefined ? `a comment on ${journey}` : `a comment on ${journey}, by ${owner}`,
    files: 'As it was issued',
    draftFiles: 'As it would be now',
    revisions: 'Revisions',
    revision: 'Revision',
    why: 'Why',
    changed: 'Figures that differ',
    hash: 'SHA-256 of the facts',
    write: 'Write for it',
    comment: 'Comment on a journey',
    journey: 'Journey',
    text: 'Text',
    headline: 'Headline',
    ask: 'Ask for a decision',
    askText: 'What should be decided',
    owner: 'Who does it',
    due: 'By',
    save: 'Keep',
    redraft: 'Make the draft anew',
    issue: 'Issue',
    reissue: 'Issue again',
    reason: 'Reason',
    reasonIfMissing: 'Reason, where something is missing',
    partMonth: 'The month is not over, and that is meant so',
    withPeople: 'Call people by name',
    canChange: 'What is issued stays as it is, byte by byte; another revision tells what differs.',
    asks: 'Decisions asked',
    noAsks: 'No decision is open.',
    askStates: { open: 'open', agreed: 'agreed', declined: 'declined', done: 'done' },
    answer: 'Answer',
  },
  ja: {
    heading: 'レポート',
    none: 'レポートはまだありません。最初の下書きは、丸1日分のデータがそろった夜に作成されます。',
    month: '月',
    state: '状態',
    issued: (revision, date, by) => `確定版r${revision}（${date}${by === undefined ? '' : `、${by}`}）`,
    draft: '下書き',
    draftAt: (at) => `${at}作成。数値は変わることがあります`,
    noDraft: '下書きはまだありません。',
    missing: (n) => `コメント${n}件が未記入`,
    missingHeading: '確定前に必要なもの',
    nothingMissing: '不足はありません。',
    owes: (journey, owner) => (owner === undefined ? `${journey}のコメント` : `${journey}のコメント（${owner}）`),
    files: '確定版のファイル',
    draftFiles: '現時点の下書き',
    revisions: '版',
    revision: '版',
    why: '理由',
    changed: '変わった数値',
    hash: '事実データのSHA-256',
    write: '記入する',
    comment: 'ジャーニーへのコメント',
    journey: 'ジャーニー',
    text: '本文',
    headline: '見出し',
    ask: '判断を依頼する',
    askText: '決めてほしいこと',
    owner: '実施者',
    due: '期限',
    save: '保存',
    redraft: '下書きを作り直す',
    issue: '確定する',
    reissue: '再発行する',
    reason: '理由',
    reasonIfMissing: '不足があるまま確定する理由',
    partMonth: '月の途中であることを承知で確定する',
    withPeople: '氏名を載せる',
    canChange: '確定版は1バイトも変わりません。再発行した版には変更点の表が付きます。',
    asks: 'お願いしている判断',
    noAsks: '未決の判断はありません。',
    askStates: { open: '未決', agreed: '承認', declined: '見送り', done: '完了' },
    answer: '回答',
  },
}
