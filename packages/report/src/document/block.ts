import type { BudgetState } from '@tabiji/core/report'
import type { Chart } from '../chart/chart.ts'
import type { Language } from '../words/language.ts'

/** The sign that goes with the word of a state wherever it is shown: shape tells what colour alone must not. */
export const MARK: Readonly<Record<BudgetState, string>> = {
  healthy: '●',
  watch: '◆',
  risk: '▲',
  spent: '✖',
  unjudged: '○',
}

/** Stands in a row of marks where nothing is known. */
export const GAP = '·'

/** A piece of a bar, in parts per million of its full length. */
export type Segment = { readonly tone: BudgetState | 'late' | 'plain'; readonly ppm: number }

/** Plain text, never markup; the renderers escape it. */
export type Cell = {
  readonly text: string
  /** Puts the state's mark before the text. */
  readonly state?: BudgetState
  readonly bar?: readonly Segment[]
  /** A row of states, oldest first, each with the words that it stands for; without a state nothing is known. */
  readonly marks?: readonly { readonly state?: BudgetState; readonly text: string }[]
  /** The anchor of the heading that tells more. */
  readonly anchor?: string
}

export type Column = {
  readonly label: string
  /** Numbers stand at the end of the cell. */
  readonly align?: 'end'
  /** Dates, times and keys: not to be broken over two lines. */
  readonly short?: true
  /** Names the row. */
  readonly header?: true
}

export type Tile = {
  readonly label: string
  readonly figure: string
  readonly lines: readonly string[]
  /** A figure of the same weight beside the first. */
  readonly second?: Pick<Tile, 'figure' | 'lines'>
  /** Single cases on an axis, in parts per million of its length; decoration, the lines say the range. */
  readonly dots?: readonly number[]
}

/** A report is a row of blocks. Each format renders each kind of block once, so all formats say the same. */
export type Block =
  | {
      readonly type: 'heading'
      readonly level: 2 | 3
      readonly text: string
      /** Stable over months and languages, so that a link into one report fits the next. */
      readonly anchor: string
      readonly state?: BudgetState
    }
  | { readonly type: 'paragraph'; readonly sentences: readonly string[] }
  | { readonly type: 'tiles'; readonly tiles: readonly Tile[] }
  | {
      readonly type: 'table'
      readonly caption: string
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly Cell[])[]
      /** Opens the table where it is folded away; absent: it is open. */
      readonly unfold?: string
    }
  | {
      readonly type: 'chart'
      readonly caption: string
      /** One sentence that says what is seen, for those who do not see it. */
      readonly summary: string
      readonly chart: Chart
      /** The same figures; no rows where a table close by has them. */
      readonly columns: readonly Column[]
      readonly rows: readonly (readonly Cell[])[]
      /** Opens the table where it is folded away. */
      readonly unfold: string
    }
  | { readonly type: 'terms'; readonly entries: readonly { readonly term: string; readonly text: string }[] }

export type Document = {
  readonly language: Language
  readonly title: string
  /** What the list of sections is called. */
  readonly contents: string
  /** Said before everything else, such as that the data are made up. */
  readonly banner?: string
  /** Whether the figures can still change. */
  readonly draft: boolean
  /** Where the figures come from, a line each. */
  readonly lines: readonly string[]
  readonly blocks: readonly Block[]
  /** Said after everything else: by what a copy can be checked. */
  readonly footer: readonly string[]
}

/** A paragraph of the sentences that could be filled; those that could not are left out. */
export function paragraph(...sentences: readonly (string | undefined)[]): Block[] {
  const filled = sentences.filter((sentence) => sentence !== undefined)
  return filled.length === 0 ? [] : [{ type: 'paragraph', sentences: filled }]
}

/** A table, unless it would be empty. */
export function table(
  caption: string,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): Extract<Block, { type: 'table' }>[] {
  return rows.length === 0 ? [] : [{ type: 'table', caption, columns, rows }]
}
