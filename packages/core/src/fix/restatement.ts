import { isoIn, monthRange } from '../time/index.ts'
import { type FixEvent, type FixHistory, inEffect } from './event.ts'
import type { Flow, Share } from './figures.ts'
import { foldFix } from './fix.ts'
import { countOf, FLOW_FIGURES, movementOf } from './flow.ts'
import { shareOf, verdictOnTime } from './promise.ts'

/** What made a figure another one: something that was recorded after the month, whenever it took effect. */
type RestatedBecause = {
  readonly fix: string
  readonly title: string
  readonly type: FixEvent['type']
  /** ISO 8601 with the zone's offset. */
  readonly recordedAt: string
  /** Where that was earlier. */
  readonly tookEffect?: string
  readonly reason?: string
  /** The incident that shows that the fix did not work. */
  readonly incident?: string
}

const EVENTS: { readonly [type in FixEvent['type']]: true } = {
  added: true,
  moved: true,
  done: true,
  reopened: true,
  dropped: true,
  undropped: true,
  accepted: true,
  assigned: true,
  blocked: true,
  unblocked: true,
  retitled: true,
  reclassified: true,
  linked: true,
  merged: true,
  absorbed: true,
}
export const FIX_EVENTS = Object.keys(EVENTS) as readonly FixEvent['type'][]

/** By the date that was promised first, and by the one that was agreed last. */
export const RESTATED_SHARES = ['onTime', 'byPresentDate'] as const

/** A figure that is another one now than it was by what was known when the month ended. */
export type Restatement = { readonly because: readonly RestatedBecause[] } & (
  | { readonly figure: (typeof RESTATED_SHARES)[number]; readonly was: Share; readonly is: Share }
  | { readonly figure: keyof Flow; readonly was: number; readonly is: number }
)

/**
 * What later events changed of a month. `was` is what was known when the month ended; of what was open at its start, what was
 * known when it began: so a month goes on from the printed end of the one before it and from the restatements printed here.
 *
 * @param recorded every fix, with the instants at which its events were recorded
 * @param asOf milliseconds; what was recorded later is not looked at
 */
export function restatementsOf(
  recorded: readonly FixHistory[],
  month: string,
  zone: string,
  asOf: number,
): readonly Restatement[] {
  const { from, to } = monthRange(month, zone)
  const last = Math.min(to - 1, asOf)
  const movement = (history: FixHistory) => movementOf(history, { from, last }, zone)
  const flow = (end: number, figures: readonly (keyof Flow)[]) => {
    const ways = waysOf(recorded, end, asOf, movement)
    return figures.flatMap((figure) => {
      const [was, is] = [countOf(figure, ways.was), countOf(figure, ways.is)]
      const enters = (history: FixHistory) => countOf(figure, [movement(history)])
      return was === is ? [] : [{ figure, was, is, because: reasonsOf(recorded, end, asOf, zone, enters) }]
    })
  }
  const promise = (figure: (typeof RESTATED_SHARES)[number], date: 'firstDue' | 'due') => {
    // When the last day of the month ends, each promise of the month can be judged.
    const verdict = (history: FixHistory, at = asOf) => verdictOnTime(history, month, zone, at, date)
    const ways = waysOf(recorded, to, asOf, verdict, (history) => verdict(history, to))
    const [was, is] = [shareOf(ways.was), shareOf(ways.is)]
    if (was.numerator === is.numerator && was.denominator === is.denominator) return []
    return [{ figure, was, is, because: reasonsOf(recorded, to, asOf, zone, verdict) }]
  }
  const [atStart, ...during] = FLOW_FIGURES
  const start = atStart === undefined ? [] : flow(from, [atStart])
  if (asOf < to) return start
  return [...promise('onTime', 'firstDue'), ...promise('byPresentDate', 'due'), ...start, ...flow(to, during)]
}

/** How each fix enters a figure: by what was recorded before `end`, and by what is known now. */
function waysOf<Way>(
  recorded: readonly FixHistory[],
  end: number,
  asOf: number,
  now: (history: FixHistory) => Way,
  then = now,
): { readonly was: readonly Way[]; readonly is: readonly Way[] } {
  return {
    was: recorded.map((history) => then(recordedBefore(history, end))),
    is: recorded.map((history) => now(recordedBefore(history, asOf + 1))),
  }
}

/** The events after which a fix entered the figure in another way than before them; none of a fix that enters it as it did. */
function reasonsOf(
  recorded: readonly FixHistory[],
  end: number,
  asOf: number,
  zone: string,
  enters: (history: FixHistory) => unknown,
): readonly RestatedBecause[] {
  return recorded.flatMap((history) => {
    const { events } = inEffect(history)
    const known = recordedBefore(history, end).events.length
    const all = recordedBefore(history, asOf + 1).events.length
    const entered = (count: number) => enters({ ...history, events: history.events.slice(0, count) })
    if (entered(known) === entered(all)) return []
    let before = entered(known)
    return history.events.slice(known, all).flatMap((event, i) => {
      const told = { ...history, events: history.events.slice(0, known + i + 1) }
      const after = enters(told)
      if (after === before) return []
      before = after
      const { title = '' } = foldFix(told, asOf, zone) ?? {}
      return [because(history.key, title, event, events[known + i]?.at ?? event.at, zone)]
    })
  })
}

function because(fix: string, title: string, event: FixEvent, effect: number, zone: string): RestatedBecause {
  return {
    fix,
    title,
    type: event.type,
    recordedAt: isoIn(event.at, zone),
    ...(effect < event.at && { tookEffect: isoIn(effect, zone) }),
    ...('reason' in event && event.reason !== undefined && { reason: event.reason }),
    ...(event.type === 'reopened' && event.incident !== undefined && { incident: event.incident }),
  }
}

function recordedBefore(history: FixHistory, end: number): FixHistory {
  return { ...history, events: history.events.filter(({ at }) => at < end) }
}
