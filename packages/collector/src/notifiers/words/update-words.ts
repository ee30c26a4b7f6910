/** What is said when the next update about an incident is due, and a draft of it for customers. */
export type UpdateWords = {
  readonly title: (incident: string, title: string) => string
  /** `who` is asked; nobody, where no role is taken. */
  readonly lead: (who: string | undefined, due: string) => string
  readonly last: string
  readonly never: string
  readonly draft: string
  readonly first: (incident: string) => string
  /** Between names of people. */
  readonly and: string
}

/** Sentences for customers; they are always sent in both languages, because customers read either. */
export type CustomerWords = {
  readonly failing: (journeys: string, since: string) => string
  readonly journey: (title: string) => string
  /** A journey with how many of its requests failed. */
  readonly counted: (title: string, percent: string, bad: string, valid: string) => string
  /** Further journeys that are not named. */
  readonly more: (n: string) => string
  readonly working: string
  readonly mitigated: string
  readonly sorry: string
  readonly and: string
}

export const UPDATE_EN: UpdateWords = {
  title: (incident, title) => `⏰ ${incident} · the next update is due: ${title}`,
  lead: (who, due) =>
    `${who === undefined ? 'Nobody has taken lead or comms.' : `${who}, people wait for your word.`} It was promised for ${due}.`,
  last: 'Last update',
  never: 'none yet',
  draft: 'Draft for customers',
  first: (incident) => `First: tabiji incident update ${incident} "…" --next 30m`,
  and: ', ',
}

export const UPDATE_JA: UpdateWords = {
  title: (incident, title) => `⏰ ${incident}・状況報告の時刻です: ${title}`,
  lead: (who, due) =>
    `${who === undefined ? '指揮・連絡の担当がまだ決まっていません。' : `${who}さん、報告をお願いします。`}予定時刻は${due}です。`,
  last: '前回の報告',
  never: 'まだありません',
  draft: 'お客様向けの文案',
  first: (incident) => `まず tabiji incident update ${incident} "…" --next 30m を実行してください。`,
  and: 'さん、',
}

export const CUSTOMER_EN: CustomerWords = {
  failing: (journeys, since) => `Since ${since} there were problems with: ${journeys}.`,
  journey: (title) => title,
  counted: (title, percent, bad, valid) => `${title} (${percent}, ${bad} of ${valid} requests so far)`,
  more: (n) => `${n} more`,
  working: 'We are working on it and will write again as soon as we know more.',
  mitigated: 'It has been working again since, and we go on watching it.',
  sorry: 'We apologise for the trouble.',
  and: ', ',
}

export const CUSTOMER_JA: CustomerWords = {
  failing: (journeys, since) => `${since}頃から、${journeys}をご利用いただきにくい状態が発生しました。`,
  journey: (title) => `「${title}」`,
  counted: (title, percent, bad, valid) => `「${title}」(これまでに${valid}件中${bad}件、${percent})`,
  more: (n) => `ほか${n}件`,
  working: '現在、原因の調査と復旧作業を進めています。詳しいことが分かり次第、改めてお知らせします。',
  mitigated: '現在は復旧しており、引き続き状況を確認しています。',
  sorry: 'ご迷惑をおかけし、申し訳ございません。',
  and: '、',
}

/** Things to do, in their order. */
export function numbered(items: readonly string[]): string {
  return items.map((item, i) => `${i + 1}. ${item}`).join(' ')
}
