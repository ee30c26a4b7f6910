import type { PostmortemLanguage } from './language.ts'

export type PostmortemWords = {
  readonly sections: readonly [
    summary: string,
    impact: string,
    timeline: string,
    causes: string,
    lessons: string,
    fixes: string,
    follow: string,
  ]
  readonly lessons: readonly [well: string, badly: string, lucky: string]
  readonly decisions: string
  readonly times: string
  readonly level: (level: number) => string
  readonly opened: (title: string, journeys: string) => string
  readonly noJourneys: string
  readonly moments: Readonly<Record<string, string>>
  readonly spans: Readonly<Record<'ttd' | 'tta' | 'ttm' | 'ttr', string>>
  readonly minutes: (count: number) => string
  readonly unknown: string
  readonly impactHead: string
  readonly noImpact: string
  readonly between: (from: string, to: string) => string
  readonly noTimeline: string
  /** Above the lines without a star. */
  readonly otherLines: string
  readonly moreLines: (count: number, incident: string) => string
  readonly picture: (effect: string) => string
  readonly noDecisions: string
  readonly fixHead: string
  readonly noFixes: string
  readonly follow: (date: string) => string
  readonly followOpen: string
  /** What people fill in, by place. */
  readonly write: Readonly<Record<'summary' | 'well' | 'badly' | 'lucky' | 'verify', string>>
}

const en: PostmortemWords = {
  sections: [
    'Summary',
    'Impact',
    'Timeline',
    'Causes',
    'What went well, badly, and where we were lucky',
    'Permanent fixes',
    'Follow-up after 30 days',
  ],
  lessons: ['Went well', 'Went badly', 'Lucky'],
  decisions: 'Decisions',
  times: 'Times',
  level: (level) => `level ${level}`,
  opened: (title, journeys) => `${title}. Hurt: ${journeys}.`,
  noJourneys: 'no journey was named',
  moments: {
    impactStarted: 'Impact began',
    detected: 'Detected',
    delivered: 'First notification delivered',
    acknowledged: 'Acknowledged',
    mitigated: 'Mitigated',
    resolved: 'Resolved',
  },
  spans: { ttd: 'To detection', tta: 'To acknowledgement', ttm: 'To mitigation', ttr: 'To resolution' },
  minutes: (count) => `${count} min`,
  unknown: 'not known',
  impactHead: '| Objective | Failed | Of | Share | Of its whole budget |',
  noImpact: 'The record has no numbers for this incident.',
  between: (from, to) => `From ${from} to ${to}, counted in the ledger:`,
  noTimeline: 'The record has no lines.',
  otherLines: 'Everything else:',
  moreLines: (count, incident) => `${count} more: \`tabiji incident timeline ${incident}\``,
  picture: (effect) => `Fishbone of the causes: ${effect}`,
  noDecisions: 'No decision was recorded.',
  fixHead: '| Fix | What | Kind | Owner | Due | State | Cause |',
  noFixes: 'No fix was recorded yet.',
  follow: (date) => `On ${date}: did it come back? Are the fixes done, and did they help?`,
  followOpen: '30 days after it is resolved: did it come back?',
  write: {
    summary: 'what happened, what users saw, what ended it: three sentences',
    well: 'what went well',
    badly: 'what went badly',
    lucky: 'where luck helped',
    verify: 'how we will know that the fixes worked',
  },
}

const ja: PostmortemWords = {
  sections: ['概要', '影響', 'タイムライン', '要因', 'よかった点・課題・幸運', '恒久対応', '30 日後の確認'],
  lessons: ['よかった点', '課題', '幸運だった点'],
  decisions: '判断',
  times: '時刻',
  level: (level) => `レベル ${level}`,
  opened: (title, journeys) => `${title}。影響を受けたジャーニー：${journeys}。`,
  noJourneys: '記録なし',
  moments: {
    impactStarted: '影響開始',
    detected: '検知',
    delivered: '最初の通知の到達',
    acknowledged: '対応開始',
    mitigated: '緩和',
    resolved: '解決',
  },
  spans: { ttd: '検知まで', tta: '対応開始まで', ttm: '緩和まで', ttr: '解決まで' },
  minutes: (count) => `${count} 分`,
  unknown: '不明',
  impactHead: '| 目標 | 失敗 | 全体 | 割合 | 予算全体に対する割合 |',
  noImpact: 'このインシデントの数値は記録にありません。',
  between: (from, to) => `${from} から ${to} まで（台帳の集計）：`,
  noTimeline: '記録された行はありません。',
  otherLines: 'その他の記録：',
  moreLines: (count, incident) => `ほか ${count} 件：\`tabiji incident timeline ${incident}\``,
  picture: (effect) => `特性要因図：${effect}`,
  noDecisions: '判断の記録はありません。',
  fixHead: '| 対応 | 内容 | 種類 | 担当 | 期限 | 状態 | 要因 |',
  noFixes: '恒久対応はまだ記録されていません。',
  follow: (date) => `${date} に確認：再発していないか。恒久対応は完了し、効果があったか。`,
  followOpen: '解決から 30 日後に確認：再発していないか。',
  write: {
    summary: '何が起き、利用者に何が見え、何で収まったか（3 文）',
    well: 'よかった点',
    badly: '課題',
    lucky: '幸運に助けられた点',
    verify: '恒久対応の効果をどう確かめるか',
  },
}

export const POSTMORTEM_WORDS: Readonly<Record<PostmortemLanguage, PostmortemWords>> = { en, ja }

/** What nobody has written yet; a postmortem with one of them is not published. */
export function placeholder(text: string): string {
  return `⟪${text}⟫`
}
