import type { FixState, FixTransition } from '@tabiji/core/fix'
import type { Language } from '@tabiji/report'

/** The board of permanent fixes, and the page of one. */
export type FixesWords = {
  readonly heading: string
  readonly emptyColumn: string
  readonly none: string
  readonly noneHow: string
  readonly overdue: (n: number, days: string) => string
  readonly due: (date: string) => string
  readonly doneOn: (date: string) => string
  readonly acceptedUntil: (date: string) => string
  readonly noOwner: string
  readonly moved: (n: number) => string
  readonly gone: string
  readonly ticket: string
  readonly state: string
  readonly states: Readonly<Record<FixState, string>>
  readonly facts: string
  readonly kind: string
  readonly journey: string
  readonly incident: string
  readonly cause: string
  readonly owner: string
  readonly firstDue: string
  readonly currentDue: string
  readonly blockedBecause: string
  readonly history: string
  readonly transitions: Readonly<Record<FixTransition['type'], string>>
  readonly act: string
  readonly done: string
  readonly block: string
  readonly unblock: string
  readonly assign: string
  readonly move: string
  readonly accept: string
  readonly approver: string
  readonly until: string
  readonly drop: string
  readonly reopen: string
  readonly undrop: string
  readonly edit: string
  readonly splitOf: string
  readonly mergedInto: string
  readonly split: string
  readonly splitMeans: string
  readonly merge: string
  readonly mergeMeans: string
  readonly into: string
  readonly title: string
  readonly unchanged: string
  readonly moveKeeps: string
  readonly ofTracker: (tracker: string) => string
  readonly ticketIn: (tracker: string) => string
  readonly reason: string
  readonly view: (tracker: string, at: string) => string
  readonly viewFailing: (tracker: string, at: string) => string
  readonly viewNever: (tracker: string) => string
  /** `shown` is the number as it is written. */
  readonly notRead: (tracker: string, count: number, shown: string) => string
  readonly notCounted: (tracker: string, count: number, shown: string) => string
}

