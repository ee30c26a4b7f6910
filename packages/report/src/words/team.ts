import type { Language } from './language.ts'

/** What a report for one team says of itself. */
export type TeamWords = { readonly only: (team: string) => string }

export const TEAM_WORDS: Readonly<Record<Language, TeamWords>> = {
  en: { only: (team) => `Only the journeys of ${team}, and what concerns them.` },
  ja: { only: (team) => `${team}のジャーニーと、それに関わる内容だけを載せています。` },
}
