import type { PostmortemDuty } from '@tabiji/core/postmortem'
import type { Language } from '@tabiji/report'

/** The year of reports, and what one month goes through until it is issued. */
export type ReportMonthWords = {
  readonly year: (year: string) => string
  readonly earlier: string
  readonly later: string
  readonly monthOf: (month: number) => string
  readonly noneOf: string
  readonly postmortems: (n: number, count: string) => string
  readonly incidents: (n: number, count: string) => string
  readonly owedPostmortem: (incident: string, state: string, due: string) => string
  readonly postmortemStates: Readonly<Record<PostmortemDuty['state'], string>>
  readonly openIncident: (title: string) => string
  readonly steps: string
  readonly one: string
  readonly two: string
  readonly three: string
  readonly four: string
  readonly comments: string
  readonly noComment: string
  readonly owed: string
  readonly writeIt: string
  readonly writeAnew: string
  readonly headline: string
  readonly computed: string
  readonly take: string
  readonly preview: string
  readonly tell: string
  readonly tellHow: (month: string) => string
  readonly changed: (from: string, to: string) => string
  readonly figure: string
  readonly before: string
  readonly after: string
  readonly more: (count: string) => string
  readonly nothingChanged: string
  readonly format: string
  readonly languages: Readonly<Record<Language, string>>
  readonly both: string
  readonly downloads: string
}

export const REPORT_MONTH_WORDS: Readonly<Record<Language, ReportMonthWords>> = {
  en: {
    year: (year) => year,
    earlier: 'earlier',
    later: 'later',
    monthOf: (month) =>
      ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][month - 1] ?? '',
    noneOf: 'no report',
    postmortems: (n, count) => (n === 1 ? '1 postmortem' : `${count} postmortems`),
    incidents: (n, count) => (n === 1 ? '1 incident is open' : `${count} incidents are open`),
    owedPostmortem: (incident, state, due) => `the postmortem of ${incident} (${state}, due ${due})`,
    postmortemStates: { missing: 'not begun', draft: 'draft', inReview: 'in review', published: 'published' },
    openIncident: (title) => `an incident that is still open: ${title}`,
    steps: 'From draft to issue',
    one: '1. What is missing',
    two: '2. What is written',
    three: '3. Look at it',
    four: '4. Issue it',
    comments: 'Comments on journeys',
    noComment: 'no comment',
    owed: 'owed',
    writeIt: 'Write a comment',
    writeAnew: 'Write it anew',
    headline: 'Headline',
    computed: 'The computed sentences stand.',
    take: 'Let the computed ones stand again',
    preview: 'As it would be issued now, marked as a draft:',
    tell: '5. Tell people',
    tellHow: (month) =>
      `The collector does not post reports by itself. Send the file for Slack to a webhook, or write all files beside your pages: tabiji report write ${month}`,
    changed: (from, to) => `What r${to} changed since r${from}`,
    figure: 'Figure',
    before: 'Before',
    after: 'Now',
    more: (count) => `${count} more differ.`,
    nothingChanged: 'No figure differs.',
    format: 'Format',
    languages: { en: 'English', ja: 'Japanese' },
    both: 'Either language',
    downloads: 'Files',
  },
  ja: {
    year: (year) => `${year}年`,
    earlier: '前年',
    later: '翌年',
    monthOf: (month) => `${month}月`,
    noneOf: 'なし',
    postmortems: (_, count) => `ポストモーテム${count}件が未公開`,
    incidents: (_, count) => `インシデント${count}件が未解決`,
    owedPostmortem: (incident, state, due) => `${incident}のポストモーテム（${state}、期限${due}）`,
    postmortemStates: { missing: '未着手', draft: '下書き', inReview: 'レビュー中', published: '公開済み' },
    openIncident: (title) => `未解決のインシデント：${title}`,
    steps: '下書きから確定まで',
    one: '1. 不足しているもの',
    two: '2. 記入する',
    three: '3. 内容を確かめる',
    four: '4. 確定する',
    comments: 'ジャーニーへのコメント',
    noComment: 'コメントなし',
    owed: '要記入',
    writeIt: 'コメントを書く',
    writeAnew: '書き直す',
    headline: '見出し',
    computed: '自動生成の文を使います。',
    take: '自動生成の文に戻す',
    preview: '現時点の内容（下書きの表示付き）：',
    tell: '5. 共有する',
    tellHow: (month) =>
      `レポートの自動投稿は行いません。Slack用ファイルをWebhookに送るか、すべてのファイルを書き出してください：tabiji report write ${month}`,
    changed: (from, to) => `r${from}からr${to}での変更点`,
    figure: '項目',
    before: '変更前',
    after: '変更後',
    more: (count) => `ほか${count}件`,
    nothingChanged: '数値の違いはありません。',
    format: '形式',
    languages: { en: '英語', ja: '日本語' },
    both: '言語共通',
    downloads: 'ファイル',
  },
}
