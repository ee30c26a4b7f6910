import type { Language } from './language.ts'

type Labels<Name extends string> = { readonly [name in Name]: string }

/** What was practised. */
export type DrillWords = Labels<
  'heading' | 'none' | 'key' | 'journey' | 'level' | 'what' | 'began' | 'rang' | 'told' | 'taken' | 'over'
> & {
  readonly held: (n: number, drills: string) => string
  readonly heldOf: (n: number, drills: string, planned: string) => string
  readonly coverage: (practised: string, journeys: string) => string
}

export const DRILL_WORDS: Readonly<Record<Language, DrillWords>> = {
  en: {
    heading: 'Drills',
    none: 'No drill was held this month.',
    key: 'Drill',
    journey: 'Journey',
    level: 'Level',
    what: 'What was practised',
    began: 'Began',
    rang: 'Rang after',
    told: 'Told after',
    taken: 'Taken after',
    over: 'Over after',
    held: (n, drills) => `${drills} ${n === 1 ? 'drill was' : 'drills were'} held.`,
    heldOf: (n, drills, planned) => `${drills} ${n === 1 ? 'drill was' : 'drills were'} held of ${planned} planned.`,
    coverage: (practised, journeys) => `Of ${journeys} journeys of tier 1, ${practised} were practised in 90 days.`,
  },
  ja: {
    heading: '障害訓練',
    none: '当月の訓練はありませんでした。',
    key: '訓練',
    journey: 'ジャーニー',
    level: 'レベル',
    what: '内容',
    began: '開始',
    rang: '発報まで',
    told: '通知まで',
    taken: '対応開始まで',
    over: '終了まで',
    held: (_, drills) => `訓練を${drills}回実施しました。`,
    heldOf: (_, drills, planned) => `計画${planned}回のうち訓練を${drills}回実施しました。`,
    coverage: (practised, journeys) =>
      `Tier 1のジャーニー${journeys}件のうち、直近90日で${practised}件を訓練しました。`,
  },
}
