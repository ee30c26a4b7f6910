import type { Language } from '../words/language.ts'

/** A letter or sign of a language that puts spaces between its sentences. */
const SPACED = /[\x21-\x7e]$/

/** Sentences as one text. Japanese ones follow each other closely, but not what somebody wrote in English. */
export function proseOf(sentences: readonly string[], language: Language): string {
  return sentences.reduce((text, sentence) => {
    const joint = text === '' || (language === 'ja' && !SPACED.test(text)) ? '' : ' '
    return `${text}${joint}${sentence}`
  }, '')
}
