import type { Catalogue, Language } from './catalogue.ts'
import { en } from './en.ts'
import { ja } from './ja.ts'

const CATALOGUES: Readonly<Record<Language, Catalogue>> = { en, ja }

/** The words of a language. */
export function catalogueOf(language: Language): Catalogue {
  return CATALOGUES[language]
}
