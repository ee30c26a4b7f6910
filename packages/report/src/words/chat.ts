import type { Language } from './language.ts'

/** What a summary for a chat says beside the sentences that it takes from the report. */
export type ChatWords = {
  readonly against: (result: string, target: string) => string
  readonly further: (n: number, journeys: string) => string
  readonly open: string
}

export const CHAT_WORDS: Readonly<Record<Language, ChatWords>> = {
  en: {
    against: (result, target) => `${result} against ${target}`,
    further: (n, journeys) =>
      n === 1 ? `${journeys} further journey is in the report.` : `${journeys} further journeys are in the report.`,
    open: 'Open the report',
  },
  ja: {
    against: (result, target) => `実績${result}／目標${target}`,
    further: (_, journeys) => `ほか${journeys}件のジャーニーはレポートをご覧ください。`,
    open: 'レポートを開く',
  },
}
