import type { DigestPeriod } from '@tabiji/core/alert'

/** What is told of many alerts together. */
export type DigestWords = {
  /** @param team absent: of everybody who has no desk of their own */
  readonly title: (period: DigestPeriod, team: string | undefined, day: string, open: string) => string
  /** How many are open, became a page, are over. */
  readonly lead: (period: DigestPeriod, open: string, paged: string, over: string) => string
  readonly burning: (rate: string) => string
  readonly left: (left: string) => string
  readonly since: (stamp: string) => string
  readonly recovered: (stamp: string, lasted: string) => string
  readonly withdrawn: (stamp: string) => string
  readonly page: (episode: string) => string
  readonly taken: (by: string) => string
  readonly runbook: (runbook: string) => string
  readonly more: (count: string) => string
  readonly late: (dueAt: string) => string
  readonly early: (by: string | undefined) => string
  readonly first: string
}

export const DIGEST_EN: DigestWords = {
  title: (period, team, day, open) =>
    `${period === 'day' ? '◆ LEVEL 2' : '● LEVEL 3, the week'} · ${team === undefined ? '' : `${team}, `}${day}: ${open} open`,
  lead: (period, open, paged, over) =>
    `${period === 'day' ? 'What waited for this business day' : 'What was made known this week'}: ${open} open, ${over} over by themselves${paged === '0' ? '' : `, ${paged} became a page meanwhile`}.`,
  burning: (rate) => `${rate} times the budget’s pace`,
  left: (left) => `budget left ${left}`,
  since: (stamp) => `since ${stamp}`,
  recovered: (stamp, lasted) => `recovered by itself after ${lasted}, began ${stamp}`,
  withdrawn: (stamp) => `its rule is gone, began ${stamp}`,
  page: (episode) => `became a page: ${episode}`,
  taken: (by) => `${by} has it`,
  runbook: (runbook) => `runbook ${runbook}`,
  more: (count) => `and ${count} more: tabiji alerts list`,
  late: (dueAt) => `This comes late: it was due on ${dueAt}.`,
  early: (by) => (by === undefined ? 'Asked for before its time.' : `Asked for by ${by} before its time.`),
  first: 'Today: say who takes each one, and find the cause before it becomes a level 1.',
}

export const DIGEST_JA: DigestWords = {
  title: (period, team, day, open) =>
    `${period === 'day' ? '◆ レベル2' : '● レベル3(週次)'}・${team === undefined ? '' : `${team}・`}${day}:未解決${open}件`,
  lead: (period, open, paged, over) =>
    `${period === 'day' ? '今営業日まで保留していたアラート' : '今週周知したアラート'}:未解決${open}件、自然に解消${over}件${paged === '0' ? '' : `、うちレベル1に昇格${paged}件`}。`,
  burning: (rate) => `バジェット消費ペースの${rate}倍`,
  left: (left) => `バジェット残${left}`,
  since: (stamp) => `${stamp}から継続中`,
  recovered: (stamp, lasted) => `${lasted}で自然に解消(発生${stamp})`,
  withdrawn: (stamp) => `ルール削除により終了(発生${stamp})`,
  page: (episode) => `レベル1に昇格:${episode}`,
  taken: (by) => `${by}が対応中`,
  runbook: (runbook) => `手順書 ${runbook}`,
  more: (count) => `ほか${count}件(tabiji alerts list)`,
  late: (dueAt) => `遅れて届いています。本来の予定は${dueAt}でした。`,
  early: (by) => (by === undefined ? '予定より早く送信しました。' : `${by}の依頼により、予定より早く送信しました。`),
  first: '今日中に:それぞれの担当者を決め、レベル1になる前に原因を突き止めてください。',
}
