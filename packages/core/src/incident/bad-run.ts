/** What was counted of one objective in one slot; `at` is the slot's beginning in milliseconds. */
export type SlotTally = { readonly at: number; readonly bad: number; readonly valid: number }

/** One objective's slots, newest first and without a gap, and the share of bad events that its target allows. */
export type SlotsBack = { readonly slots: Iterable<SlotTally>; readonly allowedPpm: number }

/** From the beginning of its first to the end of its last bad slot; `isOver` once a slot after it was within the target. */
type BadRun = { readonly from: number; readonly to: number; readonly isOver: boolean }

const PPM = 1_000_000

/**
 * The run of bad slots that lies last before a moment (incident.md §3.1: `t0` is "the first minute the SLI went bad, from stored
 * SLI data"). A slot is bad when its share of bad events is strictly greater than 1 − target. Walking back from the moment, good slots
 * and empty ones are passed over until the first bad one; from there the run goes on over bad slots, and over empty ones,
 * which say nothing. A slot that is within the target ends it.
 *
 * @param widthMs of a slot
 * @returns nothing when no slot was bad
 */
export function lastBadRun({ slots, allowedPpm }: SlotsBack, widthMs: number): BadRun | undefined {
  let run: BadRun | undefined
  let isOver = false
  for (const { at, bad, valid } of slots) {
    const isBad = BigInt(bad) * BigInt(PPM) > BigInt(valid) * BigInt(allowedPpm)
    if (isBad) run = { from: at, to: run?.to ?? at + widthMs, isOver }
    else if (valid > 0 && run !== undefined) break
    else if (valid > 0) isOver = true
  }
  return run
}
