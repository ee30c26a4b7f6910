import type { Language } from './words/catalogue.ts'

export type NotifierOptions = {
  readonly language: Language
  /** For one attempt, milliseconds. @default what the receiver's documents advise */
  readonly timeoutMs?: number
}
