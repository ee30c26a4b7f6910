import type { Language } from '@tabiji/report'

/** A runbook beside an incident. */
export type RunbookWords = {
  readonly done: (step: string) => string
  readonly undo: (step: string) => string
  readonly count: (done: string, of: string) => string
  readonly noSteps: string
  readonly source: string
  readonly linkOnly: string
}

export const RUNBOOK_WORDS: Readonly<Record<Language, RunbookWords>> = {
  en: {
    done: (step) => `Done: ${step}`,
    undo: (step) => `Not done after all: ${step}`,
    count: (done, of) => `${done} of ${of} steps done`,
    noSteps: 'no steps to tick',
    source: 'Open the page itself',
    linkOnly: 'The page is kept elsewhere and cannot be shown here.',
  },
  ja: {
    done: (step) => `実施済みにする：${step}`,
    undo: (step) => `実施済みを取り消す：${step}`,
    count: (done, of) => `${of}手順中${done}件実施済み`,
    noSteps: 'チェック項目なし',
    source: '元のページを開く',
    linkOnly: '別の場所にあるため、ここには表示できません。',
  },
}
