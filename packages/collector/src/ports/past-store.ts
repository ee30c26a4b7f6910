/** How far a past source was read. */
export type PastMark = {
  /** What of it was asked for. */
  readonly choice: string
  /** Where the first reading of it began, milliseconds: processes that started later are known whole. */
  readonly since: number
  /** Up to where everything is booked, milliseconds. */
  readonly until: number
}

export interface PastStore {
  mark(source: string): PastMark | undefined
  /** Called after the commit of what it speaks of: a mark that is lost costs a repetition, which changes nothing. */
  saveMark(source: string, mark: PastMark): void
}
