import type { FixEvent, FixRow } from '@tabiji/core/fix'
import type { Problem } from '@tabiji/core/problem'
import type { Result } from './work.ts'

export type ImportedFix = {
  /** Absent in a preview of one that would be added. */
  readonly key?: string
  readonly id: string
  readonly title: string
  /** The line of the file on which its row begins. */
  readonly line: number
  readonly isNew: boolean
  /** What was recorded, oldest first. */
  readonly events: readonly FixEvent['type'][]
}

/** What came of a table; `fixes` has those of which something was recorded, in the order of the rows. */
export type FixesImported = {
  readonly rows: number
  readonly added: number
  readonly changed: number
  readonly unchanged: number
  readonly fixes: readonly ImportedFix[]
}

export type FixImportRequest = {
  readonly rows: readonly FixRow[]
  /** What is wrong with other rows; then nothing is taken in. */
  readonly problems: readonly Problem[]
  /** Which spreadsheet it is: ids are counted in each. */
  readonly sheet: string
  /** Only says what would be recorded. */
  readonly isPreview: boolean
  readonly by?: string
}

/** Takes over fixes that are kept in a table. */
export interface FixImport {
  /** All of the rows or, where one of them is refused, none: the problems have their places in the file. */
  importFixes(request: FixImportRequest): Result<FixesImported>
}
