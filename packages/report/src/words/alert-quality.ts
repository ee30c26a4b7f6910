import type { Language } from './language.ts'

type Labels<Name extends string> = { readonly [name in Name]: string }

/** Whether what rang was worth it. */
export type AlertQualityWords = Labels<
  'heading' | 'actedOn' | 'noise' | 'judgedNoise' | 'atNight' | 'silences' | 'reason' | 'number' | 'time' | 'alerts'
> & {
  readonly acted: (n: number, fired: string, acted: string) => string
  readonly night: (n: number, pages: string) => string
}

export const ALERT_QUALITY_WORDS: Readonly<Record<Language, AlertQualityWords>> = {
  en: {
    heading: 'Alert quality',
    actedOn: 'Acted on',
    noise: 'Not acted on',
    judgedNoise: 'Judged noise',
    atNight: 'At night',
    silences: 'What was kept quiet',
    reason: 'Reason',
    number: 'Silences',
    time: 'For',
    alerts: 'Alerts concerned',
    acted: (n, fired, acted) =>
      `Of ${fired} ${n === 1 ? 'alert' : 'alerts'} of level 1 and 2, ${acted} led somebody to act.`,
    night: (n, pages) => `${pages} ${n === 1 ? 'page came' : 'pages came'} between 22:00 and 07:00.`,
  },
  ja: {
    heading: 'アラートの質',
    actedOn: '対応あり',
    noise: '対応なし',
    judgedNoise: 'ノイズと判断',
    atNight: '夜間',
    silences: '通知を止めた理由',
    reason: '理由',
    number: '件数',
    time: '合計時間',
    alerts: '対象のアラート',
    acted: (_, fired, acted) => `レベル1と2のアラート${fired}件のうち、${acted}件で対応が行われました。`,
    night: (_, pages) => `夜間（22時〜7時）の呼び出しは${pages}件でした。`,
  },
}
