import type { Level } from '@tabiji/core/journey'

/** What is said of alerts that nobody has, that come and go, or that go on at another level. */
export type ReminderWords = {
  readonly title: {
    readonly unanswered: (level: Level, journey: string, waited: string) => string
    /** @param by who had it, where that is known */
    readonly ackExpired: (level: Level, journey: string, by: string | undefined) => string
    readonly ticket: (level: Level, journey: string, open: string) => string
  }
  readonly lead: {
    readonly unanswered: (waited: string) => string
    readonly ackExpired: (by: string | undefined) => string
    readonly ticket: (open: string) => string
  }
  /** Before the sentence that was told when it rang. */
  readonly when: (sentence: string) => string
  readonly take: (episode: string) => string
  readonly plan: string
  readonly late: (late: string) => string
  readonly flapping: (reopenings: string, quiet: string) => string
  readonly remains: (level: Level, episode: string) => string
  readonly fields: { readonly told: string; readonly unread: string; readonly taken: string }
}

const SIGNS: Readonly<Record<Level, string>> = { 1: '▲', 2: '◆', 3: '●' }

export const REMINDER_EN: ReminderWords = {
  title: {
    unanswered: (level, journey, waited) =>
      `${SIGNS[level]} LEVEL ${level} · ${journey}: nobody has taken it for ${waited}`,
    ackExpired: (level, journey, by) =>
      `${SIGNS[level]} LEVEL ${level} · ${journey}: still rings, and ${by ?? 'who had it'} has it no more`,
    ticket: (level, journey, open) => `${SIGNS[level]} LEVEL ${level} · ${journey}: open for ${open}, make it a ticket`,
  },
  lead: {
    unanswered: (waited) => `It rings, and for ${waited} nobody has said that they have it.`,
    ackExpired: (by) => `The time for which ${by ?? 'somebody'} had taken it is over, and it still rings.`,
    ticket: (open) => `It has been open for ${open}. What lasts so long is work to be planned.`,
  },
  when: (sentence) => `When it rang: ${sentence}`,
  take: (episode) => `Say that you have it: tabiji alerts ack ${episode}`,
  plan: 'Write a ticket with an owner and a date: tabiji fix add',
  late: (late) => `This should have come ${late} ago.`,
  flapping: (reopenings, quiet) =>
    `It came back ${reopenings} times. No more is said of it until it has been quiet for ${quiet}.`,
  remains: (level, episode) => `It goes on at level ${level}: ${episode}`,
  fields: { told: 'Told so far', unread: 'No data since', taken: 'Taken by' },
}

export const REMINDER_JA: ReminderWords = {
  title: {
    unanswered: (level, journey, waited) => `${SIGNS[level]} レベル${level}・${journey}:${waited}たっても対応者なし`,
    ackExpired: (level, journey, by) =>
      `${SIGNS[level]} レベル${level}・${journey}:継続中、${by === undefined ? '' : `${by}の`}対応宣言が期限切れ`,
    ticket: (level, journey, open) =>
      `${SIGNS[level]} レベル${level}・${journey}:${open}継続中、チケット化してください`,
  },
  lead: {
    unanswered: (waited) => `発報から${waited}たちましたが、まだ誰も対応を宣言していません。`,
    ackExpired: (by) => `${by === undefined ? '' : `${by}の`}対応宣言の期限が切れましたが、アラートは続いています。`,
    ticket: (open) => `${open}続いています。ここまで長引くものは、計画して取り組む作業です。`,
  },
  when: (sentence) => `発報時の状況:${sentence}`,
  take: (episode) => `対応する人は宣言してください:tabiji alerts ack ${episode}`,
  plan: '担当者と期限を決めてチケットにしてください(tabiji fix add)。',
  late: (late) => `この通知は${late}遅れています。`,
  flapping: (reopenings, quiet) => `再発が${reopenings}回続いています。${quiet}静かになるまで、次の通知は送りません。`,
  remains: (level, episode) => `レベル${level}としては継続中です:${episode}`,
  fields: { told: '通知済みの宛先', unread: 'データ途絶', taken: '対応' },
}