export const FIXES_WORDS: Readonly<Record<Language, FixesWords>> = {
  en: {
    heading: 'Permanent fixes',
    emptyColumn: 'None.',
    none: 'No fixes yet. A fix is what keeps an incident from coming back; each has an owner and a date.',
    noneHow: 'Add one to an incident, or have them read from a tracker: see the guide on fixes.',
    overdue: (n, days) => (n === 1 ? 'overdue 1 day' : `overdue ${days} days`),
    due: (date) => `due ${date}`,
    doneOn: (date) => `done ${date}`,
    acceptedUntil: (date) => `accepted until ${date}`,
    noOwner: 'no owner',
    moved: (n) => (n === 1 ? 'postponed once' : `postponed ${n} times`),
    gone: 'its ticket is gone',
    ticket: 'Ticket',
    state: 'State',
    states: { open: 'open', done: 'done', dropped: 'dropped', accepted: 'risk accepted', merged: 'merged' },
    facts: 'What is known',
    kind: 'Kind',
    journey: 'Journey',
    incident: 'Incident',
    cause: 'Cause',
    owner: 'Owner',
    firstDue: 'First due',
    currentDue: 'Due now',
    blockedBecause: 'Blocked because',
    history: 'History',
    transitions: {
      added: 'added',
      done: 'done',
      reopened: 'reopened',
      moved: 'date changed',
      dropped: 'dropped',
      undropped: 'taken up again',
      accepted: 'risk accepted',
      expired: 'acceptance ended',
      blocked: 'blocked',
      unblocked: 'unblocked',
      assigned: 'assigned',
      retitled: 'title changed',
      reclassified: 'classified anew',
      linked: 'ticket linked',
      merged: 'merged into another',
      absorbed: 'goes on for another, too',
    },
    act: 'Change it',
    done: 'Done',
    block: 'Block',
    unblock: 'Unblock',
    assign: 'Give to',
    move: 'Change the date',
    accept: 'Accept the risk',
    approver: 'Approved by',
    until: 'Until',
    drop: 'Drop',
    reopen: 'Reopen',
    undrop: 'Take up again',
    edit: 'Describe it anew',
    splitOf: 'A part of',
    mergedInto: 'Merged into',
    split: 'Split a part off',
    splitMeans: 'The part is a fix of its own, and is owed since this one is.',
    merge: 'It is the same as another',
    mergeMeans: 'The other one goes on for both, and is owed since the older of the two.',
    into: 'Which one goes on',
    title: 'What is done',
    unchanged: 'as it is',
    moveKeeps: 'The first date stays, and the report counts by it.',
    ofTracker: (tracker) =>
      `Its state, owner and title are kept in ${tracker} and read from there: change them in the ticket.`,
    ticketIn: (tracker) => `Create a ticket in ${tracker}`,
    reason: 'Reason',
    view: (tracker, at) => `${tracker} was read at ${at}.`,
    viewFailing: (tracker, at) => `${tracker} cannot be read; this is how it stood at ${at}.`,
    viewNever: (tracker) => `${tracker} was never read yet.`,
    notRead: (tracker, count, shown) =>
      `${shown} ${count === 1 ? 'ticket' : 'tickets'} of ${tracker} cannot be read (why: tabiji fix list):`,
    notCounted: (tracker, count, shown) =>
      `${shown} ${count === 1 ? 'ticket' : 'tickets'} of ${tracker} may be known already and ${count === 1 ? 'is' : 'are'} not counted until somebody says so (how: tabiji fix list):`,
  },
  ja: {
    heading: '恒久対応',
    emptyColumn: 'なし',
    none: '恒久対応はまだありません。恒久対応とは、同じ障害を繰り返さないための対応で、担当者と期限を持ちます。',
    noneHow: 'インシデントの画面から追加するか、チケット管理から読み込みます（ガイド「fixes」を参照）。',
    overdue: (_, days) => `期限超過${days}日`,
    due: (date) => `期限${date}`,
    doneOn: (date) => `${date}完了`,
    acceptedUntil: (date) => `${date}まで受容`,
    noOwner: '担当者なし',
    moved: (n) => `延期${n}回`,
    gone: 'チケットがありません',
    ticket: 'チケット',
    state: '状態',
    states: { open: '未完了', done: '完了', dropped: '取り下げ', accepted: 'リスク受容', merged: '統合済み' },
    facts: '内容',
    kind: '種類',
    journey: 'ジャーニー',
    incident: 'インシデント',
    cause: '要因',
    owner: '担当',
    firstDue: '当初の期限',
    currentDue: '現在の期限',
    blockedBecause: '待ちの理由',
    history: '履歴',
    transitions: {
      added: '追加',
      done: '完了',
      reopened: '再開',
      moved: '期限変更',
      dropped: '取り下げ',
      undropped: '取り下げの撤回',
      accepted: 'リスク受容',
      expired: '受容期間の終了',
      blocked: '待ち',
      unblocked: '待ちの解除',
      assigned: '担当変更',
      retitled: 'タイトル変更',
      reclassified: '分類変更',
      linked: 'チケット連携',
      merged: '別の恒久対応に統合',
      absorbed: '別の恒久対応を引き継ぎ',
    },
    act: '操作',
    done: '完了にする',
    block: '待ちにする',
    unblock: '待ちを解除',
    assign: '担当を決める',
    move: '期限を変更',
    accept: 'リスクを受容',
    approver: '承認者',
    until: 'いつまで',
    drop: '取り下げる',
    reopen: '再開する',
    undrop: '対応を再開する',
    edit: '内容を変更',
    splitOf: '分割元',
    mergedInto: '統合先',
    split: '一部を分割する',
    splitMeans: '分割した部分は独立した恒久対応になり、発生日は元の恒久対応を引き継ぎます。',
    merge: '別の恒久対応と同じ',
    mergeMeans: '統合先がまとめて引き継ぎます。発生日は古いほうになります。',
    into: '統合先',
    title: '対応内容',
    unchanged: '変更しない',
    moveKeeps: '当初の期限は残り、レポートは当初の期限で集計します。',
    ofTracker: (tracker) => `状態・担当者・件名は${tracker}が正本です。チケット側で変更してください。`,
    ticketIn: (tracker) => `${tracker}にチケットを作成`,
    reason: '理由',
    view: (tracker, at) => `${tracker}は${at}に読み取りました。`,
    viewFailing: (tracker, at) => `${tracker}を読み取れません。${at}時点の内容です。`,
    viewNever: (tracker) => `${tracker}はまだ読み取れていません。`,
    notRead: (tracker, _, shown) => `${tracker}のチケット${shown}件を読み取れません（理由：tabiji fix list）：`,
    notCounted: (tracker, _, shown) =>
      `${tracker}のチケット${shown}件は、既知の恒久対応と同じかどうかが分からないため、集計に含めていません（確認方法：tabiji fix list）：`,
  },
}
