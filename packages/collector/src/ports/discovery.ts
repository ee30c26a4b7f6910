/** A target that somebody listed. */
export type FoundTarget = { readonly service: string; readonly url: string }

export type Found =
  /** `warnings` name what was left out of the list, or is taken from an earlier one. */
  | { readonly ok: true; readonly targets: readonly FoundTarget[]; readonly warnings: readonly string[] }
  /** The list could not be had. Whoever has an earlier one keeps it: a list that is down says nothing about its targets. */
  | { readonly ok: false; readonly message: string }

/** A place at which targets are listed, looked at again and again. */
export interface Discovery {
  /** Unique among the discoveries; appears in logs and metrics. */
  readonly name: string
  readonly refreshMs: number
  /** Looks once. Never throws: the world's failures are values. */
  find(signal: AbortSignal): Promise<Found>
}
