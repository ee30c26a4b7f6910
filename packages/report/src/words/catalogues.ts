import type { Catalogue } from './catalogue.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'
import type { Language } from './language.ts'

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, ja }

/** The words of a language. */
export function catalogueOf(language: Language): Catalogue {
  return CATALOGUES[language]
}
