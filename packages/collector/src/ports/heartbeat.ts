/** What became of a turn. `withheld`: something is not well, and whoever watches us shall miss us. */
export type Beat = 'sent' | 'failed' | 'withheld'

/** When this store was last served by a collector that was well, milliseconds. */
export interface LifeSigns {
  last(): number | undefined
  /** Throws when the store does not take it. */
  record(at: number): void
}

/** Somebody outside who misses us when they hear nothing. */
export interface Watcher {
  /** Tells that all is well. Never throws. @returns why it was not taken, without the address; nothing when it was */
  tell(signal: AbortSignal): Promise<string | undefined>
}
