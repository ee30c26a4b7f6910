import type { FixHistory } from './event.ts'
import { cameBackAt, OF_STATE } from './repeat.ts'

/** What a history tells of a ticket beside the fix that it is. */
export type TicketKnown = {
  /** When an incident opened the fix again, where that is the last that is known of its state (milliseconds). */
  readonly cameBackAt?: number
  /** When its tracker says that it was closed, by the tracker's own clock, where that is the last that is known of its state. */
  readonly closedAt?: number
  /** When its state changed last by the tracker's own clock, where the tracker said it. */
  readonly turnedAt?: number
  /** The same by our clock, where it was said here; at least when the fix was recorded, which all that is older was read with. */
  readonly turnedHereAt?: number
  /** Who said last that it is blocked; absent when nobody has, or it is not any more. */
  readonly blockedBy?: string
}

/** Of a history as it was recorded, not of what is left of it in effect: trackers are compared by what they said. */
export function knownOf(history: FixHistory): TicketKnown {
  const last = history.events.findLast(({ type }) => OF_STATE.has(type))
  const blocking = history.events.findLast(({ type }) => type === 'blocked' || type === 'unblocked')
  const back = cameBackAt(history)
  const here = last?.happenedAt === undefined ? (last ?? history.events[0]) : history.events[0]
  return {
    ...(back !== undefined && { cameBackAt: back }),
    ...(last?.type === 'done' && last.happenedAt !== undefined && { closedAt: last.happenedAt }),
    ...(last?.happenedAt !== undefined && { turnedAt: last.happenedAt }),
    ...(here !== undefined && { turnedHereAt: here.at }),
    ...(blocking?.type === 'blocked' && blocking.by !== undefined && { blockedBy: blocking.by }),
  }
}
