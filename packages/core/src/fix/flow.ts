import type { FixHistory } from './event.ts'
import type { Flow } from './figures.ts'
import { type FixState, foldFix } from './fix.ts'

/** From the first instant of a month to the last one that is looked at; both belong to it. Milliseconds. */
export type Stretch = { readonly from: number; readonly last: number }

/**
 * How the number of open fixes changed, each fix classified once by its state at both edges: what happened in between and
 * was undone in between moves nothing. So the identity
 *
 *   open at start + new + returned − done − dropped = open at end
 *
 * holds for every single fix, hence for the sum, and the next month starts from this month's end (DESIGN §4.7; the four-term
 * identity C + N − D − X = O is the textbook form, which breaks as soon as one fix is reopened).
 */
export function flowBetween(histories: readonly FixHistory[], { from, last }: Stretch, zone: string): Flow {
  const flow = { openAtStart: 0, created: 0, returned: 0, done: 0, dropped: 0, openAtEnd: 0 }
  for (const history of histories) {
    const was = placeOf(foldFix(history, from - 1, zone)?.state)
    const is = placeOf(foldFix(history, last, zone)?.state)
    if (was === 'open') flow.openAtStart++
    if (is === 'open') flow.openAtEnd++
    if (was === is) continue
    if (was === 'absent') flow.created++
    if (was === 'done' || was === 'set aside') flow.returned++
    if (is === 'done') flow.done++
    if (is === 'set aside') flow.dropped++
  }
  return flow
}

/** An accepted risk and a duplicate are out of the way like a dropped fix: going from one to the other is no movement. */
function placeOf(state: FixState | undefined): 'absent' | 'open' | 'done' | 'set aside' {
  if (state === undefined) return 'absent'
  return state === 'open' || state === 'done' ? state : 'set aside'
}
