import type { FixHistory } from './event.ts'
import type { Flow } from './figures.ts'
import { type FixState, foldFix } from './fix.ts'

/** From the first instant of a month to the last one that is looked at; both belong to it. Milliseconds. */
export type Stretch = { readonly from: number; readonly last: number }

/** Where a fix stands; an accepted risk and a duplicate are out of the way like a dropped fix. */
type Place = 'absent' | 'open' | 'done' | 'set aside'

/** Where a fix stood before a stretch, and where it stands at its end. */
export type Movement = { readonly was: Place; readonly is: Place }

/** What a movement adds to each figure. Going from one way of being set aside to another is no movement. */
const COUNTED: { readonly [figure in keyof Flow]: (movement: Movement) => boolean } = {
  openAtStart: ({ was }) => was === 'open',
  created: ({ was, is }) => was === 'absent' && is !== 'absent',
  returned: ({ was, is }) => (was === 'done' || was === 'set aside') && is !== was,
  done: ({ was, is }) => is === 'done' && is !== was,
  dropped: ({ was, is }) => is === 'set aside' && is !== was,
  openAtEnd: ({ is }) => is === 'open',
}

export const FLOW_FIGURES = Object.keys(COUNTED) as readonly (keyof Flow)[]

/**
 * How the number of open fixes changed, each fix classified once by its state at both edges: what happened in between and
 * was undone in between moves nothing. So the identity
 *
 *   open at start + new + returned − done − dropped = open at end
 *
 * holds for every single fix, hence for the sum, and the next month starts from this month's end (DESIGN §4.7; the four-term
 * identity C + N − D − X = O is the textbook form, which breaks as soon as one fix is reopened).
 */
export function flowBetween(histories: readonly FixHistory[], stretch: Stretch, zone: string): Flow {
  const movements = histories.map((history) => movementOf(history, stretch, zone))
  return Object.fromEntries(FLOW_FIGURES.map((figure) => [figure, countOf(figure, movements)])) as Flow
}

export function movementOf(history: FixHistory, { from, last }: Stretch, zone: string): Movement {
  return {
    was: placeOf(foldFix(history, from - 1, zone)?.state),
    is: placeOf(foldFix(history, last, zone)?.state),
  }
}

export function countOf(figure: keyof Flow, movements: readonly Movement[]): number {
  return movements.filter(COUNTED[figure]).length
}

function placeOf(state: FixState | undefined): Place {
  if (state === undefined) return 'absent'
  return state === 'open' || state === 'done' ? state : 'set aside'
}
