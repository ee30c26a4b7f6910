import { PPM } from '@tabiji/core/budget'
import { SPENT_ON, type SpentPart } from '@tabiji/core/report'
import { dateOf, HOUR, isoIn } from '@tabiji/core/time'
import type { Claim } from './month-claims.ts'

/** Counts that grow in place. */
export type Tallied = { bad: number; valid: number; allowedMillionths: number }

/**
 * From how many times the sustainable pace on an hour stands out. It is the pace at which the default policy opens a ticket
 * after a day: whoever burns like that for longer is noticed, so an hour of it that nobody was told of wants a reason.
 */
const NOTICEABLE = 3

/** Fewer bad events are chance; the same guard as that of alerts. */
const FEWEST_BAD = 3

/** What the clock on the wall shows at a moment. */
type Wall = { iso(at: number): string; date(at: number): string }

/** Remembers what it showed: all objectives of a month ask about the same hours. */
export function wallIn(zone: string): Wall {
  return { iso: remembering((at) => isoIn(at, zone)), date: remembering((at) => dateOf(at, zone)) }
}

function remembering(show: (at: number) => string): (at: number) => string {
  const known = new Map<number, string>()
  return (at) => {
    const shown = known.get(at) ?? show(at)
    known.set(at, shown)
    return shown
  }
}

/** Where bad events went, each counted once; the largest of each kind first, nothing that is empty. */
export function spentParts(
  claims: readonly (Claim & Tallied)[],
  hours: ReadonlyMap<number, Tallied>,
  monthFrom: number,
  { iso, date }: Wall,
): readonly SpentPart[] {
  const claimed = claims.map(({ on, key, bad, from, to }) => ({ on, key, bad, from: iso(from), to: iso(to) }))
  const rest = [...hours].map(([hour, tally]) => ({ at: monthFrom + hour * HOUR, ...tally }))
  const loud = rest.filter(standsOut).map(({ at, bad }) => ({
    on: 'unexplained' as const,
    bad,
    from: iso(at),
    to: iso(at + HOUR),
  }))
  const quiet = rest.filter((hour) => hour.bad > 0 && !standsOut(hour))
  const days = new Set(quiet.map(({ at }) => date(at))).size
  const drip = { on: 'drip' as const, bad: quiet.reduce((sum, { bad }) => sum + bad, 0), days }
  return [...claimed, ...loud, drip]
    .filter(({ bad }) => bad > 0)
    .toSorted((a, b) => SPENT_ON.indexOf(a.on) - SPENT_ON.indexOf(b.on) || b.bad - a.bad)
}

function standsOut({ bad, allowedMillionths }: Tallied): boolean {
  return bad >= FEWEST_BAD && bad * PPM > allowedMillionths * NOTICEABLE
}
