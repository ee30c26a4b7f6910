import type { RuledSample } from '@tabiji/core/ruler'

/** What a ruler records and rings, at one moment. */
type RulerRead =
  | { readonly ok: true; readonly results: readonly RuledSample[]; readonly alerts: readonly RuledSample[] }
  | { readonly ok: false; readonly message: string }

/** Recorded events added up over a stretch, by `sloth_id`. */
type StretchRead =
  | { readonly ok: true; readonly bad: readonly RuledSample[]; readonly valid: readonly RuledSample[] }
  | { readonly ok: false; readonly message: string }

/** An engine that evaluates the rules of `tabiji rules`. Never throws: the world's failures are values, and nothing is half told. */
export interface Ruler {
  /** How people are told of it; no secret. */
  readonly name: string
  /** @param at milliseconds */
  read(at: number, signal: AbortSignal): Promise<RulerRead>
  /** @param windowMs the recorded window that is added up; the stretch is whole ones, and ends at a multiple of it */
  stretch(
    windowMs: number,
    range: { readonly from: number; readonly to: number },
    signal: AbortSignal,
  ): Promise<StretchRead>
}
