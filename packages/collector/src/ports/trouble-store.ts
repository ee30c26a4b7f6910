import type { Trouble } from '@tabiji/core/alert'

/** A trouble of the collector itself that was told of, or would have been. */
export type KnownTrouble = {
  /** What it is about, such as `receiver pager`. */
  readonly key: string
  /** Milliseconds. */
  readonly since: number
  readonly dedupKey: string
  /** Who was told; absent when there was nobody to tell. */
  readonly receiver?: string
  readonly trouble: Trouble
}

/** Which troubles are known, so that each is told once over restarts, and its end to whoever knows of it. */
export interface TroubleStore {
  /** One that lasts; of what is over at once only that it was told is kept until the next one. */
  begin(trouble: KnownTrouble): void
  find(key: string): KnownTrouble | undefined
  end(key: string): void
}
