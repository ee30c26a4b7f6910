import type { Block } from './blocks.ts'
import type { Documents } from './documents.ts'

/** What a block of a page has to say, in numbers; several where any of them may be meant. Absent: this is not about that block. */
export type Formula = (block: Block, page: Page) => string | readonly string[] | undefined
/** Formulas by where a block stands: the address of its page, its place, its tag and its column. */
export type Claim = readonly [path: RegExp, place: string, tag: string, formula: Formula, column?: number]

export type Page = {
  readonly path: string
  readonly documents: Documents
  /** Which of the blocks of its tag in its place it is, from 0. */
  readonly nth: number
  /** The headings over blocks of its tag in its place, each once. */
  readonly captions: readonly string[]
  /** What is left of its text without what the API tells as text. */
  readonly left: string
}
