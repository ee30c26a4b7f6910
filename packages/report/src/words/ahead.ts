import type { Language } from './language.ts'

type Labels<Name extends string> = { readonly [name in Name]: string }

/** What the next month brings, as far as it is known. */
export type AheadWords = Labels<
  | 'heading'
  | 'none'
  | 'planned'
  | 'when'
  | 'what'
  | 'journeys'
  | 'all'
  | 'drills'
  | 'journey'
  | 'by'
  | 'fixes'
  | 'fix'
  | 'due'
>

export const AHEAD_WORDS: Readonly<Record<Language, AheadWords>> = {
  en: {
    heading: 'Next month',
    none: 'Nothing is planned, and no fix is due.',
    planned: 'Planned',
    when: 'When',
    what: 'What',
    journeys: 'Journeys',
    all: 'all',
    drills: 'Drills that are due',
    journey: 'Journey',
    by: 'By',
    fixes: 'Fixes that are due',
    fix: 'Fix',
    due: 'Due',
  },
  ja: {
    heading: '来月の予定',
    none: '予定も、期限を迎える恒久対応もありません。',
    planned: '予定',
    when: '日時',
    what: '内容',
    journeys: 'ジャーニー',
    all: 'すべて',
    drills: '期限を迎える訓練',
    journey: 'ジャーニー',
    by: '期限',
    fixes: '期限を迎える恒久対応',
    fix: '恒久対応',
    due: '期限',
  },
}
