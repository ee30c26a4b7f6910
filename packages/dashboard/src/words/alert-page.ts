import type { Language } from '@tabiji/report'

type Unit = 'minutes' | 'hours' | 'days'
type Indicator = 'availability' | 'latency' | 'experience'

/** The page of one alert, besides the words of the board. */
export type AlertPageWords = {
  /** The last so many of a unit, as it stands in the sentence below. */
  readonly last: (n: number, unit: Unit) => string
  readonly burned: (said: {
    readonly journey: string
    readonly indicator: Indicator | undefined
    readonly share: string
    readonly long: string
    readonly pace: string
    readonly short: string
    readonly limit: string
  }) => string
  readonly takeFor: string
  readonly backWithNote: string
  readonly when: string
  readonly answered: (who: string | undefined, via: string | undefined, after: string) => string
  readonly unanswered: string
  readonly tried: (n: number, count: string) => string
  readonly noise: string
  readonly notNoise: string
  readonly noiseReason: string
  readonly noiseMeans: string
  readonly judged: (who: string | undefined, reason: string) => string
}

const DONE_EN = { availability: 'failed', latency: 'were too slow', experience: 'failed or were too slow' } as const
const DONE_JA = { availability: '失敗', latency: '遅延', experience: '失敗または遅延' } as const

export const ALERT_PAGE_WORDS: Readonly<Record<Language, AlertPageWords>> = {
  en: {
    last: (n, unit) => (n === 1 ? `the last ${unit.slice(0, -1)}` : `the last ${n} ${unit}`),
    burned: ({ journey, indicator, share, long, pace, short, limit }) =>
      `In ${long} ${share} of “${journey}” ${indicator === undefined ? 'were bad' : DONE_EN[indicator]}, ${pace} times faster than the budget allows, and ${short} agree. It rings above ${limit} times.`,
    takeFor: 'Take it for a time',
    backWithNote: 'Give it back with a note',
    when: 'When',
    answered: (who, via, after) =>
      `Answered${who === undefined ? '' : ` by ${who}`}${via === undefined ? '' : ` (${via})`}, ${after} after it rang.`,
    unanswered: 'Nobody has answered yet.',
    tried: (n, count) => (n === 1 ? '1 try' : `${count} tries`),
    noise: 'Close as noise',
    notNoise: 'It was no noise after all',
    noiseReason: 'Why nobody had to act',
    noiseMeans: 'It goes on until its rule ends it, and nobody is reminded of it. The report counts it.',
    judged: (who, reason) => `Judged to be noise${who === undefined ? '' : ` by ${who}`}: ${reason}`,
  },
  ja: {
    last: (n, unit) => `直近${n}${{ minutes: '分', hours: '時間', days: '日間' }[unit]}`,
    burned: ({ journey, indicator, share, long, pace, short, limit }) =>
      `${long}に「${journey}」の${share}が${indicator === undefined ? '不良' : DONE_JA[indicator]}となり、エラーバジェットの許容ペースの${pace}倍でした。${short}も同じ傾向です（${limit}倍を超えると発報）。`,
    takeFor: '期間を決めて対応する',
    backWithNote: 'メモを残して対応を戻す',
    when: '時刻',
    answered: (who, via, after) =>
      `${who === undefined ? '' : `${who}が`}${via === undefined ? '' : `${via}から`}応答（発報から${after}）`,
    unanswered: 'まだ応答はありません。',
    tried: (_, count) => `試行${count}回`,
    noise: 'ノイズとして処理',
    notNoise: 'ノイズの判断を取り消す',
    noiseReason: '対応が不要だった理由',
    noiseMeans: 'アラートはルールの条件が解消するまで続きますが、催促は止まります。件数はレポートに載ります。',
    judged: (who, reason) => `ノイズと判断${who === undefined ? '' : `（${who}）`}：${reason}`,
  },
}
