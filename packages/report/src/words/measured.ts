import type { Language } from './language.ts'

/** How much of the month was measured, and by what. */
export type MeasuredWords = {
  readonly completeness: (percent: string) => string
  readonly targets: string
  readonly noTarget: string
  readonly target: (objective: string, before: string, after: string) => string
  /** So many time slots were not read; the share of all that should have been. */
  readonly gap: (journey: string, missing: string, percent: string) => string
}

export const MEASURED_WORDS: Readonly<Record<Language, MeasuredWords>> = {
  en: {
    completeness: (percent) => `Data completeness ${percent}`,
    targets: 'Targets that changed',
    noTarget: 'none',
    target: (objective, before, after) => `${objective}: ${before} → ${after}`,
    gap: (journey, missing, percent) =>
      `${journey}: ${missing} time slots are missing (${percent}); results use the rest.`,
  },
  ja: {
    completeness: (percent) => `データ充足率 ${percent}`,
    targets: '変わった目標値',
    noTarget: 'なし',
    target: (objective, before, after) => `${objective}：${before}→${after}`,
    gap: (journey, missing, percent) =>
      `${journey}：${missing}スロット分のデータ欠損（${percent}）があり、残りで集計しています。`,
  },
}
