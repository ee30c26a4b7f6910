export const LANGUAGES = ['en', 'ja'] as const

/** The languages that reports exist in. */
export type Language = (typeof LANGUAGES)[number]
