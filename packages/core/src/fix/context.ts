import type { Level } from '../journey/index.ts'
import type { Scribe } from '../problem/index.ts'

/** What a decision about a fix needs to know. */
export type FixContext = Scribe & {
  /** The key that the command is about, or the next free one for `add`. */
  readonly key: string
  /** Keys of all fixes, all incidents, and names of all journeys, for "did you mean". */
  readonly keys: readonly string[]
  /** Since which date another fix is owed; absent when there is none of that key. */
  readonly sinceOf: (key: string) => string | undefined
  readonly incidents: readonly { readonly key: string; readonly level?: Level }[]
  readonly journeys: readonly string[]
  readonly zone: string
  /** The tracker of the fix has taken the change already. */
  readonly isWritten?: true
}
