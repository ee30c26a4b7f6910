import type { Annotation } from '@tabiji/core/alert'
import type { Ahead, DrillMonth, JourneyMonth } from '@tabiji/core/report'
import { DAY, dateOf, isoIn, type Range } from '@tabiji/core/time'
import type { ToldDrill } from '../../ports/drills.ts'

/** A journey counts as practised for so long. */
const FRESH = 90 * DAY

/** The drills that began in the stretch, and how much of what matters most was practised lately. */
export function drillMonth(drills: readonly ToldDrill[], journeys: readonly JourneyMonth[], range: Range): DrillMonth {
  const startedIn = (drill: ToldDrill, from: number) => {
    const at = Date.parse(drill.startedAt)
    return at >= from && at < range.to
  }
  const fresh = new Set(drills.filter((drill) => startedIn(drill, range.to - FRESH)).map(({ journey }) => journey))
  const tierOne = journeys.filter(({ tier }) => tier === 1)
  return {
    tierOne: { journeys: tierOne.length, practised: tierOne.filter(({ name }) => fresh.has(name)).length },
    held: drills
      .filter((drill) => startedIn(drill, range.from))
      .toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt))
      .map(({ key, journey, level, what, startedAt, times }) => ({ key, journey, level, what, startedAt, ...times })),
  }
}

/** A drill of a journey that is owed, with the last date on which it is in time. */
export type DrillOwed = { readonly journey: string; readonly due: string }

/** What people wrote down as planned for the stretch after the month, and the drills that are owed by its end. */
export function aheadOf(
  annotations: readonly Annotation[],
  owed: readonly DrillOwed[],
  { from, to }: Range,
  zone: string,
): Ahead {
  return {
    planned: annotations
      .filter(({ at, withdrawn }) => withdrawn === undefined && at >= from && at < to)
      .toSorted((a, b) => a.at - b.at)
      .map(({ at, title, journeys }) => ({ at: isoIn(at, zone), text: title, journeys })),
    drills: owed.filter(({ due }) => due < dateOf(to, zone)).map(({ journey, due }) => ({ journey, by: due })),
  }
}
