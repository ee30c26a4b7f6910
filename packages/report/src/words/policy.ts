import type { PolicyStep } from '@tabiji/core/report'
import type { Language } from './language.ts'

/** What the error budget says about releases. */
export type PolicyWords = {
  readonly heading: string
  readonly rule: string
  readonly journey: string
  readonly step: string
  readonly since: string
  readonly objective: string
  readonly left: string
  readonly exceptions: string
  readonly reason: string
  readonly by: string
  readonly granted: string
  readonly until: string
  readonly steps: { readonly [step in PolicyStep]: string }
}

export const POLICY_WORDS: Readonly<Record<Language, PolicyWords>> = {
  en: {
    heading: 'Error-budget policy',
    rule: 'By the judged objective with least budget left: releases are free from 25 % on, careful below, and reliability comes first at 0 %.',
    journey: 'Journey',
    step: 'Step',
    since: 'Since',
    objective: 'By objective',
    left: 'Budget left',
    exceptions: 'Exceptions granted',
    reason: 'Reason',
    by: 'Granted by',
    granted: 'On',
    until: 'Until',
    steps: { free: 'free', careful: 'careful', reliability: 'reliability first' },
  },
  ja: {
    heading: 'エラーバジェットポリシーの状況',
    rule: '判定対象のSLOのうち、エラーバジェットの残量が最も少ないもので決まります。25%以上は通常どおり、25%未満は慎重にリリースし、0%以下は信頼性を優先します。',
    journey: 'ジャーニー',
    step: '段階',
    since: '開始日',
    objective: '根拠のSLO',
    left: 'バジェット残量',
    exceptions: '承認された例外',
    reason: '理由',
    by: '承認者',
    granted: '承認日',
    until: '有効期限',
    steps: { free: '通常', careful: '慎重', reliability: '信頼性優先' },
  },
}
