import type { Title } from '../journey/index.ts'

/** What ticks itself from the record: runbooks that were read, a drill or an incident that somebody took part in, or led. */
export const PRACTICE_AUTOS = ['runbooks', 'joined-drill', 'joined-incident', 'led-drill', 'led-incident'] as const
export type PracticeAuto = (typeof PRACTICE_AUTOS)[number]

/** One thing that a new member does before they are on call alone. */
export type PracticeItem = {
  /** What it is ticked by: small letters, digits, hyphens. */
  readonly id: string
  readonly text: Title
  /** An address that helps to do it. */
  readonly link?: string
  readonly auto?: PracticeAuto
}

/** What a page shows at a glance. */
export const PRACTICE_LIMIT = { text: 120, items: 40 } as const

/** What a new member does where nobody wrote a list of their own. */
export const DEFAULT_PRACTICE: readonly PracticeItem[] = [
  {
    id: 'access',
    text: {
      en: 'Be able to use the pager, the chat and the dashboards',
      ja: 'ページャー・チャット・ダッシュボードを使えるようにする',
    },
  },
  {
    id: 'runbooks',
    text: { en: 'Read the runbooks of your journeys', ja: '担当するジャーニーの手順書を読む' },
    auto: 'runbooks',
  },
  { id: 'join-drill', text: { en: 'Take part in a drill', ja: '訓練に参加する' }, auto: 'joined-drill' },
  {
    id: 'shadow',
    text: {
      en: 'Shadow an incident: follow it beside whoever leads, and write on its timeline',
      ja: '障害対応に同行する(指揮者のそばで見て、タイムラインに記録する)',
    },
    auto: 'joined-incident',
  },
  { id: 'lead-drill', text: { en: 'Lead a drill', ja: '訓練で指揮を執る' }, auto: 'led-drill' },
]
