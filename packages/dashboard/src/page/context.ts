import type { Title } from '@tabiji/core/journey'
import type { Language } from '@tabiji/report'
import { type Catalogue, catalogueOf, type Figures, figuresIn } from '@tabiji/report/page'
import { FRAME_WORDS, type FrameWords } from '../words/frame.ts'
import type { Around } from './around.ts'

/** What a screen is written with: words and figures of its reader, and what is around it. */
export type Context = {
  readonly around: Around
  readonly language: Language
  /** The words that reports use too: states, indicators, levels. */
  readonly shared: Catalogue
  readonly frame: FrameWords
  readonly figures: Figures
  /** A title in the reader's language. */
  readonly titled: (title: Title) => string
}

export function contextOf(around: Around): Context {
  const { language, zone } = around
  return {
    around,
    language,
    shared: catalogueOf(language),
    frame: FRAME_WORDS[language],
    figures: figuresIn(language, zone),
    titled: (title) => title[language],
  }
}
