import type { AskState } from '@tabiji/core/report'
import type { Language } from './language.ts'

/** What readers are asked to decide, and what became of what they were asked before. */
export type DecisionWords = {
  readonly heading: string
  readonly none: string
  readonly key: string
  readonly decision: string
  readonly why: string
  readonly journey: string
  readonly owner: string
  readonly due: string
  readonly state: string
  readonly answer: string
  /** The table of what the month before asked. */
  readonly before: string
  readonly states: { readonly [state in AskState]: string }
}

export const DECISION_WORDS: Readonly<Record<Language, DecisionWords>> = {
  en: {
    heading: 'Decisions asked',
    none: 'No decision is asked this month.',
    key: 'Ask',
    decision: 'Decision',
    why: 'Why',
    journey: 'Journey',
    owner: 'Owner',
    due: 'By',
    state: 'State',
    answer: 'Answer',
    before: 'Asked last month',
    states: { open: 'open', agreed: 'agreed', declined: 'declined', done: 'done' },
  },
  ja: {
    heading: 'お願いしたい判断',
    none: '当月、お願いしたい判断はありません。',
    key: '番号',
    decision: '内容',
    why: '理由',
    journey: 'ジャーニー',
    owner: '担当',
    due: '期限',
    state: '状況',
    answer: '回答',
    before: '前月のお願いの状況',
    states: { open: '未回答', agreed: '承認', declined: '見送り', done: '完了' },
  },
}
