/** What is said when a postmortem is overdue. */
export type PostmortemReminderWords = {
  readonly title: (incident: string, title: string) => string
  /** `owner` writes it; nobody, where nobody is known. */
  readonly lead: (owner: string | undefined, due: string) => string
  readonly state: string
  readonly states: Readonly<Record<'missing' | 'draft' | 'inReview', string>>
  readonly next: (incident: string) => string
}

export const POSTMORTEM_EN: PostmortemReminderWords = {
  title: (incident, title) => `📝 ${incident} · the postmortem is overdue: ${title}`,
  lead: (owner, due) =>
    `It was due on ${due}. ${owner === undefined ? 'Nobody has it yet.' : `${owner} has it; whoever was there may help.`}`,
  state: 'State',
  states: { missing: 'not begun', draft: 'draft', inReview: 'in review' },
  next: (incident) => `Go on with: tabiji postmortem draft ${incident}`,
}

export const POSTMORTEM_JA: PostmortemReminderWords = {
  title: (incident, title) => `📝 ${incident}・ポストモーテムの期限が過ぎています: ${title}`,
  lead: (owner, due) =>
    `期限は${due}でした。${owner === undefined ? '担当者はまだ決まっていません。' : `担当は${owner}さんです。対応に加わった方も、ご協力をお願いします。`}`,
  state: '状態',
  states: { missing: '未着手', draft: '下書き', inReview: 'レビュー中' },
  next: (incident) => `続きは tabiji postmortem draft ${incident} から進められます。`,
}
