/** Now, but never before what was recorded last: a clock that is set back must neither hide it nor undo the order. */
export function momentAfter(events: readonly { readonly at: number }[], now: number): number {
  return Math.max(now, events.at(-1)?.at ?? 0)
}
